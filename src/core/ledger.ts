import table from '../../models/compute-energy.json' with { type: 'json' };
import { boundedQuantity, type Quantity } from './quantity.ts';

/** What a piece of work cost the machine. CPU time is summed over cores. */
export type LedgerEntry = {
  readonly work: string;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakRssMb: number;
  readonly energyJ: Quantity;
};

const watts = table.wattsPerBusyCore;

/** How energy was found; written beside every sum of it. */
export const energyMethod = `CPU seconds × ${watts.value} W per busy core (assumed, ${watts.low} to ${watts.high} W); no power counter read`;

/**
 * Energy of `cpuMs` of processor time. No counter is read: a stated power range per busy core stands in (models/compute-energy.json),
 * and the basis says so.
 */
export const cpuEnergyJ = (cpuMs: number): Quantity => {
  const seconds = cpuMs / 1000;
  return boundedQuantity(
    seconds * watts.value,
    seconds * watts.low,
    seconds * watts.high,
    'J',
    'computed',
    energyMethod,
  );
};

/**
 * Energy of a piece of work during which a processor's own counter (RAPL) rose by `counterJ`. The counter sees the whole processor, other
 * programs included, so it bounds the work from above; the low bound is the work's CPU time at the lowest power of the table.
 */
export const counterEnergyJ = (counterJ: number, cpuMs: number): Quantity =>
  boundedQuantity(
    counterJ,
    Math.min(counterJ, (cpuMs / 1000) * watts.low),
    counterJ,
    'J',
    'declared',
    'RAPL counter of the processor packages over the work, other programs included',
  );

const J_PER_KWH = 3.6e6;

/** Greenhouse gases of energy the tool took, gCO2e, by the grid factor of models/compute-energy.json with its date. */
export const energyCarbonG = (energyJ: Quantity): Quantity => {
  const gramsPerJ = (table.grid.kgPerKwh * 1000) / J_PER_KWH;
  return boundedQuantity(
    energyJ.value * gramsPerJ,
    energyJ.low * gramsPerJ,
    energyJ.high * gramsPerJ,
    'g',
    'computed',
    `Ledger energy × ${table.grid.kgPerKwh} kgCO2e/kWh (${table.grid.place} ${table.grid.date}, ${table.grid.source}); PUE ${table.powerUsageEffectiveness.value}`,
  );
};

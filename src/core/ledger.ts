import { boundedQuantity, type Quantity } from './quantity.ts';

/** What a piece of work cost the machine. CPU time is summed over cores. */
export type LedgerEntry = {
  readonly work: string;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakRssMb: number;
  readonly energyJ: Quantity;
};

/**
 * Energy of `cpuMs` of processor time. No counter is read: a stated power range per busy core stands in
 * (10 W, from 4 W on a dense server's share to 25 W on a desktop), and the basis says so.
 */
export const cpuEnergyJ = (cpuMs: number): Quantity => {
  const seconds = cpuMs / 1000;
  return boundedQuantity(
    seconds * 10,
    seconds * 4,
    seconds * 25,
    'J',
    'computed',
    'CPU seconds × 10 W per busy core (assumed, 4 to 25 W); no power counter read',
  );
};

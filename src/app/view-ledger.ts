import { boundedQuantity } from '../core/quantity.ts';
import { ok, type Result } from '../core/result.ts';
import { shippedCarbonFactors } from '#simulate/index.ts';
import type { AppContext } from './context.ts';
import type { LedgerView } from './views.ts';

const J_PER_KWH = 3.6e6;

/** What the tool itself has taken since its database was opened (promise P9). */
export const viewLedger = async ({ store }: AppContext): Promise<Result<LedgerView>> => {
  const totals = await store.ledger.total();
  const sum = (pick: (one: (typeof totals)[number]) => number): number =>
    totals.reduce((total, one) => total + pick(one), 0);
  const [value, low, high] = [sum((one) => one.energyJ), sum((one) => one.lowJ), sum((one) => one.highJ)];
  const grid = shippedCarbonFactors.carriers.electricity;
  const gramsPerJ = ((grid?.kgPerKwh ?? Number.NaN) * 1000) / J_PER_KWH;
  return ok({
    totalJ: boundedQuantity(
      value,
      low,
      high,
      'J',
      'computed',
      'Sum of the ledger: CPU seconds × 10 W per busy core (assumed, 4 to 25 W); no power counter read',
    ),
    carbonG: boundedQuantity(
      value * gramsPerJ,
      low * gramsPerJ,
      high * gramsPerJ,
      'g',
      'computed',
      `Ledger energy × ${grid?.kgPerKwh} kgCO2e/kWh of electricity (${grid?.source}, ${shippedCarbonFactors.date})`,
    ),
    byWork: totals.map(({ work, runs, cpuMs, energyJ }) => ({ work, runs, cpuMs, energyJ })),
  });
};

import type { Quantity } from '#core/quantity.ts';
import { boundedQuantity } from '#core/quantity.ts';
import { avoidedEnergy } from './avoided.ts';
import { sumOfMeters, type SumInterval } from './interval.ts';

/** A share of less than this says nothing, kWh. */
const LEAST_SHARED_KWH = 0.5;

/** What one meter would have read without works over some days, with its 90 % interval, and what it read, kWh. */
export type MeterPart = {
  readonly meterId: string;
  readonly counterfactual: Pick<SumInterval, 'value' | 'low' | 'high'>;
  readonly actualKwh: number;
};

export type SummedSavings = {
  readonly meters: number;
  readonly parts: number;
  readonly counterfactual: Quantity;
  readonly actualKwh: number;
  readonly savings: Quantity;
  /** Null where nothing would have been used without works: no share can be told. */
  readonly savingsPercent: Quantity | null;
};

/**
 * Avoided energy over the parts of several meters, kWh. Parts of one meter (months, or works one after the other) share its model and its
 * drift: their half widths add up. Those of different meters are next to independent and share the correlation of
 * models/drift-prior.json. Undefined without a part.
 */
export const summedSavings = (parts: readonly MeterPart[]): SummedSavings | undefined => {
  if (parts.length === 0) return undefined;
  const meters = [...Map.groupBy(parts, ({ meterId }) => meterId).values()].map((own) =>
    own.reduce(
      (sum, { counterfactual }) => ({
        value: sum.value + counterfactual.value,
        low: sum.low + counterfactual.low,
        high: sum.high + counterfactual.high,
      }),
      { value: 0, low: 0, high: 0 },
    ),
  );
  const interval = sumOfMeters(meters);
  const actualKwh = parts.reduce((sum, part) => sum + part.actualKwh, 0);
  const basis = `sum of ${parts.length} measured periods of ${meters.length} meters, less ${actualKwh.toFixed(0)} kWh read; half widths of one meter added, those of different meters in quadrature but for the correlation of models/drift-prior.json`;
  const { savings, savingsShare } = avoidedEnergy(interval, actualKwh, basis);
  return {
    meters: meters.length,
    parts: parts.length,
    counterfactual: boundedQuantity(interval.value, interval.low, interval.high, 'kWh', 'learnt', basis),
    actualKwh,
    savings,
    savingsPercent: interval.low >= LEAST_SHARED_KWH ? savingsShare : null,
  };
};

import { measureSavings, type SavingsOutcome, sumOfMeters } from '#measure/index.ts';
import type { Meter, Works } from '#store/index.ts';
import type { DayRange } from '../core/calendar.ts';
import { message } from '../core/message.ts';
import { boundedQuantity } from '../core/quantity.ts';
import type { AppContext } from './context.ts';
import { meterSeries } from './daily-series.ts';
import type { SavingsView } from './views.ts';

/** A meter must be read on this share of the days to be added to others. */
const READ_SHARE = 0.9;

type Periods = { readonly baseline: DayRange; readonly reporting: DayRange };
type Part = {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly actualKwh: number;
};

/** One other meter: what it would have read without works, and what it read; undefined where that cannot be known. */
const partOf = async (
  { store }: AppContext,
  meter: Meter,
  { baseline, reporting }: Periods,
): Promise<Part | undefined> => {
  const read = await meterSeries(store, meter);
  if (read?.ok !== true) return undefined;
  const { series } = read.value;
  const between = ({ from, to }: DayRange): number[] =>
    [...series.energyKwh].filter(
      (value, i) => series.firstDay + i >= from && series.firstDay + i <= to && Number.isFinite(value),
    );
  const after = between(reporting);
  if (after.length < READ_SHARE * (reporting.to - reporting.from + 1)) return undefined;
  // A meter that begins with the works counts what they brought: without them it would have read nothing.
  if (between(baseline).length === 0)
    return { value: 0, low: 0, high: 0, actualKwh: after.reduce((sum, value) => sum + value, 0) };
  const judged = measureSavings(series, { baseline, reporting, holidays: 'FR', scope: 'whole' });
  if (!judged.ok || judged.value.disqualified.some(({ code }) => code === 'too-little-data'))
    return undefined;
  const { value, low, high } = judged.value.counterfactual;
  return { value, low, high, actualKwh: judged.value.actualKwh };
};

/**
 * Savings over every energy of a building that changes fuel: what all its meters together would have read, less what
 * they read, in kWh of final energy. Null where a meter of the new fuel is missing, or another cannot be judged.
 */
export const allCarriers = async (
  context: AppContext,
  works: Works,
  main: Meter,
  outcome: SavingsOutcome,
  periods: Periods,
): Promise<SavingsView['allCarriers']> => {
  const { store } = context;
  const derived = await store.derivations.list(works.buildingId);
  const parts = new Set(derived.flatMap(({ sources }) => sources));
  const others = (await store.meters.list(works.buildingId)).filter(
    ({ id, personal, carrier }) => !personal && carrier !== 'solar' && id !== main.id && !parts.has(id),
  );
  if (!others.some(({ carrier }) => carrier === works.carrierAfter)) return null;
  const { value, low, high } = outcome.counterfactual;
  const found: Part[] = [{ value, low, high, actualKwh: outcome.actualKwh }];
  for (const meter of others) {
    const part = await partOf(context, meter, periods);
    if (part === undefined) return null;
    found.push(part);
  }
  const sum = sumOfMeters(found);
  const actualKwh = found.reduce((all, part) => all + part.actualKwh, 0);
  const carriers = [...new Set([main, ...others].map(({ carrier }) => carrier))];
  const basis = `sum of ${found.length} meters (${carriers.join(', ')}), kWh of final energy; their yearly drifts next to independent`;
  const share = (counterfactual: number): number => 100 * (1 - actualKwh / counterfactual);
  return {
    carriers,
    actualKwh,
    savings: boundedQuantity(
      sum.value - actualKwh,
      sum.low - actualKwh,
      sum.high - actualKwh,
      'kWh',
      'learnt',
      basis,
    ),
    savingsPercent: boundedQuantity(share(sum.value), share(sum.low), share(sum.high), '%', 'learnt', basis),
    note: message(
      'Somme de toutes les énergies du bâtiment, en kWh d’énergie finale : un kWh de gaz et un kWh d’électricité y comptent autant, ce qu’ils ne font ni en euros, ni en CO₂, ni en énergie primaire.',
      'Sum of all energies of the building, in kWh of final energy: a kWh of gas and one of electricity count the same here, which they do neither in euros, nor in CO₂, nor in primary energy.',
    ),
  };
};

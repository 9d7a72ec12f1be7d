import { knownWithin, measureSavings, type SavingsOutcome, summedSavings } from '#measure/index.ts';
import type { Meter, Works } from '#store/index.ts';
import type { DayRange } from '../core/calendar.ts';
import { type Message, message } from '../core/message.ts';
import { boundedQuantity } from '../core/quantity.ts';
import { carrierAfter } from './carrier-after.ts';
import type { AppContext } from './context.ts';
import { meterSeries } from './daily-series.ts';
import { frozenBaselineOf } from './frozen-baseline.ts';
import type { SavingsView } from './views.ts';

/** A meter must be read on this share of the days to be added to others. */
const READ_SHARE = 0.9;
/** Reasons for which a meter cannot even be added to others; a poor fit only makes its interval wide. */
const UNUSABLE = new Set(['too-short', 'no-temperature']);

type Periods = { readonly baseline: DayRange; readonly reporting: DayRange };
type OtherMeter = SavingsView['otherMeters'][number];

const unknown = (meter: Meter, reason: Message): OtherMeter => ({
  meterId: meter.id,
  carrier: meter.carrier,
  counterfactual: null,
  actualKwh: null,
  savings: null,
  reason,
});

/** One other meter: what it would have read without works, and what it read. */
const judged = async (
  context: AppContext,
  meter: Meter,
  works: Works,
  { baseline, reporting }: Periods,
): Promise<OtherMeter> => {
  const { store } = context;
  const read = await meterSeries(store, meter);
  if (read === undefined) return unknown(meter, message('aucun relevé.', 'no readings.'));
  if (!read.ok) return unknown(meter, read.error.message);
  const { series: today } = read.value;
  const after = knownWithin(today, reporting);
  const days = reporting.to - reporting.from + 1;
  if (after.days.length < READ_SHARE * days)
    return unknown(
      meter,
      message(
        `relevé sur ${after.days.length} jours des ${days} de la période de suivi ; il en faut 90 %.`,
        `read on ${after.days.length} days of the ${days} of the reporting period; 90 % are needed.`,
      ),
    );
  const known = (value: number, low: number, high: number, actualKwh: number, basis: string): OtherMeter => ({
    meterId: meter.id,
    carrier: meter.carrier,
    counterfactual: boundedQuantity(value, low, high, 'kWh', 'learnt', basis),
    actualKwh,
    savings: boundedQuantity(
      value - actualKwh,
      low - actualKwh,
      high - actualKwh,
      'kWh',
      'learnt',
      `${basis}; less ${actualKwh.toFixed(0)} kWh read`,
    ),
    reason: null,
  });
  const frozen = await frozenBaselineOf(context, meter.id, works.id, today);
  // A meter that begins with the works counts what they brought: without them it would have read nothing.
  if (frozen === undefined && knownWithin(today, baseline).days.length === 0)
    return known(
      0,
      0,
      0,
      after.energyKwh,
      'no reading before the works: without them it would have read nothing',
    );
  const measured = measureSavings(frozen?.series ?? today, {
    baseline: frozen?.window ?? baseline,
    reporting,
    holidays: 'FR',
    scope: 'whole',
    ...(frozen?.stockDrift === undefined ? {} : { stockDrift: frozen.stockDrift }),
  });
  if (!measured.ok) return unknown(meter, measured.error.message);
  // The meter of the new fuel is expected to rise by a lasting factor; on any other that is a change of unit.
  const refused = measured.value.disqualified.find(
    ({ code }) => UNUSABLE.has(code) || (code === 'unit-break' && meter.carrier !== carrierAfter(works)),
  );
  if (refused !== undefined) return unknown(meter, refused.message);
  const { value, low, high, basis } = measured.value.counterfactual;
  return known(value, low, high, measured.value.actualKwh, basis);
};

/**
 * The other meters of a building over the periods of its works, each on its own frozen baseline: dwellings, the sun and the
 * parts of computed meters apart. One that cannot be judged says why.
 */
export const otherMeters = async (
  context: AppContext,
  works: Works,
  main: Meter,
  periods: Periods,
): Promise<OtherMeter[]> => {
  const { store } = context;
  const derived = await store.derivations.list(works.buildingId);
  const parts = new Set(derived.flatMap(({ sources }) => sources));
  const others = (await store.meters.list(works.buildingId)).filter(
    ({ id, personal, carrier }) => !personal && carrier !== 'solar' && id !== main.id && !parts.has(id),
  );
  const found: OtherMeter[] = [];
  for (const meter of others) found.push(await judged(context, meter, works, periods));
  return found;
};

/**
 * Savings over every energy of a building that changes fuel: what all its meters together would have read, less what
 * they read, in kWh of final energy. Null where a meter of the new fuel is missing, or another cannot be judged.
 */
export const allCarriers = (
  works: Works,
  main: Meter,
  outcome: Pick<SavingsOutcome, 'counterfactual' | 'actualKwh'>,
  others: readonly OtherMeter[],
): SavingsView['allCarriers'] => {
  if (!others.some(({ carrier }) => carrier === carrierAfter(works))) return null;
  const parts = others.flatMap(({ meterId, counterfactual, actualKwh }) =>
    counterfactual === null || actualKwh === null ? [] : [{ meterId, counterfactual, actualKwh }],
  );
  if (parts.length < others.length) return null;
  const { counterfactual, actualKwh } = outcome;
  const sum = summedSavings([{ meterId: main.id, counterfactual, actualKwh }, ...parts]);
  if (sum?.savingsPercent === undefined || sum.savingsPercent === null) return null;
  return {
    carriers: [...new Set([main.carrier, ...others.map(({ carrier }) => carrier)])],
    actualKwh: sum.actualKwh,
    savings: sum.savings,
    savingsPercent: sum.savingsPercent,
    note: message(
      'Somme de toutes les énergies du bâtiment, en kWh d’énergie finale : un kWh de gaz et un kWh d’électricité y comptent autant, ce qu’ils ne font ni en euros, ni en CO₂, ni en énergie primaire.',
      'Sum of all energies of the building, in kWh of final energy: a kWh of gas and one of electricity count the same here, which they do neither in euros, nor in CO₂, nor in primary energy.',
    ),
  };
};

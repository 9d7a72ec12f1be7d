import { promotionGate } from '#correct/index.ts';
import {
  type FitOptions,
  type ModelRecord,
  modelRecord,
  readModelRecord,
  type RecordSource,
  recordWindow,
} from '#measure/index.ts';
import type { Meter } from '#store/index.ts';
import type { DayRange } from '../core/calendar.ts';
import { type Message, message } from '../core/message.ts';
import type { LedgerEntry } from '../core/ledger.ts';
import { baselineOf } from './building-state.ts';
import { cpuClockMs } from './clock.ts';
import type { AppContext } from './context.ts';
import { meterSeries, type MeterSeries, rangeOf } from './daily-series.ts';
import { liveDays, liveFits } from './live-fit.ts';
import { forgetStockDrift, stockDriftWithout } from './stock-drift.ts';
import { stationFor } from './weather-station.ts';
import { programVersion } from './version.ts';

const DAY_MS = 86_400_000;
const YEAR_DAYS = 365;
/** The newest days, held back from both models to judge between them. */
const TRIAL_DAYS = 60;

const windowMs = (window: DayRange) => ({ fromMs: window.from * DAY_MS, toMs: (window.to + 1) * DAY_MS });

const sourceOf = async (
  { store }: AppContext,
  meter: Meter,
  { from, to }: DayRange,
  hash: string,
  ledger: LedgerEntry,
): Promise<RecordSource> => {
  const chosen = await stationFor(store, meter.buildingId, { firstDay: from, lastDay: to });
  const station = chosen?.station;
  return {
    dataHash: hash,
    readings: `${meter.id} (${meter.name}, ${meter.carrier})`,
    ...(station === undefined ? {} : { weather: `${station.name} (${station.source})` }),
    version: programVersion,
    ledger,
  };
};

export type Retrained = {
  readonly meterId: string;
  readonly outcome: 'promoted' | 'kept' | 'unchanged' | 'failed';
  readonly reason: Message;
};

const JOB = { by: 'stacoptim retrain' } as const;

const optionsOf = async (
  context: AppContext,
  { buildingId }: Meter,
  baseline: DayRange,
): Promise<FitOptions> => ({
  baseline,
  holidays: 'FR',
  stockDrift: await stockDriftWithout(context, buildingId),
  clock: cpuClockMs,
});

/**
 * Freezes the baseline of each works of a meter, once: what judges the works is never refitted (promise P3). It is of days
 * whatever the meter's resolution (docs/decisions/0160-days-or-hours.md).
 */
const freezeBaseline = async (context: AppContext, meter: Meter, read: MeterSeries): Promise<void> => {
  const { store } = context;
  if ((await store.models.baseline(meter.id)) !== undefined) return;
  const last = (await store.works.list(meter.buildingId)).at(-1);
  if (last === undefined) return;
  const end = context.startLedger('baseline');
  const window = baselineOf(read.series, last);
  const days = liveDays(read);
  const fitted = days.fit(await optionsOf(context, meter, window));
  if (!fitted.ok) return;
  const entry = end();
  const source = await sourceOf(context, meter, window, days.hash(window), entry);
  await store.models.add({
    meterId: meter.id,
    role: 'baseline',
    record: modelRecord(fitted.value, source),
    dataHash: source.dataHash,
    window: windowMs(window),
  });
  await store.ledger.add({ ...entry, buildingId: meter.buildingId });
};

/**
 * Retrains the live model of a meter, of hours where it is read by the hour, on its last year and lets it through the gate:
 * judged on the newest days, which neither it nor the model in service was fitted on. The one before stays loadable.
 */
const retrainMeter = async (context: AppContext, meter: Meter): Promise<Retrained> => {
  const { store } = context;
  const read = await meterSeries(store, meter);
  if (read === undefined)
    return { meterId: meter.id, outcome: 'failed', reason: message('aucun relevé.', 'no readings.') };
  if (!read.ok) return { meterId: meter.id, outcome: 'failed', reason: read.error.message };
  await freezeBaseline(context, meter, read.value);
  const end = context.startLedger('retrain');
  const { from, to } = rangeOf(read.value.series);
  const window = { from: Math.max(from, to - YEAR_DAYS + 1), to };
  const fits = liveFits(read.value);
  const { live } = fits;
  const fitted = live.fit(await optionsOf(context, meter, window));
  if (!fitted.ok) return { meterId: meter.id, outcome: 'failed', reason: fitted.error.message };
  const hash = live.hash(window);
  const current = await store.models.current(meter.id);
  if (current !== undefined && current.dataHash === hash)
    return {
      meterId: meter.id,
      outcome: 'unchanged',
      reason: message('aucun relevé nouveau.', 'no new reading.'),
    };
  const trial = { from: to - TRIAL_DAYS + 1, to };
  const challenger = live.tryOut({ from: Math.max(from, trial.from - YEAR_DAYS), to: trial.from - 1 }, trial);
  // A model in service whose record no version can read has no trial: the challenger is judged alone.
  const saved = current === undefined ? undefined : readModelRecord(current.record);
  const served = saved?.ok === true ? saved.value : undefined;
  const championOf = (record: ModelRecord) => {
    const { from: first, to: last } = recordWindow(record);
    return fits.of(record.resolution).tryOut({ from: first, to: Math.min(last, trial.from - 1) }, trial);
  };
  const champion = served === undefined ? undefined : championOf(served);
  const verdict =
    challenger === undefined
      ? {
          promoted: current === undefined,
          reason: message(
            'la température n’explique pas assez ce compteur pour un essai.',
            'temperature explains too little of this meter for a trial.',
          ),
        }
      : promotionGate(champion, challenger);
  const entry = end();
  const id = await store.models.add({
    meterId: meter.id,
    role: 'live',
    record: modelRecord(fitted.value, await sourceOf(context, meter, window, hash, entry)),
    dataHash: hash,
    window: windowMs(window),
  });
  if (verdict.promoted) await store.models.promote(id, { ...JOB, reason: verdict.reason.en });
  await store.ledger.add({ ...entry, buildingId: meter.buildingId });
  return { meterId: meter.id, outcome: verdict.promoted ? 'promoted' : 'kept', reason: verdict.reason };
};

/**
 * Retrains every meter of the stock; one that fails never stops the others. `onMeter` is told before each. No model is
 * made of a single dwelling: nobody needs one, and it would tell of its people (promise P7).
 */
export const retrain = async (
  context: AppContext,
  onMeter: (done: number, total: number, meterId: string) => Promise<void> = () => Promise.resolve(),
): Promise<Retrained[]> => {
  const meters = (await context.store.meters.list()).filter(({ personal }) => !personal);
  const results: Retrained[] = [];
  for (const [index, meter] of meters.entries()) {
    await onMeter(index, meters.length, meter.id);
    results.push(await retrainMeter(context, meter));
  }
  forgetStockDrift(context);
  return results;
};

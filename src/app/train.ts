import { promotionGate, type Trial } from '#correct/index.ts';
import {
  type FitOutcome,
  fitModel,
  modelRecord,
  readModelRecord,
  type RecordSource,
  recordWindow,
} from '#measure/index.ts';
import type { Meter } from '#store/index.ts';
import type { DayRange } from '../core/calendar.ts';
import { type Message, message } from '../core/message.ts';
import type { LedgerEntry } from '../core/ledger.ts';
import type { DailySeries } from '../core/series.ts';
import { baselineOf } from './building-state.ts';
import { cpuClockMs } from './clock.ts';
import type { AppContext } from './context.ts';
import { meterSeries, rangeOf } from './daily-series.ts';
import { forgetStockDrift, stockDriftWithout } from './stock-drift.ts';
import { dataHash } from './data-hash.ts';
import { stationFor } from './weather-station.ts';
import { programVersion } from './version.ts';

const DAY_MS = 86_400_000;
const YEAR_DAYS = 365;
/** The newest days, held back from both models to judge between them. */
const TRIAL_DAYS = 60;

const hashOf = (series: DailySeries, window: DayRange): string => {
  const from = window.from - series.firstDay;
  const inWindow = (column: Float64Array): Float64Array =>
    column.slice(from, from + window.to - window.from + 1);
  return dataHash(window, [inWindow(series.energyKwh), inWindow(series.outdoorC)]);
};

const windowMs = (window: DayRange) => ({ fromMs: window.from * DAY_MS, toMs: (window.to + 1) * DAY_MS });

const sourceOf = async (
  { store }: AppContext,
  meter: Meter,
  series: DailySeries,
  fit: FitOutcome,
  ledger: LedgerEntry,
): Promise<RecordSource> => {
  const { from, to } = fit.model.baseline;
  const chosen = await stationFor(store, meter.buildingId, { firstDay: from, lastDay: to });
  const station = chosen?.station;
  return {
    dataHash: hashOf(series, fit.model.baseline),
    readings: `${meter.id} (${meter.name}, ${meter.carrier})`,
    ...(station === undefined ? {} : { weather: `${station.name} (${station.source})` }),
    version: programVersion,
    ledger,
  };
};

const trialOf = (series: DailySeries, baseline: DayRange, trial: DayRange): Trial | undefined => {
  const fitted = fitModel(series, { baseline, predict: trial, holidays: 'FR' });
  if (!fitted.ok) return undefined;
  const { outOfSample, signature } = fitted.value;
  if (outOfSample === undefined || signature === undefined) return undefined;
  return {
    cvRmsePercent: outOfSample.cvRmse,
    days: outOfSample.n,
    slopeKwhKDay: signature.slopeKwhKDay,
    balancePointC: signature.balancePointC,
    baseLoadKwhDay: signature.baseKwhDay,
  };
};

export type Retrained = {
  readonly meterId: string;
  readonly outcome: 'promoted' | 'kept' | 'unchanged' | 'failed';
  readonly reason: Message;
};

const JOB = { by: 'stacoptim retrain' } as const;

/** Freezes the baseline of each works of a meter, once: what judges the works is never refitted (promise P3). */
const freezeBaseline = async (context: AppContext, meter: Meter, series: DailySeries): Promise<void> => {
  const { store } = context;
  if ((await store.models.baseline(meter.id)) !== undefined) return;
  const last = (await store.works.list(meter.buildingId)).at(-1);
  if (last === undefined) return;
  const end = context.startLedger('baseline');
  const window = baselineOf(series, last);
  const stockDrift = await stockDriftWithout(context, meter.buildingId);
  const fitted = fitModel(series, { baseline: window, holidays: 'FR', stockDrift, clock: cpuClockMs });
  if (!fitted.ok) return;
  const entry = end();
  const source = await sourceOf(context, meter, series, fitted.value, entry);
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
 * Retrains the live model of a meter on its last year and lets it through the gate: judged on the newest days, which
 * neither it nor the model in service was fitted on. The one before stays loadable.
 */
const retrainMeter = async (context: AppContext, meter: Meter): Promise<Retrained> => {
  const { store } = context;
  const read = await meterSeries(store, meter);
  if (read === undefined)
    return { meterId: meter.id, outcome: 'failed', reason: message('aucun relevé.', 'no readings.') };
  if (!read.ok) return { meterId: meter.id, outcome: 'failed', reason: read.error.message };
  const { series } = read.value;
  await freezeBaseline(context, meter, series);
  const end = context.startLedger('retrain');
  const { from, to } = rangeOf(series);
  const window = { from: Math.max(from, to - YEAR_DAYS + 1), to };
  const stockDrift = await stockDriftWithout(context, meter.buildingId);
  const fitted = fitModel(series, { baseline: window, holidays: 'FR', stockDrift, clock: cpuClockMs });
  if (!fitted.ok) return { meterId: meter.id, outcome: 'failed', reason: fitted.error.message };
  const hash = hashOf(series, fitted.value.model.baseline);
  const current = await store.models.current(meter.id);
  if (current !== undefined && current.dataHash === hash)
    return {
      meterId: meter.id,
      outcome: 'unchanged',
      reason: message('aucun relevé nouveau.', 'no new reading.'),
    };
  const trial = { from: to - TRIAL_DAYS + 1, to };
  const challenger = trialOf(
    series,
    { from: Math.max(from, trial.from - YEAR_DAYS), to: trial.from - 1 },
    trial,
  );
  // A model in service whose record no version can read has no trial: the challenger is judged alone.
  const saved = current === undefined ? undefined : readModelRecord(current.record);
  const served = saved?.ok === true ? recordWindow(saved.value) : undefined;
  const champion =
    served === undefined
      ? undefined
      : trialOf(series, { from: served.from, to: Math.min(served.to, trial.from - 1) }, trial);
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
    record: modelRecord(fitted.value, await sourceOf(context, meter, series, fitted.value, entry)),
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

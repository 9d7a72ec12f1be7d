import { promotionGate } from '#correct/index.ts';
import { type ModelRecord, modelRecord, readModelRecord, recordWindow } from '#measure/index.ts';
import type { Meter } from '#store/index.ts';
import { type Message, message } from '../core/message.ts';
import { cpuClockMs } from './clock.ts';
import type { AppContext } from './context.ts';
import { meterSeries, rangeOf } from './daily-series.ts';
import { freezeBaselines, sourceOf, windowMs } from './freeze-baseline.ts';
import { liveFits } from './live-fit.ts';
import { ownFailure } from './own-failure.ts';
import { forgetStockDrift, stockDriftWithout } from './stock-drift.ts';

const YEAR_DAYS = 365;
/** The newest days, held back from both models to judge between them. */
const TRIAL_DAYS = 60;

export type Retrained = {
  readonly meterId: string;
  readonly outcome: 'promoted' | 'kept' | 'unchanged' | 'failed';
  readonly reason: Message;
};

const JOB = { by: 'stacoptim retrain' } as const;

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
  await freezeBaselines(context, meter, read.value.series);
  const end = context.startLedger('retrain');
  const { from, to } = rangeOf(read.value.series);
  const window = { from: Math.max(from, to - YEAR_DAYS + 1), to };
  const fits = liveFits(read.value);
  const { live } = fits;
  const stockDrift = await stockDriftWithout(context, meter.buildingId);
  // What the newest model was fitted on, in force or kept out: the same days would only be judged the same again.
  const hash = live.hash(window);
  const [newest] = await store.models.history(meter.id, 'live');
  if (newest?.dataHash === hash)
    return {
      meterId: meter.id,
      outcome: 'unchanged',
      reason: message('aucun relevé nouveau.', 'no new reading.'),
    };
  const fitted = live.fit({ baseline: window, holidays: 'FR', stockDrift, clock: cpuClockMs });
  if (!fitted.ok) return { meterId: meter.id, outcome: 'failed', reason: fitted.error.message };
  const current = await store.models.current(meter.id);
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
  const source = await sourceOf(context, meter, window, hash, entry);
  // All of it or nothing: a run that dies leaves no candidate without a verdict.
  await store.transaction(async (into) => {
    const id = await into.models.add({
      meterId: meter.id,
      role: 'live',
      record: modelRecord(fitted.value, source),
      dataHash: hash,
      window: windowMs(window),
    });
    if (verdict.promoted)
      await into.models.promote(id, { ...JOB, reason: verdict.reason.en }, verdict.reason);
    else
      await into.audit.add({
        ...JOB,
        action: 'keep-model',
        subject: `model:${id}`,
        reason: verdict.reason.en,
        detail: { reason: verdict.reason },
      });
    await into.ledger.add({ ...entry, buildingId: meter.buildingId });
  });
  return { meterId: meter.id, outcome: verdict.promoted ? 'promoted' : 'kept', reason: verdict.reason };
};

const retrainOrName = async (context: AppContext, meter: Meter): Promise<Retrained> => {
  const done = await ownFailure(() => retrainMeter(context, meter));
  return done.ok ? done.value : { meterId: meter.id, outcome: 'failed', reason: done.error.message };
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
    results.push(await retrainOrName(context, meter));
  }
  forgetStockDrift(context);
  return results;
};

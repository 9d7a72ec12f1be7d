import { liveStep } from '#correct/index.ts';
import { lastKnownDay, modelRecord, readModelRecord } from '#measure/index.ts';
import type { Meter } from '#store/index.ts';
import { type Message, message } from '../core/message.ts';
import { cpuClockMs } from './clock.ts';
import type { AppContext } from './context.ts';
import { meterSeries } from './daily-series.ts';
import { freezeBaselines, sourceOf, windowMs } from './freeze-baseline.ts';
import { liveFits } from './live-fit.ts';
import { ownFailure } from './own-failure.ts';
import { forgetStockDrift, stockDriftWithout } from './stock-drift.ts';
import { watchMeter } from './watch-meter.ts';

const DAY_MS = 86_400_000;

export type Retrained = {
  readonly meterId: string;
  readonly outcome: 'promoted' | 'kept' | 'unchanged' | 'failed';
  readonly reason: Message;
};

const JOB = { by: 'stacoptim retrain' } as const;

/**
 * One night of the live model of a meter, of hours where it is read by the hour (`liveStep`), kept all or nothing. The model before
 * stays loadable.
 */
const retrainMeter = async (context: AppContext, meter: Meter): Promise<Retrained> => {
  const { store } = context;
  const read = await meterSeries(store, meter);
  if (read === undefined)
    return { meterId: meter.id, outcome: 'failed', reason: message('aucun relevé.', 'no readings.') };
  if (!read.ok) return { meterId: meter.id, outcome: 'failed', reason: read.error.message };
  await freezeBaselines(context, meter, read.value.series);
  const end = context.startLedger('retrain');
  const { series } = read.value;
  // A day that has only begun belongs to the next night.
  const to = lastKnownDay(series);
  const fits = liveFits(read.value);
  const stockDrift = await stockDriftWithout(context, meter.buildingId);
  const history = await store.models.history(meter.id, 'live');
  const current = history.find(({ status }) => status === 'current');
  const tried = history.map(({ record, window: { toMs }, dataHash }) => {
    const known = readModelRecord(record);
    return { record: known.ok ? known.value : undefined, to: toMs / DAY_MS - 1, dataHash };
  });
  await watchMeter(context, meter, read.value, tried);
  const served = tried[history.findIndex(({ status }) => status === 'current')]?.record;
  const stepped = liveStep({
    ...fits,
    range: { from: series.firstDay, to },
    holidays: 'FR',
    history: tried,
    ...(served === undefined ? {} : { served }),
    inForce: current !== undefined,
    touched: history[0]?.stale !== undefined,
    stockDrift,
    clock: cpuClockMs,
  });
  if (stepped.kind === 'not-due') return { meterId: meter.id, outcome: 'unchanged', reason: stepped.reason };
  if (stepped.kind === 'failed')
    return { meterId: meter.id, outcome: 'failed', reason: stepped.error.message };
  const { window, hash, fitted, verdict, cause } = stepped;
  const entry = end();
  const source = await sourceOf(context, meter, window, hash, entry);
  // All of it or nothing: a run that dies leaves no candidate without a verdict.
  await store.transaction(async (into) => {
    const id = await into.models.add({
      meterId: meter.id,
      role: 'live',
      record: modelRecord(fitted, source),
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
        detail: { reason: verdict.reason, cause: cause.reason },
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

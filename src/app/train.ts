import { liveStep } from '#correct/index.ts';
import { lastKnownDay, modelRecord, readModelRecord, type StockDrift } from '#measure/index.ts';
import type { Meter } from '#store/index.ts';
import { type Message, message } from '../core/message.ts';
import { cpuClockMs } from './clock.ts';
import type { AppContext } from './context.ts';
import { meterSeries } from './daily-series.ts';
import { freezeBaselines, sourceOf, windowMs } from './freeze-baseline.ts';
import { inFlight } from './in-flight.ts';
import { liveFits } from './live-fit.ts';
import { ownFailure } from './own-failure.ts';
import { forgetStockDrift, readStockDrift } from './stock-drift.ts';
import { watchMeter } from './watch-meter.ts';

const DAY_MS = 86_400_000;
/** While one meter is fitted the database reads and writes two others; more would wait for the same two processors (decision 0357). */
const METERS_AT_ONCE = 3;

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
const retrainMeter = async (
  context: AppContext,
  meter: Meter,
  stockDrift: StockDrift,
): Promise<Retrained> => {
  const { store } = context;
  const read = await meterSeries(store, meter);
  if (read === undefined)
    return { meterId: meter.id, outcome: 'failed', reason: message('aucun relevé.', 'no readings.') };
  if (!read.ok) return { meterId: meter.id, outcome: 'failed', reason: read.error.message };
  const { series } = read.value;
  const models = await store.models.history(meter.id);
  const frozen = models.filter(({ role }) => role === 'baseline');
  const history = models.filter(({ role }) => role === 'live');
  await freezeBaselines(context, meter, read.value, { frozen, stockDrift });
  // A day that has only begun belongs to the next night.
  const to = lastKnownDay(series);
  const current = history.find(({ status }) => status === 'current');
  const tried = history.map(({ record, window: { toMs }, dataHash }) => {
    const known = readModelRecord(record);
    return { record: known.ok ? known.value : undefined, to: toMs / DAY_MS - 1, dataHash };
  });
  await watchMeter(context, meter, read.value, tried);
  const served = tried[history.findIndex(({ status }) => status === 'current')]?.record;
  // From here to the entry nothing waits: the processor time is that of this meter alone.
  const end = context.startLedger('retrain');
  const stepped = liveStep({
    ...liveFits(read.value),
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
  const source = sourceOf(meter, read.value, hash, entry);
  // All of it or nothing: a run that dies leaves no candidate without a verdict.
  await store.transaction(async (into) => {
    await into.ledger.add({ ...entry, buildingId: meter.buildingId });
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
  });
  return { meterId: meter.id, outcome: verdict.promoted ? 'promoted' : 'kept', reason: verdict.reason };
};

const retrainOrName = async (
  context: AppContext,
  meter: Meter,
  stockDrift: StockDrift,
): Promise<Retrained> => {
  const done = await ownFailure(() => retrainMeter(context, meter, stockDrift));
  return done.ok ? done.value : { meterId: meter.id, outcome: 'failed', reason: done.error.message };
};

/**
 * Retrains every meter of the stock, a few at once, with the same results as one after the other: what the stock has learnt is read before
 * the first, and no meter reads what another writes. One that fails never stops the others. `onMeter` is told before each how many are
 * done; where it throws no other is begun. No model is made of a single dwelling: nobody needs one, and it would tell of its people
 * (promise P7).
 */
export const retrain = async (
  context: AppContext,
  onMeter: (done: number, total: number, meterId: string) => Promise<void> = () => Promise.resolve(),
  atOnce: number = METERS_AT_ONCE,
): Promise<Retrained[]> => {
  const meters = (await context.store.meters.list()).filter(({ personal }) => !personal);
  const driftWithout = await readStockDrift(context);
  let done = 0;
  const results = await inFlight(meters, atOnce, async (meter) => {
    await onMeter(done, meters.length, meter.id);
    const retrained = await retrainOrName(context, meter, driftWithout(meter.buildingId));
    done += 1;
    return retrained;
  });
  forgetStockDrift(context);
  return results;
};

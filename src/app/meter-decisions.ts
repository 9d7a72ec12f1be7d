import { qualityFindings, toDaily } from '#measure/index.ts';
import type { ReadingDecision } from '#store/index.ts';
import { formatDay, parseDay } from '../core/calendar.ts';
import { failure, ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
import { storedReadings, weatherFor } from './daily-series.ts';
import { meterOf } from './ingest.ts';
import { mayUse, type Role } from './privacy.ts';
import type { DecisionRequest, DecisionView, MeterQuality } from './decision-views.ts';

const viewOf = (one: ReadingDecision): DecisionView => ({
  id: one.id,
  finding: one.finding,
  from: one.fromDay,
  to: one.toDay,
  action: one.action,
  factor: one.factor ?? null,
  by: one.by,
  reason: one.reason,
  at: new Date(one.decidedMs).toISOString(),
  reversed:
    one.reversed === undefined
      ? null
      : {
          by: one.reversed.by,
          reason: one.reversed.reason,
          at: new Date(one.reversed.atMs).toISOString(),
        },
});

/**
 * The defects of a meter's stored readings as they came, each with the decision in force that answers it, and every
 * decision ever made. Fails with `unknown-meter`, `personal-data`.
 */
export const viewMeterQuality = async (
  context: AppContext,
  meterId: string,
  role: Role,
): Promise<Result<MeterQuality>> => {
  const { store } = context;
  const meter = await meterOf(context, meterId);
  if (!meter.ok) return meter;
  const allowed = mayUse(meter.value, role);
  if (!allowed.ok) return allowed;
  const decisions = (await store.decisions.list(meterId)).map(viewOf);
  const read = await storedReadings(store, meter.value);
  if (read === undefined) return ok({ meterId, findings: [], decisions });
  if (!read.ok) return read;
  const readings = read.value;
  const found = await weatherFor(store, meter.value.buildingId, readings);
  const daily = toDaily(readings, found === undefined ? {} : { weather: found.weather });
  if (!daily.ok && daily.error.code !== 'readings-not-daily') return daily;
  const held = decisions.filter(({ reversed }) => reversed === null);
  const findings = qualityFindings(readings, daily.ok ? daily.value.series : undefined).map((one) => {
    const [from, to] = [formatDay(one.from), formatDay(one.to)];
    const answering = held.findLast(
      (decision) => decision.finding === one.code && decision.from <= to && decision.to >= from,
    );
    return {
      code: one.code,
      from,
      to,
      ratio: one.ratio ?? null,
      message: one.message,
      action: one.action,
      decision: answering?.id ?? null,
    };
  });
  return ok({ meterId, findings, decisions });
};

/**
 * Keeps a person's decision about readings: from then on series are built with it, and what was computed without it
 * is stale. Fails with `unknown-meter`, `personal-data`, `decision-factor`, `bad-range`.
 */
export const decideReadings = async (
  context: AppContext,
  meterId: string,
  role: Role,
  request: DecisionRequest,
): Promise<Result<DecisionView>> => {
  const meter = await meterOf(context, meterId);
  if (!meter.ok) return meter;
  const allowed = mayUse(meter.value, role);
  if (!allowed.ok) return allowed;
  const { finding, from, to, action, factor, by, reason } = request;
  if ((action === 'correct') !== (factor !== undefined))
    return failure(
      'decision-factor',
      'Un facteur va avec « correct », et avec lui seul.',
      'A factor goes with “correct”, and with it alone.',
      { field: 'factor' },
    );
  const [first, last] = [parseDay(from), parseDay(to)];
  if (first === undefined || last === undefined || last < first)
    return failure(
      'bad-range',
      `La période du ${from} au ${to} n’en est pas une.`,
      `The period from ${from} to ${to} is none.`,
      { field: 'to' },
    );
  const id = await context.store.decisions.add(
    { meterId, finding, fromDay: from, toDay: to, action, ...(factor === undefined ? {} : { factor }) },
    { by, reason },
  );
  return decisionView(context, meterId, id);
};

/** Takes a decision back. Fails with `unknown-meter`, `personal-data`; throws as the store does. */
export const reverseDecision = async (
  context: AppContext,
  meterId: string,
  role: Role,
  id: number,
  who: { readonly by: string; readonly reason: string },
): Promise<Result<DecisionView>> => {
  const meter = await meterOf(context, meterId);
  if (!meter.ok) return meter;
  const allowed = mayUse(meter.value, role);
  if (!allowed.ok) return allowed;
  await context.store.decisions.reverse(meterId, id, who);
  return decisionView(context, meterId, id);
};

const decisionView = async (
  { store }: AppContext,
  meterId: string,
  id: number,
): Promise<Result<DecisionView>> => {
  const decision = (await store.decisions.list(meterId)).find((one) => one.id === id);
  if (decision === undefined) throw new Error('A decision just written is in the list');
  return ok(viewOf(decision));
};

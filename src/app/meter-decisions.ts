import { asksPerson } from '#measure/index.ts';
import type { Meter, ReadingDecision } from '#store/index.ts';
import { formatDay, parseDay } from '../core/calendar.ts';
import { failure, ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
import { findingsOf, type FoundReadings } from './meter-findings.ts';
import { meterFor } from './meter-access.ts';
import type { Role } from './privacy.ts';
import type { DecisionRequest, DecisionView, MeterQuality } from './decision-views.ts';
import { dayEn, dayFr } from '../core/wording.ts';

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
 * Its defects, each with the decision in force that answers it, and every decision ever made; with the readings
 * behind them. Fails as the reading of the meter does.
 */
export const qualityOf = async (
  { store }: AppContext,
  meter: Meter,
): Promise<Result<{ readonly quality: MeterQuality; readonly found: FoundReadings | undefined }>> => {
  const decisions = (await store.decisions.list(meter.id)).map(viewOf);
  const found = await findingsOf(store, meter);
  if (found?.ok === false) return found;
  const held = decisions.filter(({ reversed }) => reversed === null);
  const findings = (found?.value.findings ?? []).map((one) => {
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
      asksPerson: asksPerson(one.code),
      decision: answering?.id ?? null,
    };
  });
  return ok({ quality: { meterId: meter.id, findings, decisions }, found: found?.value });
};

/**
 * The defects of a meter's stored readings as they came, each with the decision in force that answers it, and every
 * decision ever made. Fails with `unknown-meter`, `personal-data`.
 */
export const viewMeterQuality = async (
  context: AppContext,
  meterId: string,
  role: Role,
): Promise<Result<MeterQuality>> => {
  const meter = await meterFor(context, meterId, role);
  if (!meter.ok) return meter;
  const read = await qualityOf(context, meter.value);
  return read.ok ? ok(read.value.quality) : read;
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
  const meter = await meterFor(context, meterId, role);
  if (!meter.ok) return meter;
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
      `La période du ${dayFr(from)} au ${dayFr(to)} n’en est pas une.`,
      `The period from ${dayEn(from)} to ${dayEn(to)} is none.`,
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
  const meter = await meterFor(context, meterId, role);
  if (!meter.ok) return meter;
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

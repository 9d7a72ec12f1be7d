import { createHash } from 'node:crypto';
import { finite } from '../core/finite-json.ts';
import { ok, type Result } from '../core/result.ts';
import { unknownBuilding } from './building-state.ts';
import type { AppContext } from './context.ts';
import { computedBy } from './program-stamp.ts';
import { stockDriftWithout } from './stock-drift.ts';

const DAY_MS = 86_400_000;
/** What is kept is computed anew after this long even when nothing moved it: the law and the day go on. */
const KEPT_DAYS = 30;

/** Nothing kept was computed before this instant. */
export const keptSinceMs = ({ nowMs }: AppContext): number => nowMs() - KEPT_DAYS * DAY_MS;

const hashOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/** The day of the clock, YYYY-MM-DD. */
export const dayOf = ({ nowMs }: AppContext): string => new Date(nowMs()).toISOString().slice(0, 10);

/**
 * An answer about a building as JSON: the one kept, as long as nothing it rests on has changed, else computed and kept. It rests on what
 * the database says of the building and of the meters that feed it, the weather, the drift of the stock, its learnt defaults, the program and its catalogue, `also`, and with `rates` what the stock has learnt. Fails
 * with `unknown-building` and as `compute` does; a refusal is not kept.
 */
export const keptView = async (
  context: AppContext,
  buildingId: string,
  { name, also, rates = false }: { readonly name: string; readonly also: string; readonly rates?: boolean },
  compute: () => Promise<Result<unknown>>,
): Promise<Result<string>> => {
  const { store } = context;
  // Read before anything is computed: what changes meanwhile makes the next reader compute again.
  const {
    stamp,
    learnt,
    defaults,
    key: keptKey,
    body: keptBody,
  } = await store.keptViews.read(buildingId, name, dayOf(context));
  if (stamp === undefined) return unknownBuilding(buildingId);
  const drift = await stockDriftWithout(context, buildingId);
  const key = hashOf(computedBy(context), stamp, JSON.stringify(drift), defaults, also, rates ? learnt : '');
  if (keptKey === key && keptBody !== undefined) return ok(keptBody);
  const computed = await compute();
  if (!computed.ok) return computed;
  const body = JSON.stringify(computed.value, finite);
  await store.keptViews.keep(buildingId, name, { key, body });
  return ok(body);
};

/** Forgets the answers that were made long ago: whoever asks again has them computed. */
export const forgetKeptViews = (context: AppContext): Promise<void> =>
  context.store.keptViews.forget(keptSinceMs(context));

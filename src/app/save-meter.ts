import { type Derivation, derivationSchema, sourcesOf } from '#measure/index.ts';
import type { Meter, Repositories } from '#store/index.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { openZone } from '../core/timezone.ts';
import type { AppContext } from './context.ts';
import { readsDwelling } from './derived-meters.ts';
import { meterOf } from './ingest.ts';
import type { MeterRequest, MeterView } from './meter-record.ts';
import { mayUse, type Role } from './privacy.ts';

const idPattern = /^[\p{L}\p{N}][\p{L}\p{N} ._:-]{0,99}$/u;

/** The meters a rule stands on, theirs included. Fails with `meter-cycle` where one of them is the meter itself. */
const checkCircle = async (
  into: Repositories,
  meterId: string,
  sources: readonly string[],
): Promise<Result<void>> => {
  const seen = new Set<string>();
  const waiting = [...sources];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (id === meterId)
      return failure(
        'meter-cycle',
        `Le compteur « ${meterId} » se calculerait à partir de lui-même.`,
        `Meter “${meterId}” would be computed from itself.`,
        { field: 'derivation' },
      );
    if (seen.has(id)) continue;
    seen.add(id);
    waiting.push(...((await into.derivations.get(id))?.sources ?? []));
  }
  return ok(undefined);
};

/** That no meter open to all is computed from a dwelling's, as meters and rules now stand. Fails with `derived-personal`. */
const checkDwellings = async (into: Repositories, meter: Meter): Promise<Result<void>> => {
  if (meter.personal) {
    for (const { meterId } of await into.derivations.standingOn(meter.id))
      if ((await into.meters.get(meterId))?.personal === false) return readsDwelling(meterId, meter.id);
    return ok(undefined);
  }
  for (const id of (await into.derivations.get(meter.id))?.sources ?? [])
    if ((await into.meters.get(id))?.personal === true) return readsDwelling(meter.id, id);
  return ok(undefined);
};

/**
 * Keeps the rule of a computed meter that is already saved. Fails with `unknown-meter`, `meter-cycle`, `bad-formula`,
 * `bad-allocation`, and `derived-personal` where a dwelling would be read through a meter that is not personal.
 */
const saveDerivation = async (
  into: Repositories,
  meter: Meter,
  rule: Derivation,
  decision: { readonly by: string; readonly reason: string },
): Promise<Result<void>> => {
  const sources = sourcesOf(rule);
  if (!sources.ok) return sources;
  if (rule.kind === 'share') {
    const { recipient, rule: key } = rule;
    const named =
      key.kind === 'base-load'
        ? [key.base, key.rest]
        : Object.keys(key.kind === 'shares' ? key.shares : key.weights);
    if (!named.includes(recipient))
      return failure(
        'bad-allocation',
        `La règle ne nomme pas « ${recipient} » parmi ses parts : ${named.join(', ')}.`,
        `The rule does not name “${recipient}” among its parts: ${named.join(', ')}.`,
        { field: 'recipient' },
      );
  }
  for (const id of sources.value) {
    const source = await into.meters.get(id);
    if (source === undefined)
      return failure(
        'unknown-meter',
        `Le compteur « ${id} », dont « ${meter.id} » serait calculé, n’existe pas.`,
        `Meter “${id}”, which “${meter.id}” would be computed from, does not exist.`,
        { field: id },
      );
    if (source.personal && !meter.personal) return readsDwelling(meter.id, id);
  }
  const circle = await checkCircle(into, meter.id, sources.value);
  if (!circle.ok) return circle;
  await into.derivations.save({ meterId: meter.id, rule, sources: sources.value, ...decision });
  return ok(undefined);
};

/** Undoes the transaction of a refusal that was found inside it. */
class Refused extends Error {
  readonly result: Result<never>;
  constructor(result: Result<never>) {
    super();
    this.result = result;
  }
}

const viewOf = async ({ store }: AppContext, meter: Meter): Promise<MeterView> => {
  const rule = (await store.derivations.get(meter.id))?.rule;
  return { ...meter, derivation: rule === undefined ? null : derivationSchema.parse(rule) };
};

/** A meter as it was declared. Fails with `unknown-meter`, `personal-data`. */
export const getMeter = async (context: AppContext, id: string, role: Role): Promise<Result<MeterView>> => {
  const meter = await meterOf(context, id);
  if (!meter.ok) return meter;
  const allowed = mayUse(meter.value, role);
  return allowed.ok ? ok(await viewOf(context, meter.value)) : allowed;
};

/**
 * Adds a meter or replaces what was known of it; its readings stay. Fails with `unknown-building`, `bad-request`,
 * `bad-timezone`, `personal-data`, `derived-has-readings`, and as `saveDerivation` does.
 */
export const saveMeter = async (
  context: AppContext,
  id: string,
  role: Role,
  request: MeterRequest,
): Promise<Result<MeterView>> => {
  const { store } = context;
  const { derivation, by, reason, name, ...about } = request;
  if (!idPattern.test(id))
    return failure(
      'bad-request',
      `« ${id.slice(0, 100)} » ne peut pas nommer un compteur : lettres, chiffres, espaces, points et tirets, 100 au plus.`,
      `“${id.slice(0, 100)}” cannot name a meter: letters, digits, spaces, dots and dashes, at most 100.`,
      { field: 'id' },
    );
  const zone = openZone(about.timezone);
  if (!zone.ok) return zone;
  const meter: Meter = { ...about, id, name: name ?? id };
  const before = await store.meters.get(id);
  for (const one of before === undefined ? [meter] : [before, meter]) {
    const allowed = mayUse(one, role);
    if (!allowed.ok) return allowed;
  }
  if ((await store.buildings.get(about.buildingId)) === undefined)
    return failure(
      'unknown-building',
      `Le bâtiment « ${about.buildingId} » n’existe pas dans ce parc.`,
      `There is no building “${about.buildingId}” in this stock.`,
      { field: 'buildingId' },
    );
  const ruled = await store.derivations.get(id);
  const changes = derivation === null ? ruled !== undefined : derivation !== undefined;
  if (changes && (by === undefined || reason === undefined))
    return failure(
      'bad-request',
      'La règle d’un compteur calculé demande qui la fixe ou la retire (by) et pourquoi (reason).',
      'The rule of a computed meter takes who sets it or takes it away (by) and why (reason).',
      { field: 'by' },
    );
  if (derivation !== undefined && derivation !== null && (await store.readings.extent(id)) !== undefined)
    return failure(
      'derived-has-readings',
      `« ${id} » a des relevés à lui : un compteur calculé n’en a pas. Prenez un autre identifiant.`,
      `“${id}” has readings of its own: a computed meter has none. Take another id.`,
      { field: 'derivation' },
    );
  try {
    await store.transaction(async (into) => {
      await into.meters.save(meter);
      if (changes && by !== undefined && reason !== undefined) {
        if (derivation === null) await into.derivations.remove(id, { by, reason });
        else if (derivation !== undefined) {
          const saved = await saveDerivation(into, meter, derivation, { by, reason });
          if (!saved.ok) throw new Refused(saved);
        }
      }
      const open = await checkDwellings(into, meter);
      if (!open.ok) throw new Refused(open);
    });
  } catch (error) {
    if (error instanceof Refused) return error.result;
    throw error;
  }
  return getMeter(context, id, role);
};

import { type Message, message } from '#core/message.ts';
import { type Result, failure, ok } from '#core/result.ts';
import { precisionEn, precisionFr } from '#core/wording.ts';
import type { LossGroup, Twin, TwinElement } from '#core/twin.ts';
import { hasMixedBase } from './mixed-base.ts';
import type { Effect, Measure } from './schema.ts';

type ElementEffect = Extract<Effect, { kind: 'insulate' | 'replace' }>;

/** Whether an effect changes elements of the envelope, so that it needs one it can reach. */
export const isElementEffect = (effect: Effect): effect is ElementEffect =>
  effect.kind === 'insulate' || effect.kind === 'replace';

const groupNames: Record<LossGroup, Message> = {
  walls: message('mur', 'wall'),
  roof: message('toiture', 'roof'),
  floor: message('plancher bas', 'lower floor'),
  windows: message('fenêtre', 'window'),
  doors: message('porte', 'door'),
  bridges: message('pont thermique', 'thermal bridge'),
  air: message('renouvellement d’air', 'air change'),
};

/** Elements of the right kind on a side the measure can reach, whatever their U. */
const reachable = (twin: Twin, measure: Measure, effect: ElementEffect): readonly TwinElement[] =>
  twin.elements.filter(
    (element) =>
      element.group === effect.group &&
      element.areaNetM2 > 0 &&
      element.b > 0 &&
      element.exposure !== 'adiabatic' &&
      (effect.kind === 'replace' || effect.exposures.includes(element.exposure)) &&
      (measure.elementIds === undefined || measure.elementIds.includes(element.id)),
  );

/** The elements a measure changes: reachable and poor enough to be worth it. */
export const treatedElements = (
  twin: Twin,
  measure: Measure,
  effect: ElementEffect,
): readonly TwinElement[] =>
  reachable(twin, measure, effect).filter(({ u }) => u.value > effect.onlyAboveUWm2K);

type Refusal = { readonly code: string; readonly message: Message };

const refusal = (code: string, fr: string, en: string): Refusal => ({ code, message: { fr, en } });

const refuseElements = (twin: Twin, measure: Measure, effect: ElementEffect): Refusal | undefined => {
  const group = groupNames[effect.group];
  if (reachable(twin, measure, effect).length === 0)
    return refusal(
      'missing-element',
      `le jumeau n’a pas d’élément « ${group.fr} » que ce geste puisse traiter.`,
      `the twin has no ${group.en} this measure can treat.`,
    );
  if (treatedElements(twin, measure, effect).length === 0)
    return refusal(
      'already-done',
      `tous les éléments « ${group.fr} » sont déjà à U ≤ ${precisionFr(effect.onlyAboveUWm2K, 3)} W/(m²·K).`,
      `every ${group.en} is already at U ≤ ${precisionEn(effect.onlyAboveUWm2K, 3)} W/(m²·K).`,
    );
  return undefined;
};

/** Why a measure cannot be applied to a twin, in a sentence to stand after its name; undefined when it can. */
export const refuse = (twin: Twin, measure: Measure): Refusal | undefined => {
  if (measure.uses !== undefined && !measure.uses.includes(twin.use))
    return refusal(
      'wrong-use',
      'ce geste ne s’applique pas à cet usage du bâtiment.',
      'this measure does not apply to this use of the building.',
    );
  for (const id of measure.elementIds ?? [])
    if (!twin.elements.some((element) => element.id === id))
      return refusal(
        'missing-element',
        `il vise l’élément ${id}, que le jumeau n’a pas.`,
        `it aims at element ${id}, which the twin does not have.`,
      );
  for (const effect of measure.effects) {
    if (isElementEffect(effect)) {
      const found = refuseElements(twin, measure, effect);
      if (found !== undefined) return found;
    }
    if (effect.kind === 'base-load' && hasMixedBase(twin))
      return refusal(
        'mixed-base-load',
        'le talon d’un compteur électrique mêle tous les usages : la part que ce geste réduit n’est pas connue.',
        'the base load of an electric meter mixes all uses: the part this measure reduces is not known.',
      );
    if (
      effect.kind === 'photovoltaic' &&
      !twin.elements.some(({ group, exposure }) => group === 'roof' && exposure === 'exterior')
    )
      return refusal(
        'missing-element',
        'le jumeau n’a pas de toiture à l’air libre.',
        'the twin has no roof in the open air.',
      );
    if (effect.kind === 'shade' && !twin.elements.some(({ group }) => group === 'windows'))
      return refusal(
        'missing-element',
        'le jumeau n’a pas de fenêtre à protéger.',
        'the twin has no window to shade.',
      );
    if (effect.kind === 'system' && effect.system === twin.system.kind)
      return refusal(
        'already-done',
        'c’est déjà le système du bâtiment.',
        'it is already the building’s system.',
      );
  }
  if (measure.systems !== undefined && !measure.systems.includes(twin.system.kind))
    return refusal(
      'wrong-system',
      'ce geste ne remplace pas le système présent.',
      'this measure does not replace the present system.',
    );
  return undefined;
};

const treatedIds = (twin: Twin, measure: Measure): ReadonlySet<string> =>
  new Set(
    measure.effects
      .filter(isElementEffect)
      .flatMap((effect) => treatedElements(twin, measure, effect).map(({ id }) => id)),
  );

const clash = (twin: Twin, a: Measure, b: Measure): boolean => {
  if (a.effects.some(({ kind }) => kind === 'system') && b.effects.some(({ kind }) => kind === 'system'))
    return true;
  const own = treatedIds(twin, a);
  const others = treatedIds(twin, b);
  if (own.size > 0 && others.size > 0) return [...own].some((id) => others.has(id));
  return a.exclusive === b.exclusive;
};

/**
 * Accepts a list of measures on a twin, or names the first that cannot be, or the two that exclude each other. Fails with
 * `conflicting-measures` or the code of `refuse`: `wrong-use`, `missing-element`, `already-done`, `mixed-base-load`, `wrong-system`.
 */
export const checkMeasures = (twin: Twin, measures: readonly Measure[]): Result<readonly Measure[]> => {
  for (const [index, measure] of measures.entries()) {
    const own = refuse(twin, measure);
    if (own !== undefined)
      return failure(
        own.code,
        `« ${measure.name.fr} » : ${own.message.fr}`,
        `“${measure.name.en}”: ${own.message.en}`,
        { field: `measures.${index}` },
      );
    for (const other of measures.slice(0, index))
      if (clash(twin, measure, other))
        return failure(
          'conflicting-measures',
          `« ${other.name.fr} » et « ${measure.name.fr} » s’excluent : garder l’un des deux, ou les réserver à des éléments différents.`,
          `“${other.name.en}” and “${measure.name.en}” exclude each other: keep one of them, or give each its own elements.`,
          { field: `measures.${index}` },
        );
  }
  return ok(measures);
};

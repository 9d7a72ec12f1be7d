import type { Message } from '#core/message.ts';
import type { Twin } from '#core/twin.ts';
import { checkMeasures, refuse } from './applicability.ts';
import { shippedCatalogue } from './catalogue.ts';
import type { Measure } from './schema.ts';

export type Applicability = {
  readonly measure: Measure;
  readonly applicable: boolean;
  readonly reason: Message | null;
};

/** Every measure of a catalogue with whether the twin can take it and, if not, why. */
export const assessMeasures = (twin: Twin, catalogue: readonly Measure[]): Applicability[] =>
  catalogue.map((measure) => {
    const found = refuse(twin, measure);
    return { measure, applicable: found === undefined, reason: found?.message ?? null };
  });

const shippedIds = new Set(shippedCatalogue.map(({ id }) => id));

/** Packages worth comparing first, from the cheapest steps to a deep renovation; the first measure of each line that applies is taken. */
const ladders: readonly (readonly (readonly string[])[])[] = [
  [
    ['set-back', 'balancing'],
    ['hot-water', 'pool-cover'],
  ],
  [['roof-insulation'], ['floor-insulation']],
  [['wall-insulation-outside', 'wall-insulation-inside']],
  [['windows'], ['ventilation-hygro', 'ventilation-heat-recovery']],
  [['heat-pump-air', 'district-heat']],
  [
    ['wall-insulation-outside', 'wall-insulation-inside'],
    ['roof-insulation'],
    ['windows'],
    ['ventilation-hygro', 'ventilation-heat-recovery'],
  ],
  [
    ['wall-insulation-outside', 'wall-insulation-inside'],
    ['roof-insulation'],
    ['floor-insulation'],
    ['windows'],
    ['ventilation-hygro', 'ventilation-heat-recovery'],
    ['heat-pump-air', 'district-heat'],
  ],
];

/**
 * Options to compare first on a twin: lists of measure ids, each possible as a whole, none twice. A measure of a user's own that
 * no ladder names is an option alone, and one more step of the deepest where both are possible.
 */
export const suggestOptions = (twin: Twin, catalogue: readonly Measure[]): string[][] => {
  const possible = new Map(
    assessMeasures(twin, catalogue)
      .filter(({ applicable }) => applicable)
      .map(({ measure }) => [measure.id, measure]),
  );
  const options = new Map<string, string[]>();
  const add = (measures: readonly Measure[]): void => {
    const ids = measures.map(({ id }) => id);
    options.set(ids.join('+'), ids);
  };
  const measuresOf = (ids: readonly string[]): Measure[] => ids.flatMap((id) => possible.get(id) ?? []);
  for (const ladder of ladders) {
    const chosen = ladder.flatMap((choices) => {
      const measure = choices.map((id) => possible.get(id)).find((one) => one !== undefined);
      return measure === undefined ? [] : [measure];
    });
    if (chosen.length === 0 || !checkMeasures(twin, chosen).ok) continue;
    add(chosen);
  }
  const deepest = measuresOf([...options.values()].at(-1) ?? []);
  for (const own of possible.values()) {
    if (shippedIds.has(own.id) || !checkMeasures(twin, [own]).ok) continue;
    add([own]);
    if (deepest.length > 0 && checkMeasures(twin, [...deepest, own]).ok) add([...deepest, own]);
  }
  return [...options.values()];
};

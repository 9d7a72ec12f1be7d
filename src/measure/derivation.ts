import { z } from 'zod';
import { type Message, message } from '#core/message.ts';
import { failure, ok, type Result } from '#core/result.ts';
import type { MeterCarrier, Readings } from '#core/series.ts';
import { allocate, selfConsumption } from './allocation.ts';
import { parseFormula, virtualReadings } from './virtual-meter.ts';
import { decimalEn, decimalFr, numberEn, numberFr } from '../core/wording.ts';

const id = z.string().min(1).max(200);
const parts = z.record(id, z.number());

/** How a meter is computed from others, as it is sent and kept. */
export const derivationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('formula'), formula: z.string().min(1).max(500) }),
  z.strictObject({
    kind: z.literal('share'),
    /** The meter that is shared. */
    of: id,
    /** Whose part this meter is, by a name of the rule. */
    recipient: id,
    /** What the weights are, in words: heated area, number of dwellings. */
    key: z.string().min(1).max(200),
    rule: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('shares'), shares: parts }),
      z.strictObject({ kind: z.literal('weights'), weights: parts }),
      z.strictObject({
        kind: z.literal('base-load'),
        base: id,
        rest: id,
        kwhDay: z.number().nonnegative(),
      }),
    ]),
  }),
  z.strictObject({
    kind: z.literal('self-consumption'),
    imported: id,
    produced: id,
    exported: id,
    /** Energy of the panels used on the site, or all the electricity it used. */
    gives: z.enum(['used', 'total']),
  }),
]);
export type Derivation = z.infer<typeof derivationSchema>;

/** The meters a derivation takes from. Fails with `bad-formula`. */
export const sourcesOf = (derivation: Derivation): Result<readonly string[]> => {
  if (derivation.kind === 'share') return ok([derivation.of]);
  if (derivation.kind === 'self-consumption') {
    const { imported, produced, exported, gives } = derivation;
    return ok(gives === 'used' ? [produced, exported] : [imported, produced, exported]);
  }
  const formula = parseFormula(derivation.formula);
  return formula.ok ? ok(formula.value.meters) : formula;
};

const shareText = (derivation: Extract<Derivation, { kind: 'share' }>): Message => {
  const { of, recipient, key, rule } = derivation;
  if (rule.kind === 'base-load') {
    const [fr, en] =
      recipient === rule.base
        ? [
            `le talon de ${numberFr(rule.kwhDay)} kWh par jour`,
            `the base load of ${numberEn(rule.kwhDay)} kWh a day`,
          ]
        : [
            `ce qui dépasse le talon de ${numberFr(rule.kwhDay)} kWh par jour`,
            `what is above the base load of ${numberEn(rule.kwhDay)} kWh a day`,
          ];
    return message(
      `Série calculée : ${fr} du compteur « ${of} », pour « ${recipient} » (clé : ${key}).`,
      `Computed series: ${en} of meter “${of}”, for “${recipient}” (key: ${key}).`,
    );
  }
  const given = rule.kind === 'shares' ? rule.shares : rule.weights;
  const total = Object.values(given).reduce((sum, one) => sum + one, 0);
  const part = given[recipient] ?? 0;
  const percent = (100 * part) / total;
  return message(
    `Série calculée : ${decimalFr(percent, 1)} % du compteur « ${of} », part de « ${recipient} » (clé : ${key}, ${numberFr(part)} sur ${numberFr(total)}).`,
    `Computed series: ${decimalEn(percent, 1)} % of meter “${of}”, the part of “${recipient}” (key: ${key}, ${numberEn(part)} of ${numberEn(total)}).`,
  );
};

/** What was computed, from what and by which key, in a sentence. */
export const derivationText = (derivation: Derivation): Message => {
  if (derivation.kind === 'share') return shareText(derivation);
  if (derivation.kind === 'formula')
    return message(
      `Série calculée par la formule « ${derivation.formula} ».`,
      `Series computed by the formula “${derivation.formula}”.`,
    );
  const { imported, produced, exported, gives } = derivation;
  return gives === 'used'
    ? message(
        `Série calculée : production « ${produced} » moins injection « ${exported} » (autoconsommation).`,
        `Computed series: production “${produced}” less export “${exported}” (self-consumption).`,
      )
    : message(
        `Série calculée : soutirage « ${imported} » et production « ${produced} » moins injection « ${exported} ».`,
        `Computed series: import “${imported}” and production “${produced}” less export “${exported}”.`,
      );
};

/**
 * The readings of a computed meter from those of its sources. Fails with `unknown-meter`, `bad-formula`,
 * `bad-allocation`, `intervals-differ`.
 */
export const derivedReadings = (
  name: string,
  derivation: Derivation,
  known: ReadonlyMap<string, Readings>,
  carrier: MeterCarrier,
): Result<Readings> => {
  const of = (meterId: string): Result<Readings> => {
    const found = known.get(meterId);
    return found === undefined
      ? failure(
          'unknown-meter',
          `« ${name} » se calcule avec le compteur « ${meterId} », qui n’a pas de relevés ici.`,
          `“${name}” is computed with meter “${meterId}”, which has no readings here.`,
          { field: meterId },
        )
      : ok(found);
  };
  const source = { format: 'derived', carrier };
  if (derivation.kind === 'formula') {
    const formula = parseFormula(derivation.formula);
    return formula.ok ? virtualReadings(name, formula.value, known, carrier) : formula;
  }
  if (derivation.kind === 'share') {
    const shared = of(derivation.of);
    if (!shared.ok) return shared;
    const allocation = allocate(shared.value, derivation.rule);
    if (!allocation.ok) return allocation;
    const part = allocation.value.get(derivation.recipient);
    return part === undefined
      ? failure(
          'bad-allocation',
          `La règle ne nomme pas « ${derivation.recipient} » parmi ses parts : ${[...allocation.value.keys()].join(', ')}.`,
          `The rule does not name “${derivation.recipient}” among its parts: ${[...allocation.value.keys()].join(', ')}.`,
          { field: 'recipient' },
        )
      : ok({ ...part, name, source });
  }
  const [produced, exported] = [of(derivation.produced), of(derivation.exported)];
  // The use of one's own panels needs no import: the production stands for its intervals.
  const imported = derivation.gives === 'used' ? produced : of(derivation.imported);
  if (!produced.ok) return produced;
  if (!exported.ok) return exported;
  if (!imported.ok) return imported;
  const split = selfConsumption(imported.value, produced.value, exported.value);
  if (!split.ok) return split;
  const energyKwh = derivation.gives === 'used' ? split.value.usedKwh : split.value.totalUseKwh;
  return ok({ ...imported.value, name, energyKwh, source });
};

import { message, type Warning, warning } from '#core/message.ts';
import type { Provenance } from '#core/quantity.ts';
import { airLosses } from './air.ts';
import { thermalBridges } from './bridges.ts';
import { groundContext, withHeatLoss } from './envelope.ts';
import { reductionFactor } from './ground.ts';
import { type Period, parsePeriod, periodDefault, unknownPeriod } from './period.ts';
import type { EnvelopeOverrides } from './schema.ts';
import { spreads, uQuantity } from './spreads.ts';
import type { Envelope, EnvelopeElement } from './types.ts';
import { periodFigureOf } from './u-value.ts';

const TYPED = 'typed by a person';

/** The elements that one answer is about: of one kind, known the same way. */
export const groupKey = (
  element: Pick<EnvelopeElement, 'kind' | 'u'>,
): `${EnvelopeElement['kind']}/${Provenance}` => `${element.kind}/${element.u.provenance}`;

const withElementOverride = (element: EnvelopeElement, overrides: EnvelopeOverrides): EnvelopeElement => {
  const own = overrides.elements?.[element.globalId];
  const uWm2K = own?.uWm2K ?? overrides.uByGroup?.[groupKey(element)] ?? overrides.uByKind?.[element.kind];
  const exposure = own?.exposure;
  return {
    ...element,
    ...(uWm2K === undefined ? {} : { u: uQuantity(uWm2K, 'typed', `U ${uWm2K} W/(m2 K) ${TYPED}`) }),
    ...(own?.solarFactor === undefined ? {} : { solarFactor: own.solarFactor }),
    ...(exposure === undefined
      ? {}
      : {
          exposure,
          exposureConfidence: 1,
          exposureReason: message('saisie par une personne', 'typed by a person'),
        }),
  };
};

const isChanged = (element: EnvelopeElement, overrides: EnvelopeOverrides): boolean =>
  overrides.elements?.[element.globalId] !== undefined ||
  overrides.uByGroup?.[groupKey(element)] !== undefined ||
  overrides.uByKind?.[element.kind] !== undefined;

/** The whole building turned, so that the sun falls where it does; losses do not change. */
const withNorth = (envelope: Envelope, turnDeg: number): Envelope => {
  const by = turnDeg - (envelope.turnedDeg ?? 0);
  const turned = (azimuthDeg: number): number => (((azimuthDeg + by) % 360) + 360) % 360;
  return {
    ...envelope,
    turnedDeg: turnDeg,
    byOrientation: envelope.byOrientation.map((one) => ({ ...one, azimuthDeg: turned(one.azimuthDeg) })),
    elements: envelope.elements.map((one) => ({ ...one, azimuthDeg: turned(one.azimuthDeg) })),
  };
};

const overrideWarnings = (envelope: Envelope, overrides: EnvelopeOverrides): Warning[] => {
  const known = new Set(envelope.elements.map((element) => element.globalId));
  const given = Object.entries(overrides.elements ?? {});
  return [
    ...given
      .filter(([id]) => !known.has(id))
      .map(([id]) =>
        warning(
          'override-unknown-element',
          `La correction vise un élément absent de l’enveloppe : ${id}. Elle est sans effet.`,
          `The correction names an element the envelope does not have: ${id}. It has no effect.`,
          { ref: id },
        ),
      ),
    ...given
      .filter(([id, one]) => known.has(id) && one.exposure !== undefined)
      .map(([id]) =>
        warning(
          'totals-as-read',
          'Une exposition a été corrigée : les déperditions en tiennent compte, les totaux de surfaces restent ceux lus dans la maquette.',
          'An exposure was corrected: the losses follow it, the area totals stay as read from the model.',
          { ref: id },
        ),
      ),
  ];
};

const readPeriod = (text: string | undefined): Period => {
  const parsed = text === undefined ? undefined : parsePeriod(text);
  return parsed?.ok === true ? parsed.value : unknownPeriod;
};

const PERIOD_CODES = new Set(['u-period-unknown', 'u-period-default', 'period-invalid']);

/**
 * Every figure that was a period's default, taken again from the period a person gave; what the file said stays. A short form's
 * envelope mixes in its typology and must be filled in again instead.
 */
const withPeriod = (envelope: Envelope, text: string): Envelope => {
  const parsed = parsePeriod(text);
  const refused = (code: string, fr: string, en: string): Envelope => ({
    ...envelope,
    warnings: [...envelope.warnings.filter((one) => one.code !== code), warning(code, fr, en)],
  });
  if (!parsed.ok) return refused(parsed.error.code, parsed.error.message.fr, parsed.error.message.en);
  if (envelope.areaSpread !== undefined)
    return refused(
      'override-period-form',
      'La période d’un bâtiment décrit par une fiche se corrige dans la fiche.',
      'The period of a building described by a form is corrected in the form.',
    );
  const before = readPeriod(envelope.period);
  const spread = spreads.element['period-default'].spread;
  const solar = (period: Period): number => periodDefault(period, 'windowSolarFactor', '1', spread).value;
  const elements = envelope.elements.map((element): EnvelopeElement => {
    const solarFactor = element.solarFactor === solar(before) ? solar(parsed.value) : element.solarFactor;
    if (element.u.provenance !== 'period-default') return { ...element, solarFactor };
    return {
      ...element,
      solarFactor,
      u: periodDefault(parsed.value, periodFigureOf(element), 'W/(m2 K)', spread),
    };
  });
  return {
    ...envelope,
    elements,
    air: envelope.air.provenance === 'typed' ? envelope.air : airLosses(envelope, parsed.value).air,
    period: parsed.value.label,
    warnings: envelope.warnings.filter((one) => !PERIOD_CODES.has(one.code)),
  };
};

/**
 * The envelope with a person's corrections, each kept as `typed`; factors b, bridges and the sum are recomputed, the rest is untouched. An
 * id the envelope does not have is said in a warning. Applying the same corrections twice changes nothing more.
 */
export const applyOverrides = (envelope: Envelope, overrides: EnvelopeOverrides): Envelope => {
  const facing =
    overrides.northTurnDeg === undefined ? envelope : withNorth(envelope, overrides.northTurnDeg);
  const dated = overrides.period === undefined ? facing : withPeriod(facing, overrides.period);
  const corrected = dated.elements.map((element) => withElementOverride(element, overrides));
  const ground = groundContext({ ...dated, elements: corrected });
  const unchanged = new Set(facing.elements);
  const elements = corrected.map((element, index): EnvelopeElement => {
    const source = dated.elements[index];
    if (source !== undefined && !isChanged(source, overrides) && unchanged.has(source)) return source;
    const reduction = reductionFactor(element, element.u.value, ground);
    const basis = element.u.basis.endsWith(reduction.basis)
      ? element.u.basis
      : `${element.u.basis}; ${reduction.basis}`;
    return { ...element, b: reduction.b, u: { ...element.u, basis } };
  });
  const { provenance } = dated.bridges;
  const keepBridges =
    (provenance === 'typed' || provenance === 'declared') && overrides.insulationPosition === undefined;
  const { bridges } = keepBridges ? dated : thermalBridges(dated, elements, overrides.insulationPosition);
  const { air } =
    overrides.airChangePerH === undefined
      ? dated
      : airLosses(dated, readPeriod(dated.period), overrides.airChangePerH);
  const known = new Set(dated.warnings.map((one) => `${one.code} ${one.ref ?? ''}`));
  const added = overrideWarnings(dated, overrides).filter(
    (one) => !known.has(`${one.code} ${one.ref ?? ''}`),
  );
  return withHeatLoss({ ...dated, elements, bridges, air, warnings: [...dated.warnings, ...added] });
};

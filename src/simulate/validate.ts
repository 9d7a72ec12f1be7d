import { failure, ok, type Result } from '#core/result.ts';
import type { EnergyCarrier } from '#core/twin.ts';
import { checkMeasures } from './applicability.ts';
import type { ScenarioInput } from './types.ts';

/** Bits of a coalition in one 32-bit integer. */
const MOST_MEASURES = 16;

const carriersFr: Readonly<Record<EnergyCarrier, string>> = {
  gas: 'gaz',
  electricity: 'électricité',
  'district-heat': 'réseau de chaleur',
  oil: 'fioul',
  wood: 'bois',
};

/** Refuses a measure that runs on an energy the building cannot be supplied with. */
const checkSupplies = (input: ScenarioInput): Result<ScenarioInput> => {
  const { supplies, measures } = input;
  if (supplies === undefined) return ok(input);
  for (const [index, { name, effects }] of measures.entries())
    for (const effect of effects) {
      const needed =
        effect.kind === 'system'
          ? [effect.carrier, ...(effect.backup === undefined ? [] : [effect.backup.carrier])]
          : effect.kind === 'auxiliary'
            ? (['electricity'] as const)
            : [];
      const missing = needed.find((carrier) => !supplies.includes(carrier));
      if (missing !== undefined)
        return failure(
          'missing-supply',
          `« ${name.fr} » demande l’énergie « ${carriersFr[missing]} », que le bâtiment ne peut pas recevoir (« supplies ») : retirer le geste ou ajouter cette énergie.`,
          `“${name.en}” needs ${missing}, which the building cannot be supplied with (“supplies”): leave the measure out or add that energy.`,
          { field: `measures.${index}` },
        );
    }
  return ok(input);
};

/**
 * Accepts a scenario's input or names what is wrong with it: `too-many-measures`, `incomplete-input`, `invalid-rebound`,
 * `invalid-rule`, `year-past-horizon`, `missing-supply` and the codes of `checkMeasures`.
 */
export const validate = (input: ScenarioInput): Result<ScenarioInput> => {
  const { posterior, weather, measures, comfort } = input;
  if (measures.length > MOST_MEASURES)
    return failure(
      'too-many-measures',
      `Un scénario prend au plus ${MOST_MEASURES} gestes.`,
      `A scenario takes at most ${MOST_MEASURES} measures.`,
    );
  if (posterior.draws < 1 || weather.months.length !== 12)
    return failure(
      'incomplete-input',
      'Un scénario demande un jumeau calibré et douze mois de météo.',
      'A scenario needs a calibrated twin and twelve months of weather.',
    );
  if (comfort !== undefined && !(comfort.rebound >= 0 && comfort.rebound <= 1))
    return failure(
      'invalid-rebound',
      'La part de rebond doit être entre 0 et 1.',
      'The share of rebound must lie between 0 and 1.',
    );
  const rule = input.tenancy;
  const third = rule?.thirdLine?.shareOfSaving ?? 0;
  if (rule !== undefined && !(rule.chargesShare >= 0 && rule.chargesShare <= 1 && third >= 0 && third <= 0.5))
    return failure(
      'invalid-rule',
      'La part des charges doit être entre 0 et 1, la contribution des locataires (3e ligne) entre 0 et la moitié de l’économie estimée.',
      'The share of charges must lie between 0 and 1, the tenants’ contribution (third line) between 0 and half of the estimated saving.',
      { field: 'tenancy' },
    );
  const horizon = input.economics.horizonYears;
  const late = input.delays?.find((delay) => !(Number.isInteger(delay) && delay >= 0 && delay < horizon));
  if (late !== undefined)
    return failure(
      'year-past-horizon',
      `Des travaux sont prévus dans ${late} ans : il faut un nombre entier d’années, de 0 à ${horizon - 1}.`,
      `Works are planned in ${late} years: it must be a whole number of years from 0 to ${horizon - 1}.`,
      { field: 'year' },
    );
  const checked = checkMeasures(input.twin, measures);
  return checked.ok ? checkSupplies(input) : checked;
};

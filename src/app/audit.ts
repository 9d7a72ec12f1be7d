import { declarationDue, shippedEconomics } from '#simulate/index.ts';
import { type Language, type Message, message } from '../core/message.ts';
import type { Quantity } from '../core/quantity.ts';
import { ok, type Result } from '../core/result.ts';
import { countEn, countFr, groupedEn, groupedFr, midSentence } from '../core/wording.ts';
import { compareForBuilding, measuresForBuilding } from './comparison.ts';
import type { AppContext } from './context.ts';
import type { Audit } from './audit-views.ts';
import { dayTold } from './day-told.ts';
import { figure, plain } from './report.ts';
import { programVersion } from './version.ts';
import { viewBuilding } from './view-building.ts';
import { viewSavings } from './view-savings.ts';
import { viewSignature } from './view-signature.ts';
import type { BuildingView } from './views.ts';
import type { Comparison, ScenarioView } from './comparison-views.ts';

/** Floor area from which the tertiary decree binds a site, m2 (CCH L174-1, R174-22; DOMAIN 3.3). */
const TERTIARY_FROM_M2 = 1000;

/** A sentence in both languages from one way of writing it. */
const both = (write: (language: Language) => string): Message => message(write('fr'), write('en'));

const percent = (chance: number): number => Math.round(100 * chance);

/** Where the site lands against the decree as it stands; undefined without a declaration. */
const landedOf = (comparison: Comparison | null): Audit['law'][number] | undefined => {
  const tertiary = comparison?.tertiaryBefore;
  if (tertiary === null || tertiary === undefined) return undefined;
  const chances = tertiary.landings.map(({ year, chanceMet }) => `${year} : ${percent(chanceMet)} %`);
  return {
    text: 'tertiary-decree',
    evaluated: true,
    sentence: message(
      `Décret tertiaire, sans travaux, chance d’être sous la cible : ${chances.join(', ')} (estimation ; OPERAT seul fait foi). Déclaration due le ${dayTold(tertiary.declarationDue, 'fr')}.`,
      `Tertiary decree, without works, chance of being under the target: ${chances.join(', ')} (an estimate; OPERAT alone is official). Declaration due on ${dayTold(tertiary.declarationDue, 'en')}.`,
    ),
  };
};

const lawOf = (building: BuildingView, comparison: Comparison | null, day: string): Audit['law'] => {
  const { dpeLabel, floorAreaM2 } = building;
  if (building.use === 'housing')
    return dpeLabel === undefined
      ? []
      : dpeLabel.bans.map(({ label, from, chanceLegal }) => ({
          text: 'rental-ban',
          evaluated: true,
          sentence: message(
            `Classe ${label} interdite à la location ${from <= day ? 'depuis' : 'à partir de'} ${from.slice(0, 4)} : ${percent(chanceLegal)} % de chances que le bâtiment reste louable (estimation, pas un DPE).`,
            `Class ${label} may not be let anew ${from <= day ? 'since' : 'from'} ${from.slice(0, 4)}: a ${percent(chanceLegal)} % chance that the building still may (an estimate, not a DPE).`,
          ),
        }));
  const landed = landedOf(comparison);
  if (landed !== undefined) return [landed];
  const areaM2 = floorAreaM2?.value ?? 0;
  const due = declarationDue(Number(day.slice(0, 4)) - 1);
  return [
    {
      text: 'tertiary-decree',
      evaluated: false,
      sentence:
        areaM2 < TERTIARY_FROM_M2
          ? message(
              `Décret tertiaire : ${plain(areaM2, 'fr')} m², sous le seuil de 1 000 m² ; il s’applique quand même si les surfaces tertiaires du même site, additionnées, l’atteignent.`,
              `Tertiary decree: ${plain(areaM2, 'en')} m², under the threshold of 1,000 m²; it binds all the same where the tertiary areas of the site add up to it.`,
            )
          : message(
              `Décret tertiaire : ${plain(areaM2, 'fr')} m², assujetti à partir de 1 000 m². Cibles : −40 % en 2030, −50 % en 2040, −60 % en 2050 par rapport à l’année de référence, ou la valeur absolue de l’activité. Non évalué : l’année de référence (2010 à 2022) et sa consommation tous usages ne sont pas en base. Déclaration OPERAT due le ${dayTold(due, 'fr')}.`,
              `Tertiary decree: ${plain(areaM2, 'en')} m², bound from 1,000 m². Targets: −40 % in 2030, −50 % in 2040, −60 % in 2050 from the reference year, or the absolute value of the activity. Not evaluated: the reference year (2010 to 2022) and its use for all purposes are not in the database. OPERAT declaration due on ${dayTold(due, 'en')}.`,
            ),
    },
  ];
};

/** The surest to be worth its money; where no cost is known, the surest to save the most. */
const merit = (chances: ScenarioView['chanceOfBest']): number => chances.netValue ?? chances.energy ?? 0;

/** The option that a person would be advised to look at first; the same order as the page's title. */
export const bestOption = (comparison: Comparison | null): ScenarioView | undefined =>
  comparison?.scenarios.toSorted((left, right) => merit(right.chanceOfBest) - merit(left.chanceOfBest))[0];

const recommendedOf = (comparison: Comparison | null): Audit['recommended'] => {
  const best = bestOption(comparison);
  if (comparison === null || best === undefined) return null;
  const nothing = comparison.doNothing.chanceOfBest.netValue;
  const pays = nothing === null || merit(best.chanceOfBest) >= nothing;
  return {
    option: pays ? best.id : null,
    sentence: both((language) => {
      const works = best.measures.map(({ name }) => midSentence(name[language])).join(' + ');
      const cost = best.costEur === null ? null : figure(best.costEur, language);
      const option =
        language === 'fr'
          ? `Option ${best.id} : ${works}. Économie attendue ${figure(best.savingKwh, 'fr')} par an${cost === null ? ', coût non évalué' : `, pour ${cost} hors taxes`}.`
          : `Option ${best.id}: ${works}. Expected saving ${figure(best.savingKwh, 'en')} a year${cost === null ? ', cost not evaluated' : `, for ${cost} before tax`}.`;
      if (!pays)
        return language === 'fr'
          ? `En argent seul, ne rien faire a le plus de chances d’être le meilleur choix (${percent(nothing)} %). La loi, le confort ou le carbone peuvent demander des travaux quand même. Ensuite (${percent(merit(best.chanceOfBest))} %) : ${option}`
          : `For money alone, doing nothing has the best chance of being the right choice (${percent(nothing)} %). Law, comfort or carbon may ask for works all the same. Then (${percent(merit(best.chanceOfBest))} %): ${option}`;
      return language === 'fr'
        ? `${option} Chance que ce soit le meilleur choix, ne rien faire compris : ${percent(merit(best.chanceOfBest))} %.`
        : `${option} Chance that it is the best choice, doing nothing included: ${percent(merit(best.chanceOfBest))} %.`;
    }),
  };
};

const provenanceNames: Readonly<Record<string, Message>> = {
  declared: message('déclarée dans la maquette', 'declared in the model file'),
  typed: message('saisie par une personne', 'typed by a person'),
  computed: message('calculée', 'computed'),
  library: message('de la bibliothèque de matériaux', 'from the material library'),
  'period-default': message('par défaut de la période de construction', 'default of the construction period'),
  learnt: message('apprise des relevés', 'learnt from readings'),
};

/** `Consigne : 20 °C supposé, puis 19,4 °C une fois le compteur lu`; null where no meter could speak. */
const assumedTold = (name: Message, prior: Quantity, read: Quantity | null): Message =>
  message(
    `${name.fr} : ${figure(prior, 'fr')} supposé${read === null ? ', sans compteur utilisable.' : `, puis ${figure(read, 'fr')} une fois le compteur lu.`}`,
    `${name.en}: ${figure(prior, 'en')} assumed${read === null ? ', without a usable meter.' : `, then ${figure(read, 'en')} once the meter was read.`}`,
  );

const assumptionsOf = (building: BuildingView): Message[] => {
  const counts = new Map<string, number>();
  for (const { u } of building.elements) counts.set(u.provenance, (counts.get(u.provenance) ?? 0) + 1);
  const { horizonYears, discountRate, version: economics } = shippedEconomics;
  return [
    ...[...counts].map(([provenance, count]) =>
      message(
        `${countFr(count, 'élément', 'éléments')} de l’enveloppe à valeur U ${provenanceNames[provenance]?.fr ?? provenance}.`,
        `${countEn(count, 'element', 'elements')} of the envelope with a U-value ${provenanceNames[provenance]?.en ?? provenance}.`,
      ),
    ),
    ...(building.calibration?.figures ?? []).map(({ name, prior, posterior }) =>
      assumedTold(name, prior, building.calibration?.usesMeter === true ? posterior : null),
    ),
    message(
      `Coût global sur ${horizonYears} ans, taux réel d’actualisation ${plain(100 * discountRate, 'fr')} % (models/economics.json ${economics}).`,
      `Global cost over ${horizonYears} years, real discount rate ${plain(100 * discountRate, 'en')} % (models/economics.json ${economics}).`,
    ),
    ...(building.dpeLabel?.defaults ?? []),
  ];
};

const UNVERIFIED = 'unverified-figures';

/** What the options lean on that waits for its primary source, each sentence once. */
const unverifiedOf = (comparison: Comparison | null): Message[] => {
  const found = (comparison?.warnings ?? []).filter(({ code }) => code === UNVERIFIED);
  return [...new Map(found.map(({ message: told }) => [told.fr, told])).values()];
};

const reservesOf = (building: BuildingView, comparison: Comparison | null): Message[] => {
  const found = [...building.warnings, ...(comparison?.warnings ?? [])].filter(
    ({ code }) => code !== UNVERIFIED,
  );
  return [...new Map(found.map(({ message: told }) => [told.fr, told])).values()];
};

const calibratedOn = (
  { usesMeter, bills }: NonNullable<BuildingView['calibration']>,
  language: Language,
): string => {
  const told = !usesMeter
    ? message('sans compteur utilisable', 'without a usable meter')
    : bills === null
      ? message('calés sur le compteur', 'calibrated on the meter')
      : message(`calés sur ${bills} factures`, `calibrated on ${bills} bills`);
  return told[language];
};

const uncertaintyOf = (building: BuildingView): Message[] => [
  message(
    'Chaque chiffre porte son intervalle à 90 % : la vraie valeur y tombe neuf fois sur dix si les hypothèses tiennent.',
    'Each figure has its 90 % interval: the true value lies in it nine times out of ten if the assumptions hold.',
  ),
  ...(building.calibration === null
    ? []
    : [
        message(
          `${groupedFr(building.calibration.draws)} tirages du jumeau, pris d’un échantillon qui en vaut ${groupedFr(building.calibration.effectiveDraws)}, ${calibratedOn(building.calibration, 'fr')}.`,
          `${groupedEn(building.calibration.draws)} draws of the twin, taken from a sample worth ${groupedEn(building.calibration.effectiveDraws)}, ${calibratedOn(building.calibration, 'en')}.`,
        ),
        ...building.calibration.identifiability,
      ]),
  building.drift,
];

/** The standard audit of a building: what is known, how surely, what can be done and what the law asks. Fails as the building's view does. */
export const auditBuilding = async (context: AppContext, id: string): Promise<Result<Audit>> => {
  const building = await viewBuilding(context, id);
  if (!building.ok) return building;
  const measures = await measuresForBuilding(context, id);
  if (!measures.ok) return measures;
  const options = measures.value.suggested.map((one) => ({ measures: one }));
  const compared = options.length === 0 ? null : await compareForBuilding(context, id, { options });
  if (compared?.ok === false) return compared;
  const comparison = compared?.value ?? null;
  const signature = await viewSignature(context, id);
  if (!signature.ok && signature.error.code !== 'not-evaluated') return signature;
  const savings = await viewSavings(context, id);
  if (!savings.ok) return savings;
  const day = new Date(context.nowMs()).toISOString().slice(0, 10);
  return ok({
    schema: 'stacoptim.audit/1',
    day,
    version: programVersion,
    building: building.value,
    signature: signature.ok ? signature.value : null,
    missing: signature.ok ? null : signature.error.message,
    savings: savings.value,
    comparison,
    law: lawOf(building.value, comparison, day),
    recommended: recommendedOf(comparison),
    assumptions: assumptionsOf(building.value),
    unverified: unverifiedOf(comparison),
    reserves: reservesOf(building.value, comparison),
    uncertainty: uncertaintyOf(building.value),
  });
};

import type { Language } from '../core/message.ts';
import { midSentence } from '../core/wording.ts';
import {
  chancesTold,
  chanceTold,
  heatingUseName,
  percent,
  weatherTold,
  type Words,
  wordsOf,
} from './audit-words.ts';
import type { BuildingMeasures, Comparison, ScenarioView } from './comparison-views.ts';
import { paybackTold } from './payback-told.ts';

/** French puts a space before these. */
const colon = ({ t }: Words): string => t(' :', ':');
const semicolon = ({ t }: Words): string => t(' ;', ';');

/** `net value 92 %, carbon 4 %`: how surely a choice is the best one by each criterion. */
const bestTold = (chances: ScenarioView['chanceOfBest'], words: Words): string => {
  const { t } = words;
  return [
    `${t('valeur nette', 'net value')} ${chanceTold(chances.netValue, words)}`,
    `${t('énergie', 'energy')} ${chanceTold(chances.energy, words)}`,
    `${t('carbone', 'carbon')} ${chanceTold(chances.carbon, words)}`,
    `${t('confort d’été', 'summer comfort')} ${chanceTold(chances.comfort, words)}`,
  ].join(', ');
};

const summerTold = (comfort: NonNullable<ScenarioView['comfort']>, words: Words): string => {
  const { t, show } = words;
  return `${t('été : surchauffe', 'summer: overheating')} ${show(comfort.overheatingHours)}, ${show(comfort.overheatingDegreeHours)}${semicolon(words)} ${t('semaine de canicule', 'heat-wave week')} ${show(comfort.heatWaveDegreeHours)}`;
};

const labelled = (label: ScenarioView['dpeLabel'], { t }: Words): string[] =>
  label === undefined
    ? []
    : [`${t('étiquette (estimation, pas un DPE)', 'label (an estimate, not a DPE)')} ${chancesTold(label)}`];

const optionLines = (
  one: ScenarioView,
  { money, beforeKwh, usesMeter }: Comparison,
  words: Words,
): string[] => {
  const { t, say, show, language } = words;
  const { economy } = one;
  return [
    `${t('économie', 'saving')} ${show(one.savingKwh)} ${t('par an', 'a year')}, ${show(one.savingPercent)} ${usesMeter ? t('de la consommation du compteur de chauffage', 'of what the heating meter takes') : t('de l’énergie de chauffage estimée', 'of the estimated heating energy')}${beforeKwh === null ? '' : ` (${show(beforeKwh)} → ${show(one.afterKwh)})`}`,
    ...(one.electricitySavedKwh === null
      ? []
      : [
          `${t('et sur les autres usages d’électricité', 'and on other uses of electricity')} ${show(one.electricitySavedKwh)}`,
        ]),
    `${t('coût des travaux hors taxes', 'cost of the works before tax')} ${show(one.costEur)}${semicolon(words)} ${t('euros économisés par an', 'euros saved a year')} ${show(one.annualEur)}${semicolon(words)} ${t('retour simple', 'simple payback')}${colon(words)} ${paybackTold(one.paybackYears, one.paybackWithin, language)}`,
    `${t('investissement TTC, aides connues déduites', 'investment with tax, known aids taken off')} ${show(economy.investmentEur)}${semicolon(words)} ${t(`valeur nette sur ${money.horizonYears} ans`, `net value over ${money.horizonYears} years`)} ${show(economy.netValueEur)}${semicolon(words)} ${t('coût global', 'global cost')} ${show(economy.globalCostEur)}`,
    `${t('CO₂ évité par an', 'CO₂ avoided a year')} ${show(one.carbonKgYear)}${semicolon(words)} ${t('carbone des travaux', 'carbon of the works')} ${show(one.embodiedCarbonKg)}`,
    ...labelled(one.dpeLabel, words),
    ...(one.realisationEvidence === null ? [] : [say(one.realisationEvidence)]),
    ...(one.tertiary === null
      ? []
      : [
          `${t('décret tertiaire (estimation)', 'tertiary decree (estimate)')}${colon(words)} ${one.tertiary.landings.map(({ year, chanceMet }) => `${year} ${percent(chanceMet)}`).join(', ')}`,
        ]),
    ...(one.comfort === null ? [] : [summerTold(one.comfort, words)]),
    `${t('chances d’être le meilleur choix', 'chances of being the best choice')}${colon(words)} ${bestTold(one.chanceOfBest, words)}`,
  ];
};

/** The comparison as lines of text: doing nothing first, then each option. */
export const comparisonReport = (comparison: Comparison, language: Language): string[] => {
  const words = wordsOf(language);
  const { t, say, show } = words;
  const { scenarios, verdict, weather, place, dpeLabel, comfortBefore, doNothing, warnings } = comparison;
  const reserves = [...new Set(warnings.map(({ message }) => say(message)))];
  const where =
    place.department === null
      ? t('zone H2c supposée', 'zone H2c assumed')
      : t(
          `département ${place.department}, zone ${place.zone}`,
          `department ${place.department}, zone ${place.zone}`,
        );
  return [
    `  ${t('Météo', 'Weather')}${colon(words)} ${weatherTold(weather, words)}${semicolon(words)} ${where}`,
    `  ${say(comparison.money.sentence)}`,
    `  ${t('Sans travaux', 'Without works')}`,
    `     ${midSentence(say(heatingUseName(comparison)))}${colon(words)} ${show(comparison.beforeKwh)} ${t('par an', 'a year')}${semicolon(words)} ${t('coût global', 'global cost')} ${show(scenarios[0]?.economy.globalCostBeforeEur)}`,
    ...[
      ...labelled(dpeLabel, words),
      ...(comfortBefore === null ? [] : [summerTold(comfortBefore, words)]),
      `${t('chances d’être le meilleur choix', 'chances of being the best choice')}${colon(words)} ${bestTold(doNothing.chanceOfBest, words)}`,
    ].map((line) => `     ${line}`),
    ...scenarios.flatMap((one) => [
      `  ${one.id}. ${say(one.name)}${one.dominated ? t(' — dominée', ' — dominated') : ''}`,
      ...optionLines(one, comparison, words).map((line) => `     ${line}`),
    ]),
    ...(verdict === null ? [] : [`  ${say(verdict)}`]),
    ...(reserves.length === 0 ? [] : [`  ${t('Réserves :', 'Reserves:')}`]),
    ...reserves.map((sentence) => `  - ${sentence}`),
  ];
};

/** The measures that a building can take, the packages to compare first, and why the others do not apply. */
export const measuresReport = ({ measures, suggested }: BuildingMeasures, language: Language): string[] => {
  const { t, say } = wordsOf(language);
  return [
    `  ${t('Gestes qui s’appliquent :', 'Measures that apply:')}`,
    ...measures.filter(({ applicable }) => applicable).map(({ id, name }) => `    ${id} — ${say(name)}`),
    `  ${t('Options à comparer d’abord :', 'Options to compare first:')}`,
    ...suggested.map((option) => `    --measures ${option.join(',')}`),
    `  ${t('Ne s’appliquent pas :', 'Do not apply:')}`,
    ...measures.flatMap(({ id, name, applicable, reason }) =>
      applicable || reason === null ? [] : [`    ${id} — ${say(name)}${t(' :', ':')} ${say(reason)}`],
    ),
  ];
};

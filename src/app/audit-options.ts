import type { PdfBlock } from '#formats/pdf/index.ts';
import type { Audit } from './audit-views.ts';
import { moreBlocks } from './audit-more.ts';
import {
  chancesTold,
  chanceTold,
  heading,
  heatingUseName,
  percent,
  stacked,
  type Words,
} from './audit-words.ts';
import { plain } from './report.ts';
import type { Comparison, ScenarioView } from './comparison-views.ts';
import { paybackTold } from './payback-told.ts';

type Indicator = {
  readonly name: readonly [string, string];
  readonly pick: (one: ScenarioView, words: Words) => string;
  /** Of doing nothing; a dash where it has none. */
  readonly nothing?: (comparison: Comparison, words: Words) => string;
};

const heatingUse = (comparison: Comparison): Indicator => {
  const { fr, en } = heatingUseName(comparison);
  return {
    name: [`${fr}, par an`, `${en}, a year`],
    pick: (one, { show }) => show(one.afterKwh),
    nothing: ({ beforeKwh }, { show }) => show(beforeKwh),
  };
};

const indicators: readonly Indicator[] = [
  { name: ['Économie par an', 'Saving a year'], pick: (one, { show }) => show(one.savingKwh) },
  {
    name: ['Part de cette consommation', 'Share of that use'],
    pick: (one, { show }) => show(one.savingPercent),
  },
  {
    name: ['Autres usages d’électricité', 'Other uses of electricity'],
    pick: (one, { show }) => (one.electricitySavedKwh === null ? '—' : show(one.electricitySavedKwh)),
  },
  {
    name: ['Coût hors taxes', 'Cost before tax'],
    pick: (one, { show }) => show(one.costEur),
    nothing: () => '0 €',
  },
  { name: ['Aides connues', 'Known aids'], pick: (one, { show }) => show(one.economy.aidEur) },
  {
    name: ['Investissement TTC, aides déduites', 'Investment with tax, aids off'],
    pick: (one, { show }) => show(one.economy.investmentEur),
    nothing: () => '0 €',
  },
  { name: ['Euros économisés par an', 'Euros saved a year'], pick: (one, { show }) => show(one.annualEur) },
  {
    name: ['Retour simple', 'Simple payback'],
    pick: (one, { language }) => paybackTold(one.paybackYears, one.paybackWithin, language),
  },
  {
    name: ['Coût global sur 30 ans', 'Global cost over 30 years'],
    pick: (one, { show }) => show(one.economy.globalCostEur),
    nothing: ({ scenarios }, { show }) => show(scenarios[0]?.economy.globalCostBeforeEur),
  },
  {
    name: ['Valeur nette', 'Net value'],
    pick: (one, { show }) => show(one.economy.netValueEur),
    nothing: () => '0 €',
  },
  { name: ['CO₂ évité par an', 'CO₂ avoided a year'], pick: (one, { show }) => show(one.carbonKgYear) },
  {
    name: ['Carbone des travaux', 'Carbon of the works'],
    pick: (one, { show }) => show(one.embodiedCarbonKg),
  },
  {
    name: ['Étiquette (estimation)', 'Label (estimate)'],
    pick: (one, { t }) =>
      one.dpeLabel === undefined ? t('non évalué', 'not evaluated') : chancesTold(one.dpeLabel),
    nothing: ({ dpeLabel }, { t }) =>
      dpeLabel === undefined ? t('non évalué', 'not evaluated') : chancesTold(dpeLabel),
  },
  {
    name: ['Chance d’atteindre 30 %', 'Chance of 30 %'],
    pick: (one) => percent(one.chanceOf30Percent),
  },
  ...(
    [
      ['Chance d’être le plus rentable', 'Chance of best value', 'netValue'],
      ['Chance d’économiser le plus', 'Chance of saving the most', 'energy'],
      ['Chance d’émettre le moins', 'Chance of emitting the least', 'carbon'],
      ['Chance d’avoir l’été le plus frais', 'Chance of the coolest summer', 'comfort'],
    ] as const
  ).map(
    ([fr, en, criterion]): Indicator => ({
      name: [fr, en],
      pick: (one, words) => chanceTold(one.chanceOfBest[criterion], words),
      nothing: ({ doNothing }, words) => chanceTold(doNothing.chanceOfBest[criterion], words),
    }),
  ),
];

/** The options side by side and the plan recommended. */
export const optionBlocks = ({ comparison, recommended }: Audit, words: Words): PdfBlock[] => {
  const { t, say, language } = words;
  if (comparison === null)
    return [
      heading(t('5. Options', '5. Options')),
      { kind: 'paragraph', text: t('Aucun geste ne s’applique.', 'No measure applies.') },
    ];
  const { scenarios, beforeKwh } = comparison;
  // One unit for a whole row: 5.86 MWh beside 168 MWh, not 5,860 kWh.
  const largest = Math.max(beforeKwh?.value ?? 0, ...scenarios.map(({ savingKwh }) => savingKwh.value));
  const alike: Words = { ...words, show: (quantity) => words.show(quantity, largest) };
  const best = scenarios.find(({ id }) => id === recommended?.option);
  const total = best?.shares.reduce((sum, { savingKwh }) => sum + savingKwh, 0) ?? 0;
  return [
    heading(t('5. Options comparées', '5. Options compared')),
    {
      kind: 'list',
      items: scenarios.map(
        ({ id, measures, dominated }) =>
          `${id} : ${measures.map(({ name }) => say(name)).join(' + ')}${dominated ? t(' (dominée par une autre)', ' (dominated by another)') : ''}`,
      ),
    },
    {
      kind: 'table',
      caption: t(
        'Les options côte à côte ; entre parenthèses, l’intervalle à 90 %',
        'The options side by side; in brackets, the 90 % interval',
      ),
      columns: [
        { title: t('Indicateur', 'Indicator'), width: 2 },
        { title: t('Sans travaux', 'Without works'), width: 1.9, align: 'right' },
        ...scenarios.map(({ id }) => ({ title: id, width: 2, align: 'right' as const })),
      ],
      rows: [heatingUse(comparison), ...indicators].flatMap(({ name, pick, nothing }) => {
        const cells = scenarios.map((one) => stacked(pick(one, alike)));
        // No option touches it.
        if (cells.every((cell) => cell === '—')) return [];
        return [[t(...name), stacked(nothing?.(comparison, alike) ?? '—'), ...cells]];
      }),
    },
    { kind: 'paragraph', text: say(comparison.money.sentence) },
    ...moreBlocks(comparison, words),
    heading(t('6. Plan recommandé', '6. Recommended plan')),
    ...(recommended === null
      ? []
      : [{ kind: 'paragraph', tone: 'strong', text: say(recommended.sentence) } as const]),
    ...(comparison.verdict === null ? [] : [{ kind: 'paragraph', text: say(comparison.verdict) } as const]),
    ...(best === undefined || best.shares.length < 2
      ? []
      : [
          {
            kind: 'list',
            items: best.shares
              .toSorted((left, right) => right.savingKwh - left.savingKwh)
              .map(
                ({ measure, savingKwh }) =>
                  `${say(measure.name)} : ${plain(savingKwh / 1000, language)} MWh ${t('par an', 'a year')} (${percent(total === 0 ? 0 : savingKwh / total)})`,
              ),
          } as const,
        ]),
  ];
};

import type { PdfBlock } from '#formats/pdf/index.ts';
import type { Quantity } from '../core/quantity.ts';
import type { Audit } from './audit-views.ts';
import { moreBlocks } from './audit-more.ts';
import {
  chancesTold,
  chanceTold,
  heading,
  heatingUseName,
  largestOf,
  percent,
  stacked,
  type Words,
} from './audit-words.ts';
import { amount } from './report.ts';
import type { Comparison, ScenarioView } from './comparison-views.ts';
import { paybackTold } from './payback-told.ts';

type Figure = Quantity | null;

/** A row of the table: its name, then doing nothing and the options. */
type Indicator = {
  readonly name: readonly [string, string];
  readonly cells: (comparison: Comparison, words: Words) => readonly string[];
};

/** A row of figures, all in the unit of its largest, as on the page; of doing nothing, a dash where it has none. */
const figures = (
  name: Indicator['name'],
  pick: (one: ScenarioView) => Figure,
  nothing: '—' | '0 €' | ((comparison: Comparison) => Figure) = '—',
): Indicator => ({
  name,
  cells: (comparison, { show }) => {
    const idle = typeof nothing === 'string' ? null : nothing(comparison);
    const options = comparison.scenarios.map(pick);
    const like = largestOf([idle, ...options]);
    return [
      typeof nothing === 'string' ? nothing : show(idle, like),
      ...options.map((quantity) => show(quantity, like)),
    ];
  },
});

const told = (
  name: Indicator['name'],
  pick: (one: ScenarioView, words: Words) => string,
  nothing: (comparison: Comparison, words: Words) => string = () => '—',
): Indicator => ({
  name,
  cells: (comparison, words) => [
    nothing(comparison, words),
    ...comparison.scenarios.map((one) => pick(one, words)),
  ],
});

const heatingUse = (comparison: Comparison): Indicator => {
  const { fr, en } = heatingUseName(comparison);
  return figures(
    [`${fr}, par an`, `${en}, a year`],
    (one) => one.afterKwh,
    ({ beforeKwh }) => beforeKwh,
  );
};

/** Only where an option touches it: elsewhere nothing is missing. */
const otherElectricity: Indicator = {
  name: ['Autres usages d’électricité', 'Other uses of electricity'],
  cells: ({ scenarios }, { show }) => {
    const like = largestOf(scenarios.map((one) => one.electricitySavedKwh));
    return [
      '—',
      ...scenarios.map(({ electricitySavedKwh: saved }) => (saved === null ? '—' : show(saved, like))),
    ];
  },
};

const labelTold = (label: ScenarioView['dpeLabel'], { t }: Words): string =>
  label === undefined ? t('non évalué', 'not evaluated') : chancesTold(label);

const indicators: readonly Indicator[] = [
  figures(['Économie par an', 'Saving a year'], (one) => one.savingKwh),
  figures(['Part de cette consommation', 'Share of that use'], (one) => one.savingPercent),
  otherElectricity,
  figures(['Coût hors taxes', 'Cost before tax'], (one) => one.costEur, '0 €'),
  figures(['Aides connues', 'Known aids'], (one) => one.economy.aidEur),
  figures(
    ['Investissement TTC, aides déduites', 'Investment with tax, aids off'],
    (one) => one.economy.investmentEur,
    '0 €',
  ),
  figures(['Euros économisés par an', 'Euros saved a year'], (one) => one.annualEur),
  told(['Retour simple', 'Simple payback'], (one, { language }) =>
    paybackTold(one.paybackYears, one.paybackWithin, language),
  ),
  figures(
    ['Coût global sur 30 ans', 'Global cost over 30 years'],
    (one) => one.economy.globalCostEur,
    ({ scenarios }) => scenarios[0]?.economy.globalCostBeforeEur ?? null,
  ),
  figures(['Valeur nette', 'Net value'], (one) => one.economy.netValueEur, '0 €'),
  figures(['CO₂ évité par an', 'CO₂ avoided a year'], (one) => one.carbonKgYear),
  figures(['Carbone des travaux', 'Carbon of the works'], (one) => one.embodiedCarbonKg),
  told(
    ['Étiquette (estimation)', 'Label (estimate)'],
    (one, words) => labelTold(one.dpeLabel, words),
    ({ dpeLabel }, words) => labelTold(dpeLabel, words),
  ),
  told(['Chance d’atteindre 30 %', 'Chance of 30 %'], (one) => percent(one.chanceOf30Percent)),
  ...(
    [
      ['Chance d’être le plus rentable', 'Chance of best value', 'netValue'],
      ['Chance d’économiser le plus', 'Chance of saving the most', 'energy'],
      ['Chance d’émettre le moins', 'Chance of emitting the least', 'carbon'],
      ['Chance d’avoir l’été le plus frais', 'Chance of the coolest summer', 'comfort'],
    ] as const
  ).map(([fr, en, criterion]) =>
    told(
      [fr, en],
      (one, words) => chanceTold(one.chanceOfBest[criterion], words),
      ({ doNothing }, words) => chanceTold(doNothing.chanceOfBest[criterion], words),
    ),
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
  const { scenarios } = comparison;
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
      rows: [heatingUse(comparison), ...indicators].flatMap(({ name, cells }) => {
        const row = cells(comparison, words);
        return row.every((cell) => cell === '—') ? [] : [[t(...name), ...row.map(stacked)]];
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
                  `${say(measure.name)}${t(' :', ':')} ${amount(savingKwh, language, total)} ${t('par an', 'a year')} (${percent(total === 0 ? 0 : savingKwh / total)})`,
              ),
          } as const,
        ]),
  ];
};

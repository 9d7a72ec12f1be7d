import type { PdfBlock } from '#formats/pdf/index.ts';
import type { Message } from '../core/message.ts';
import { largestOf, percent, stacked, weatherTold, type Words } from './audit-words.ts';
import type { Comparison, ScenarioView } from './comparison-views.ts';
import { plain } from './report.ts';

type Comfort = NonNullable<ScenarioView['comfort']>;
type Tertiary = ScenarioView['tertiary'];

const comfortRows: readonly {
  readonly name: readonly [string, string];
  readonly pick: (one: Comfort) => Comfort[keyof Comfort];
}[] = [
  {
    name: ['Heures trop chaudes dans l’année', 'Hours too warm in the year'],
    pick: (one) => one.overheatingHours,
  },
  {
    name: ['Degrés-heures d’inconfort', 'Degree hours of discomfort'],
    pick: (one) => one.overheatingDegreeHours,
  },
  {
    name: ['Degrés-heures en canicule', 'Degree hours in a heat wave'],
    pick: (one) => one.heatWaveDegreeHours,
  },
];

const purposes: Readonly<Record<string, Message>> = {
  operational: { fr: 'CO₂ évité, bilan du parc', en: 'CO₂ avoided, stock’s account' },
  dpe: { fr: 'CO₂ évité, facteurs du DPE', en: 'CO₂ avoided, factors of the DPE' },
  operat: { fr: 'CO₂ évité, facteurs d’OPERAT', en: 'CO₂ avoided, factors of OPERAT' },
};

const metIn = (year: number, tertiary: Tertiary, { t }: Words): string => {
  const landing = tertiary?.landings.find((one) => one.year === year);
  return landing === undefined ? t('non évalué', 'not evaluated') : percent(landing.chanceMet);
};

/** Summer comfort, the decree's landing and carbon by each set of factors, without works and by option. */
export const moreBlocks = (comparison: Comparison, words: Words): PdfBlock[] => {
  const { t, say, show, language } = words;
  const { scenarios, comfortBefore, tertiaryBefore, place, weather } = comparison;
  const where =
    place.department === null
      ? t('zone H2c supposée', 'zone H2c assumed')
      : t(
          `département ${place.department}, zone ${place.zone}`,
          `department ${place.department}, zone ${place.zone}`,
        );
  const comfort = comfortRows.map(({ name, pick }) => [
    t(...name),
    ...[comfortBefore, ...scenarios.map((one) => one.comfort)].map((one) =>
      stacked(show(one === null ? null : pick(one))),
    ),
  ]);
  const decree = (tertiaryBefore?.landings ?? []).map(({ year, targetKwh }) => [
    t(
      `Décret ${year} : chance d’être sous ${plain(targetKwh / 1000, language)} MWh`,
      `Decree ${year}: chance of being under ${plain(targetKwh / 1000, language)} MWh`,
    ),
    ...[tertiaryBefore, ...scenarios.map((one) => one.tertiary)].map((one) => metIn(year, one, words)),
  ]);
  const avoided = largestOf(
    scenarios.flatMap(({ carbonByPurpose }) => carbonByPurpose.map(({ savedKgYear }) => savedKgYear)),
  );
  const carbon = (scenarios[0]?.carbonByPurpose ?? []).map(({ purpose }) => [
    say(purposes[purpose] ?? { fr: purpose, en: purpose }),
    '—',
    ...scenarios.map(({ carbonByPurpose }) =>
      stacked(show(carbonByPurpose.find((one) => one.purpose === purpose)?.savedKgYear, avoided)),
    ),
  ]);
  return [
    {
      kind: 'table',
      caption: t(
        `Confort d’été, décret et carbone ; météo ${weatherTold(weather, words)}, ${where}`,
        `Summer comfort, decree and carbon; weather ${weatherTold(weather, words)}, ${where}`,
      ),
      columns: [
        { title: t('Indicateur', 'Indicator'), width: 2 },
        { title: t('Sans travaux', 'Without works'), width: 1.9, align: 'right' },
        ...scenarios.map(({ id }) => ({ title: id, width: 2, align: 'right' as const })),
      ],
      rows: [...comfort, ...decree, ...carbon],
    },
  ];
};

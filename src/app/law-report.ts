import type { XlsxCell, XlsxSheet } from '#formats/xlsx/index.ts';
import type { Language } from '../core/message.ts';
import { labels } from '#simulate/index.ts';
import { countEn, countFr } from '../core/wording.ts';
import type { LawCalendarView } from './law-views.ts';
import { dateTold } from './programme-law.ts';
import { emptyStock, plain } from './report.ts';

type DateRow = LawCalendarView['dates'][number];

const dateLine = (
  { law, step, from, buildings, dwellings, ...expected }: DateRow,
  language: Language,
): string => {
  const fr = language === 'fr';
  const counted = fr
    ? `${countFr(buildings, 'bâtiment', 'bâtiments')}, ${countFr(dwellings, 'logement', 'logements')} ; en moyenne ${plain(expected.expectedBuildings, 'fr', 2)} bâtiments, ${plain(expected.expectedDwellings, 'fr', 2)} logements`
    : `${countEn(buildings, 'building', 'buildings')}, ${countEn(dwellings, 'dwelling', 'dwellings')}; on average ${plain(expected.expectedBuildings, 'en', 2)} buildings, ${plain(expected.expectedDwellings, 'en', 2)} dwellings`;
  return `  ${from}  ${dateTold(law, step, from)[language]} : ${counted}`;
};

/** The calendar as a person reads it in a terminal: each date with what it finds, then each building. */
export const lawReport = (calendar: LawCalendarView, language: Language): string[] => {
  const fr = language === 'fr';
  if (calendar.buildings.length + calendar.notEvaluated === 0) return [`  ${emptyStock[language]}`];
  return [
    fr
      ? `  Étiquettes estimées au ${calendar.day} (pas des DPE) ; une date lie un bâtiment au-dessus de ${plain(100 * calendar.bindsAbove, 'fr')} % de chances.`
      : `  Labels estimated on ${calendar.day} (not DPEs); a date binds a building above a ${plain(100 * calendar.bindsAbove, 'en')} % chance.`,
    ...calendar.dates.map((one) => dateLine(one, language)),
    '',
    ...calendar.buildings.flatMap(({ name, sentence }) => [
      `  ${name[language]}`,
      `      ${sentence[language]}`,
    ]),
    ...(calendar.notEvaluated > 0
      ? [
          fr
            ? `  ${countFr(calendar.notEvaluated, 'bâtiment non évalué', 'bâtiments non évalués')}.`
            : `  ${countEn(calendar.notEvaluated, 'building', 'buildings')} not evaluated.`,
        ]
      : []),
  ];
};

/** The calendar as a sheet of the stock's workbook: one row a building, the totals of each date under them. */
export const lawSheet = (calendar: LawCalendarView, language: Language): XlsxSheet => {
  const t = (fr: string, en: string): string => (language === 'fr' ? fr : en);
  const rows: XlsxCell[][] = [
    [
      t('Bâtiment', 'Building'),
      t('Nom', 'Name'),
      t('Logements', 'Dwellings'),
      t('Étiquette la plus probable', 'Likeliest label'),
      ...labels.map((letter) => t(`Chance ${letter}`, `Chance ${letter}`)),
      t('En règle jusqu’au', 'Lawful until'),
      t('Cible tertiaire (kWh/an)', 'Tertiary target (kWh/yr)'),
      t('Reste à économiser (kWh/an)', 'Still to be saved (kWh/yr)'),
      t('En clair', 'In words'),
    ],
    ...calendar.buildings.map((one): XlsxCell[] => {
      const next = one.tertiary?.landings[0];
      return [
        one.buildingId,
        one.name[language],
        one.dwellings,
        one.label?.likeliest ?? null,
        ...labels.map((letter) => one.label?.chances[letter] ?? null),
        one.legalUntil,
        next?.targetKwh ?? null,
        next?.gapKwh ?? null,
        one.sentence[language],
      ];
    }),
    [],
    [
      t('Date', 'Date'),
      t('Loi', 'Law'),
      t('Bâtiments liés', 'Buildings bound'),
      t('Logements liés', 'Dwellings bound'),
      t('Bâtiments attendus', 'Buildings expected'),
      t('Logements attendus', 'Dwellings expected'),
    ],
    ...calendar.dates.map((one): XlsxCell[] => [
      one.from,
      dateTold(one.law, one.step, one.from)[language],
      one.buildings,
      one.dwellings,
      one.expectedBuildings,
      one.expectedDwellings,
    ]),
  ];
  return { name: t('Loi', 'Law'), rows };
};

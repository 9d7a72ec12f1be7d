import { writePdf } from '#formats/pdf/index.ts';
import { writeXlsx, type XlsxCell, type XlsxSheet } from '#formats/xlsx/index.ts';
import { csvText } from './csv-text.ts';
import type { Language } from '../core/message.ts';
import { ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
import type { Download } from './export-building.ts';
import { programmeOf } from './programme-record.ts';
import { type ProgrammeView, programmeFormats } from './programme-views.ts';
import {
  type Accepted,
  acceptedTold,
  type Chosen,
  programmeSheet,
  standingName,
  type Words,
  wordsOf,
  worksOf,
  yearsOf,
} from './programme-sheet.ts';
import { programmeGeoJson } from './programme-geojson.ts';

type ProgrammeFormat = (typeof programmeFormats)[number];

/** One row a building, chosen ones by year first: the table of the spreadsheet and of the CSV. */
const tableOf = (view: ProgrammeView, words: Words): XlsxCell[][] => {
  const { t, say } = words;
  const notSooner = new Map(view.late.map(({ buildingId, reason }) => [buildingId, say(reason)]));
  const whyOf = ({ buildingId, reason }: Chosen): string =>
    [
      ...(reason === undefined ? [] : [say(reason)]),
      ...(notSooner.has(buildingId) ? [notSooner.get(buildingId)] : []),
    ].join(t(' Pas plus tôt : ', ' Not sooner: '));
  return [
    [
      t('Bâtiment', 'Building'),
      t('Nom', 'Name'),
      t('Année', 'Year'),
      t('Travaux', 'Works'),
      t('Coût (€)', 'Cost (€)'),
      t('Économie (kWh/an)', 'Saving (kWh/yr)'),
      t('Économie basse (90 %)', 'Low saving (90 %)'),
      t('Économie haute (90 %)', 'High saving (90 %)'),
      t('Pourquoi', 'Why'),
      t('Entrerait à (€)', 'Would enter at (€)'),
    ],
    ...view.chosen.map((one): XlsxCell[] => [
      one.buildingId,
      say(one.name),
      one.year,
      worksOf(one, words),
      one.costEur,
      // No finer than the kilowatt-hour: the rest is only how a computer counts.
      Math.round(one.savingKwh.value),
      Math.round(one.savingKwh.low),
      Math.round(one.savingKwh.high),
      whyOf(one),
      null,
    ]),
    ...view.notChosen.map(({ buildingId, name, reason, entryCostEur }): XlsxCell[] => [
      buildingId,
      say(name),
      null,
      t('aucun', 'none'),
      null,
      null,
      null,
      null,
      say(reason),
      entryCostEur,
    ]),
  ];
};

const workbookOf = (view: ProgrammeView, accepted: Accepted, words: Words): Uint8Array => {
  const { t, say } = words;
  const sheets: XlsxSheet[] = [
    { name: t('Bâtiments', 'Buildings'), rows: tableOf(view, words) },
    {
      name: t('Années', 'Years'),
      rows: [
        [
          t('Année', 'Year'),
          t('Bâtiments', 'Buildings'),
          t('Coût (€)', 'Cost (€)'),
          t('Économie (kWh/an)', 'Saving (kWh/yr)'),
        ],
        ...yearsOf(view).map(({ year, buildings, costEur, savingKwh }) => [
          year,
          buildings,
          costEur,
          Math.round(savingKwh),
        ]),
      ],
    },
    {
      name: t('Dates', 'Dates'),
      rows: [
        [
          t('Bâtiment', 'Building'),
          t('Nom', 'Name'),
          t('Date', 'Date'),
          t('Logements', 'Dwellings'),
          t(
            'Risque d’être hors la loi sans travaux (%)',
            'Risk of standing outside the law without works (%)',
          ),
          t('Avec ce programme', 'With this programme'),
          t('Travaux en', 'Works in'),
          t('Ce qui s’applique', 'What applies'),
        ],
        ...(view.law?.buildings ?? []).map((one): XlsxCell[] => [
          one.buildingId,
          say(one.name),
          one.from,
          one.dwellings,
          Math.round(100 * one.chanceOutside),
          say(standingName(one.standing)),
          one.keptIn,
          say(one.sentence),
        ]),
      ],
    },
    { name: t('Décision', 'Decision'), rows: [[say(acceptedTold(accepted))]] },
  ];
  return writeXlsx(sheets);
};

/** A stored programme as a file to hand over. Fails as `programmeOf` does. */
export const programmeDocument = async (
  context: AppContext,
  id: number,
  format: ProgrammeFormat,
  language: Language,
): Promise<Result<Download>> => {
  const found = await programmeOf(context, id);
  if (!found.ok) return found;
  const view = found.value;
  const { acceptedBy, acceptedMs } = (await context.store.programmes.get(id)) ?? {};
  const accepted =
    acceptedBy === undefined || acceptedMs === undefined
      ? null
      : { by: acceptedBy, day: new Date(acceptedMs).toISOString().slice(0, 10) };
  const words = wordsOf(language);
  const { t } = words;
  const name = `programme-${id}.${format}`;
  if (format === 'json')
    return ok({ type: 'application/json', name, body: `${JSON.stringify(view, null, 2)}\n` });
  if (format === 'geojson')
    return ok({
      type: 'application/geo+json',
      name,
      body: `${JSON.stringify(await programmeGeoJson(context.store, view, language), null, 2)}\n`,
    });
  if (format === 'csv') return ok({ type: 'text/csv', name, body: csvText(tableOf(view, words), language) });
  if (format === 'xlsx')
    return ok({
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      name,
      body: workbookOf(view, accepted, words),
    });
  const title = t(`Programme de travaux n° ${id}`, `Programme of works ${id}`);
  const content = { title, language, createdMs: context.nowMs(), footer: `Stacoptim · ${title}` };
  const body = await writePdf({ ...content, blocks: programmeSheet(view, accepted, words, language) });
  return ok({ type: 'application/pdf', name, body });
};

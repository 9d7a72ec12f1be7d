import { formatDay } from '#core/calendar.ts';
import { type Warning, warning } from '#core/message.ts';
import type { EnergyUnit, Readings } from '#core/series.ts';
import type { Zone } from '#core/timezone.ts';
import type { Ordered, RowReason, Table } from '../csv/index.ts';
import type { ReadingsOptions } from '../readings/types.ts';
import { countEn, countFr, decimalFr } from '../../core/wording.ts';

const DAY_MS = 86_400_000;
const toldOneByOne = 20;

export type ToldRow = {
  readonly code: string;
  readonly line: number;
  readonly fr: string;
  readonly en: string;
};

/** What the rows of a file are called: lines of a text, points of a curve that has no lines. */
export type RowWord = { readonly fr: string; readonly en: string };
const lineWord: RowWord = { fr: 'Ligne', en: 'Line' };

/** One warning a row left out up to a number, then one that counts the rest. */
export const tellRows = (
  name: string,
  rows: readonly ToldRow[],
  total: number,
  word: RowWord = lineWord,
): Warning[] => {
  const told = rows.slice(0, toldOneByOne).map(({ code, line, fr, en }) =>
    warning(code, `${word.fr} ${line} : ${fr}`, `${word.en} ${line}: ${en}`, {
      ref: `${word.en.toLowerCase()} ${line}`,
      place: { file: name, line },
    }),
  );
  const rest = total - told.length;
  const first = rows[0];
  if (rest > 0 && first !== undefined)
    told.push(
      warning(
        `${first.code}-more`,
        `… et ${rest} autres lignes avec un défaut de ce genre.`,
        `… and ${rest} more lines with a defect of this kind.`,
        { place: { file: name } },
      ),
    );
  return told;
};

const reasons: Readonly<
  Record<RowReason, { code: string; fr: (text: string) => string; en: (text: string) => string }>
> = {
  'bad-date': {
    code: 'bad-date',
    fr: (text) => `la date « ${text} » n’est pas comprise ; ligne laissée de côté.`,
    en: (text) => `the date “${text}” is not understood; row left out.`,
  },
  'not-a-number': {
    code: 'bad-value',
    fr: (text) => `la valeur « ${text} » n’est pas un nombre ; ligne laissée de côté.`,
    en: (text) => `the value “${text}” is not a number; row left out.`,
  },
  'beyond-measure': {
    code: 'bad-value',
    fr: (text) => `la valeur « ${text} » dépasse toute mesure ; ligne laissée de côté.`,
    en: (text) => `the value “${text}” is beyond any measurement; row left out.`,
  },
  'too-few-cells': {
    code: 'bad-row',
    fr: () => 'elle a moins de colonnes que l’en-tête ; laissée de côté.',
    en: () => 'it has fewer columns than the header; left out.',
  },
  'too-many-cells': {
    code: 'bad-row',
    fr: () =>
      'elle a plus de colonnes que l’en-tête (virgule décimale dans un fichier à virgules ?) ; laissée de côté.',
    en: () => 'it has more columns than the header (a decimal comma in a comma file?); left out.',
  },
};

/** Said of the unit: that none was stated, or that the file states another than its meter is said to have. */
export const unitWarnings = (
  name: string,
  stated: EnergyUnit | undefined,
  { unit, fallbackUnit }: ReadingsOptions,
): Warning[] => {
  if (unit !== undefined) return [];
  const about = { place: { file: name } };
  if (stated === undefined)
    return fallbackUnit === undefined
      ? [
          warning(
            'unit-assumed',
            'Aucune unité indiquée : kWh supposés. Donnez --unit pour une autre.',
            'No unit stated: kWh assumed. Give --unit for another.',
            about,
          ),
        ]
      : [];
  return fallbackUnit === undefined || fallbackUnit === stated
    ? []
    : [
        warning(
          'unit-of-file',
          `Le fichier est en ${stated}, son compteur est dit en ${fallbackUnit} : le fichier fait foi. Donnez l’unité pour qu’il en soit autrement.`,
          `The file is in ${stated}, its meter is said to be in ${fallbackUnit}: the file goes first. Give the unit for it to be otherwise.`,
          about,
        ),
      ];
};

/** What was assumed of the file as a whole. */
export const tableWarnings = (name: string, table: Table, headerless: boolean): Warning[] => {
  const warnings: Warning[] = [];
  const about = { place: { file: name } };
  if (headerless)
    warnings.push(
      warning(
        'no-header',
        'Le fichier n’a pas d’en-tête : la première colonne est la date, la suivante l’énergie.',
        'The file has no header: the first column is the date, the next the energy.',
        about,
      ),
    );
  if (table.dateOrder === 'month-first')
    warnings.push(
      warning(
        'month-first',
        'Les dates sont lues le mois d’abord (12/31/2018), d’après celles du fichier.',
        'Dates are read month first (12/31/2018), after those of the file.',
        about,
      ),
    );
  else if (!table.dateOrderSure && table.rows > 0)
    warnings.push(
      warning(
        'day-first-assumed',
        'Les dates peuvent se lire de deux façons (03/04) : le jour d’abord, comme en France.',
        'Dates may be read two ways (03/04): day first, as in France.',
        about,
      ),
    );
  if (table.blanks > 0)
    warnings.push(
      warning(
        'blank-values',
        `${countFr(table.blanks, 'relevé', 'relevés')} sans valeur (le premier à la ligne ${table.firstBlankLine}) : rien n’est remplacé par zéro.`,
        `${countEn(table.blanks, 'reading', 'readings')} without a value (the first at line ${table.firstBlankLine}): nothing is replaced by zero.`,
        { place: { file: name, line: table.firstBlankLine } },
      ),
    );
  return warnings;
};

/** The rows left out, each with its line and reason; hours that do not exist in the zone count among them. */
export const rejectionWarnings = (
  name: string,
  table: Table,
  instantMs: Float64Array,
): { readonly count: number; readonly warnings: readonly Warning[] } => {
  const told: ToldRow[] = table.rejections.map(({ line, reason, text }) => ({
    code: reasons[reason].code,
    line,
    fr: reasons[reason].fr(text),
    en: reasons[reason].en(text),
  }));
  const skipped: ToldRow[] = [];
  for (let index = 0; index < instantMs.length; index++)
    if (Number.isNaN(instantMs[index]))
      skipped.push({
        code: 'missing-hour',
        line: table.line[index],
        fr: 'cette heure n’existe pas (passage à l’heure d’été) ; ligne laissée de côté.',
        en: 'this hour does not exist (start of summer time); row left out.',
      });
  return {
    count: table.rejected + skipped.length,
    warnings: [...tellRows(name, told, table.rejected), ...tellRows(name, skipped, skipped.length)],
  };
};

/** Rows of one instant. `ref` is the local day. */
export const orderWarnings = (
  name: string,
  table: Table,
  ordered: Ordered,
  instantMs: Float64Array,
  zone: Zone,
): Warning[] => {
  const dayOf = (row: number): string => formatDay(zone.localDay(instantMs[row]));
  const about = (rows: readonly number[]) => {
    const first = rows[0];
    return { ref: dayOf(first), place: { file: name, line: table.line[first] } };
  };
  const warnings: Warning[] = [];
  const { repeats, overruled } = ordered;
  if (repeats.length > 0)
    warnings.push(
      warning(
        'duplicate',
        `${countFr(repeats.length, 'ligne répète', 'lignes répètent')} un instant déjà lu avec la même valeur ou sans valeur (la première : ligne ${table.line[repeats[0]]}, le ${dayOf(repeats[0])}) ; chaque instant est compté une fois.`,
        `${countEn(repeats.length, 'row repeats', 'rows repeat')} an instant already read with the same value or none (the first at line ${table.line[repeats[0]]}, on ${dayOf(repeats[0])}); counted once.`,
        about(repeats),
      ),
    );
  if (overruled.length > 0)
    warnings.push(
      warning(
        'duplicate-conflict',
        `${countFr(overruled.length, 'instant a', 'instants ont')} plusieurs valeurs (le premier : ligne ${table.line[overruled[0]]}, le ${dayOf(overruled[0])}) ; la dernière du fichier est gardée.`,
        `${countEn(overruled.length, 'instant has', 'instants have')} several values (the first at line ${table.line[overruled[0]]}, on ${dayOf(overruled[0])}); the last of the file is kept.`,
        about(overruled),
      ),
    );
  return warnings;
};

/** Holes between consecutive intervals. `ref` is the local day of the first. */
export const gapWarnings = (
  name: string,
  startMs: Float64Array,
  endMs: Float64Array,
  resolution: Readings['resolution'],
  zone: Zone,
): Warning[] => {
  if (resolution === 'irregular') return [];
  let [gaps, missingMs, longestMs, firstMs] = [0, 0, 0, Number.NaN];
  for (let index = 1; index < startMs.length; index++) {
    const hole = startMs[index] - endMs[index - 1];
    if (hole <= 60_000) continue;
    if (gaps++ === 0) firstMs = endMs[index - 1];
    missingMs += hole;
    longestMs = Math.max(longestMs, hole);
  }
  if (gaps === 0) return [];
  const day = formatDay(zone.localDay(firstMs));
  const [missingDays, longestDays] = [missingMs / DAY_MS, longestMs / DAY_MS];
  return [
    warning(
      'gap',
      `${countFr(gaps, 'trou', 'trous')} dans la série, ${decimalFr(missingDays, 1)} j en tout, le plus long ${decimalFr(longestDays, 1)} j, le premier le ${day}.`,
      `${countEn(gaps, 'gap', 'gaps')} in the series, ${missingDays.toFixed(1)} days in all, the longest ${longestDays.toFixed(1)} days, the first on ${day}.`,
      { ref: day, place: { file: name } },
    ),
  ];
};

import { basename } from 'node:path';
import { numberInText, plainName } from '#formats/csv/index.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { readFileBytes } from './files.ts';
import type { FuelPovertyLine } from './fuel-poverty.ts';
import { sheetOf } from './read-source.ts';

type Column = 'id' | 'share' | 'score' | 'low' | 'high' | 'source';

/** Names a column may have, as `plainName` writes them. */
const names: Readonly<Record<Column, readonly string[]>> = {
  id: ['id', 'identifiant', 'batiment', 'building', 'buildingid', 'id_batiment'],
  share: [
    'part',
    'part_de_menages',
    'part_des_menages',
    'part_de_menages_precaires',
    'share',
    'share_of_households',
  ],
  score: ['score', 'indice', 'index'],
  low: ['bas', 'low', 'minimum'],
  high: ['haut', 'high', 'maximum'],
  source: ['source', 'origine', 'origin'],
};

/** A number as people type it, `35 %` being 0.35; NaN for what is none, undefined for an empty cell. */
const numberIn = (cell: string): number | undefined => {
  const text = cell.trim();
  if (text === '') return undefined;
  return text.endsWith('%') ? numberInText(text.slice(0, -1)) / 100 : numberInText(text);
};

/**
 * The lines of a sheet of fuel poverty: a column names the building, one of `part` (share of households) or `score` says how much, and
 * `source` where it comes from; `bas` and `haut` may give an interval. Fails with `columns-missing`, and as reading the file does.
 */
export const fuelPovertyLines = async (path: string): Promise<Result<readonly FuelPovertyLine[]>> => {
  const bytes = readFileBytes(path);
  if (!bytes.ok) return bytes;
  const rows = await sheetOf(basename(path), bytes.value);
  if (!rows.ok) return rows;
  const header = (rows.value[0] ?? []).map(plainName);
  const at = (column: Column): number => header.findIndex((name) => names[column].includes(name));
  const kind = at('share') >= 0 ? 'share' : 'score';
  if (at('id') < 0 || at(kind) < 0 || at('source') < 0)
    return failure(
      'columns-missing',
      'La première ligne doit nommer les colonnes : identifiant, part (ou score), source ; bas et haut s’il y a lieu.',
      'The first line must name the columns: id, share (or score), source; low and high where they apply.',
      { line: 1 },
    );
  const cell = (row: readonly string[], column: Column): string => row[at(column)]?.trim() ?? '';
  return ok(
    rows.value.slice(1).flatMap((row, index): FuelPovertyLine[] => {
      if (row.every((text) => text.trim() === '')) return [];
      return [
        {
          line: index + 2,
          buildingId: cell(row, 'id'),
          fuelPoverty: {
            kind,
            value: numberIn(cell(row, kind)),
            low: numberIn(cell(row, 'low')),
            high: numberIn(cell(row, 'high')),
            source: cell(row, 'source'),
          },
        },
      ];
    }),
  );
};

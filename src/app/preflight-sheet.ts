import { basename, join } from 'node:path';
import { preflightRows, type SheetPreflight } from '#create/index.ts';
import type { Language } from '../core/message.ts';
import { ok, type Result } from '../core/result.ts';
import { countEn, countFr } from '../core/wording.ts';
import { readFileBytes, writeFileBytes } from './files.ts';
import { MOST_ROWS, sheetOf } from './read-source.ts';
import { plain } from './report.ts';
import { sheetCard } from './sheet-card.ts';

type CheckedSheet = SheetPreflight & { readonly rows: readonly (readonly string[])[] };

/** Checks every line of a stock sheet of any length and makes nothing of it. Fails as reading the file and `preflightRows` do. */
export const preflightSheet = async (path: string): Promise<Result<CheckedSheet>> => {
  const bytes = readFileBytes(path);
  if (!bytes.ok) return bytes;
  const rows = await sheetOf(basename(path), bytes.value);
  if (!rows.ok) return rows;
  const checked = preflightRows(rows.value, sheetCard);
  return checked.ok ? ok({ ...checked.value, rows: rows.value }) : checked;
};

const csvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';')}\r\n`;

/**
 * Writes the good lines as sheets short enough to be taken in, and the refused ones with their reasons, into a folder. Gives the names of the
 * files; fails as `writeFileBytes` does.
 */
export const writeParts = (
  { rows, headerLine, good, refused }: CheckedSheet,
  folder: string,
  language: Language,
): Result<readonly string[]> => {
  const header = rows[headerLine - 1] ?? [];
  const most = MOST_ROWS - 1;
  const files = Array.from({ length: Math.ceil(good.length / most) }, (_, part) => ({
    name: `parc-${part + 1}.csv`,
    text: [header, ...good.slice(part * most, (part + 1) * most).map((line) => rows[line - 1] ?? [])]
      .map(csvLine)
      .join(''),
  }));
  if (refused.length > 0)
    files.push({
      name: language === 'fr' ? 'refusees.csv' : 'refused.csv',
      text: [
        language === 'fr' ? ['ligne', 'pourquoi', ...header] : ['line', 'why', ...header],
        ...refused.map(({ line, message }) => [String(line), message[language], ...(rows[line - 1] ?? [])]),
      ]
        .map(csvLine)
        .join(''),
    });
  for (const { name, text } of files) {
    const kept = writeFileBytes(join(folder, name), `\uFEFF${text}`);
    if (!kept.ok) return kept;
  }
  return ok(files.map(({ name }) => name));
};

/** The check of a sheet as a person reads it: what stands, what is refused and why, how well each column is filled. */
export const preflightSheetReport = (
  { good, refused, ignored, coverage }: SheetPreflight,
  language: Language,
): string[] => {
  const fr = language === 'fr';
  return [
    fr
      ? `  ${countFr(good.length, 'ligne bonne', 'lignes bonnes')}, ${countFr(refused.length, 'refusée', 'refusées')}.`
      : `  ${countEn(good.length, 'good line', 'good lines')}, ${refused.length} refused.`,
    ...refused.map(({ line, message }) => `  ${fr ? 'ligne' : 'line'} ${line}  ✗ ${message[language]}`),
    ...(ignored.length === 0
      ? []
      : [`  ${fr ? 'Colonnes ignorées' : 'Columns ignored'} : ${ignored.join(', ')}`]),
    fr ? '  Colonnes remplies :' : '  Columns filled:',
    ...Object.entries(coverage).map(([name, share]) => `    ${name} : ${plain(100 * share, language, 3)} %`),
  ];
};

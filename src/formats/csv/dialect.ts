import { failure, ok, type Result } from '#core/result.ts';
import type { OpenText } from './open-text.ts';
import { noOffset, type ParsedStamp, parseStamp } from './stamp.ts';

/** How a delimited file is written: its delimiter, its header cells (none for a file that starts with data) and where the data begin. */
export type Dialect = {
  readonly delimiter: number;
  readonly header: readonly string[];
  readonly headerless: boolean;
  readonly dataFrom: number;
  /** Line number of the first data row, from 1. */
  readonly dataLine: number;
};

const longestHeader = 64_000;
const preambleLines = 40;
const delimiters = [';', '\t', ',', '|'] as const;

/** Cells of one line; a quoted cell may hold the delimiter and doubled quotes. */
export const splitLine = (line: string, delimiter: string): string[] => {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const character = line[at];
    if (quoted) {
      if (character !== '"') cell += character;
      else if (line[at + 1] === '"') {
        cell += '"';
        at++;
      } else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === delimiter) {
      cells.push(cell.trim());
      cell = '';
    } else cell += character;
  }
  cells.push(cell.trim());
  return cells;
};

const looksLikeTime = (text: string): boolean => {
  const bytes = new TextEncoder().encode(text);
  const stamp: ParsedStamp = { localMs: 0, offsetMin: noOffset, dateOnly: true };
  return parseStamp(bytes, 0, bytes.length, 'day-first', stamp);
};

type Line = { readonly text: string; readonly next: number };

const firstLines = (open: OpenText): Line[] => {
  const decoder = new TextDecoder(open.encoding);
  const lines: Line[] = [];
  let at = 0;
  while (at < open.bytes.length && lines.length < preambleLines) {
    const found = open.bytes.indexOf(10, at);
    const end = found < 0 ? open.bytes.length : found;
    if (end - at > longestHeader) break;
    lines.push({ text: decoder.decode(open.bytes.subarray(at, end)).replace(/\r$/, ''), next: end + 1 });
    at = end + 1;
  }
  return lines;
};

/**
 * Finds the delimiter and the header: the first line whose split has the columns `isHeader` asks for; a file whose
 * first line already starts with a date has none, and its columns are named 1, 2, 3. Fails with `csv-header`.
 */
export const detectDialect = (
  name: string,
  open: OpenText,
  isHeader: (cells: readonly string[]) => boolean,
  wanted: { readonly fr: string; readonly en: string },
): Result<Dialect> => {
  const lines = firstLines(open);
  for (const [index, line] of lines.entries()) {
    if (line.text.trim() === '') continue;
    const splits = delimiters
      .map((delimiter) => ({ delimiter, cells: splitLine(line.text, delimiter) }))
      .sort((left, right) => right.cells.length - left.cells.length);
    const header = splits.find(({ cells }) => cells.length > 1 && isHeader(cells));
    if (header !== undefined)
      return ok({
        delimiter: header.delimiter.charCodeAt(0),
        header: header.cells,
        headerless: false,
        dataFrom: line.next,
        dataLine: index + 2,
      });
    const data = splits.find(({ cells }) => cells.length > 1 && looksLikeTime(cells[0]));
    if (data !== undefined)
      return ok({
        delimiter: data.delimiter.charCodeAt(0),
        header: data.cells.map((_, column) => String(column + 1)),
        headerless: true,
        dataFrom: index === 0 ? 0 : lines[index - 1].next,
        dataLine: index + 1,
      });
  }
  const seen = (lines.find((line) => line.text.trim() !== '')?.text ?? '').slice(0, 120);
  return failure(
    'csv-header',
    `« ${name} » n’a pas d’en-tête reconnu : ${wanted.fr}. Première ligne lue : « ${seen} ». Nommez les colonnes.`,
    `“${name}” has no header that is understood: ${wanted.en}. First line read: “${seen}”. Name the columns.`,
    { file: name, line: 1 },
  );
};

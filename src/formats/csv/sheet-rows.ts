import { ok, type Result } from '#core/result.ts';
import { splitLine } from './dialect.ts';
import { openText } from './open-text.ts';

const DELIMITERS = [';', '\t', ',', '|'] as const;
/** A stock sheet of a hundred thousand lines is a tenth of this. */
const MAX_BYTES = 100_000_000;
const SAMPLE_LINES = 20;

/** The delimiter that cuts the first lines into the most cells. */
const delimiterOf = (lines: readonly string[]): string => {
  const cells = (delimiter: string): number =>
    Math.max(0, ...lines.slice(0, SAMPLE_LINES).map((line) => splitLine(line, delimiter).length));
  return DELIMITERS.reduce<string>((best, one) => (cells(one) > cells(best) ? one : best), DELIMITERS[0]);
};

/** A line end always ends a row, inside quotes too: an unclosed quote must not swallow the rest of the sheet. */
const linesOf = (text: string): string[] => text.split(/\r\n|\n|\r/);

/**
 * A delimited sheet as rows of text cells, row 0 being line 1; gzip, byte-order mark and Windows encoding are seen to. Fails as
 * `openText` does.
 */
export const sheetRows = (name: string, bytes: Uint8Array): Result<readonly (readonly string[])[]> => {
  const open = openText(name, bytes, MAX_BYTES);
  if (!open.ok) return open;
  const lines = linesOf(new TextDecoder(open.value.encoding).decode(open.value.bytes));
  while (lines.at(-1)?.trim() === '') lines.pop();
  const delimiter = delimiterOf(lines.filter((line) => line.trim() !== ''));
  return ok(lines.map((line) => splitLine(line, delimiter)));
};

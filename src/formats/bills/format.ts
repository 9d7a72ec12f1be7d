import { message } from '#core/message.ts';
import { failure, type Result } from '#core/result.ts';
import type { Readings } from '#core/series.ts';
import { openText, plainName, splitLine } from '../csv/index.ts';
import type { ReadingsFormat, ReadingsOptions } from '../readings/types.ts';
import { billColumns, type Row } from './columns.ts';
import { readBills } from './read-bills.ts';

const delimiters = [';', '\t', ',', '|'] as const;
/** Bills of a large stock over ten years; what is longer is a load curve. */
const mostLines = 200_000;

/** The rows of delimited text, split by the sign that gives its first full line the most cells. */
const rowsOf = (text: string): Row[] => {
  const lines = text.split(/\r?\n/);
  const count = (delimiter: string): number =>
    Math.max(...lines.slice(0, 10).map((line) => splitLine(line, delimiter).length));
  const delimiter = delimiters.reduce((best, one) => (count(one) > count(best) ? one : best));
  return lines.map((line) => splitLine(line, delimiter));
};

const marks =
  /(^|_)(facture|factures|bill|invoice|pdl|pce|estime|estimee|estimated|type_de_releve|type_releve|nature_du_releve)(_|$)/;

/** Bills rather than readings: a period in two columns of dates, and a word that only bills have. */
const looksLikeBills = (head: string): boolean => {
  const rows = rowsOf(head);
  const columns = billColumns('', rows, {});
  if (columns?.end === undefined) return false;
  const names = (rows[columns.headerRow] ?? []).map((one) => plainName(String(one ?? '')));
  const dated = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$/.test(
    String(rows[columns.headerRow + 1]?.[columns.start] ?? ''),
  );
  return dated && names.some((one) => marks.test(one));
};

const readCsv = (name: string, bytes: Uint8Array, options: ReadingsOptions): Result<readonly Readings[]> => {
  const text = openText(name, bytes, options.maxBytes ?? 60_000_000);
  if (!text.ok) return text;
  const rows = rowsOf(new TextDecoder(text.value.encoding).decode(text.value.bytes));
  if (rows.length > mostLines)
    return failure(
      'file-too-large',
      `« ${name} » a plus de ${mostLines} lignes : ce ne sont pas des factures. Nommez les colonnes pour le lire comme une courbe.`,
      `“${name}” has over ${mostLines} lines: these are no bills. Name the columns to read it as a load curve.`,
      { file: name },
    );
  return readBills(name, 'bills-csv', rows, options);
};

/** Bills in delimited text: periods, energies, and which reads are estimated, by column names of French and English bills. */
export const billsCsv: ReadingsFormat = {
  id: 'bills-csv',
  title: message('factures (CSV)', 'bills (CSV)'),
  detect: ({ head }) => head !== '' && !/^\s*[<{[]/.test(head) && looksLikeBills(head),
  read: readCsv,
};

/** Bills in a workbook: the first sheet that has a table of bills. */
export const billsXlsx: ReadingsFormat = {
  id: 'bills-xlsx',
  title: message('factures (classeur Excel)', 'bills (Excel workbook)'),
  detect: ({ bytes }) => (bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0xd0 && bytes[1] === 0xcf),
  read: async (name, bytes, options) => {
    // Loaded when a workbook comes: the library costs every other start a tenth of a second.
    const { readXlsx } = await import('../xlsx/index.ts');
    const sheets = await readXlsx(name, bytes);
    if (!sheets.ok) return sheets;
    const sheet =
      sheets.value.find(({ rows }) => billColumns(name, rows, options) !== undefined) ?? sheets.value[0];
    return readBills(name, 'bills-xlsx', sheet?.rows ?? [], options);
  },
};

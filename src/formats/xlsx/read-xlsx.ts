import readExcelFile from 'read-excel-file/universal';
import { bytesSource } from '#core/byte-source.ts';
import { failure, ok, type Result } from '#core/result.ts';
import { zipEntries } from '../zip/index.ts';

/** Text, number, truth value or nothing. A date is its ISO text without zone: `2024-03-31`, or `2024-03-31T08:30:00` with a time of day. */
export type XlsxCell = string | number | boolean | null;

/** The row of index 0 is line 1 of the sheet; empty rows keep their place, so that a line can be named as the person sees it. */
export type XlsxSheet = { readonly name: string; readonly rows: readonly (readonly XlsxCell[])[] };

/** A sheet of 50,000 rows is about 20 MB of XML. */
const MAX_UNPACKED_BYTES = 256 * 1024 * 1024;
const OLE = [0xd0, 0xcf, 0x11, 0xe0];

const cellOf = (value: unknown): XlsxCell => {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return null;
    // A serial date is a fraction of a day in binary: 8:30 comes out a millisecond short.
    const text = new Date(Math.round(value.getTime() / 1000) * 1000).toISOString();
    return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19);
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
};

const damaged = (name: string): Result<never> =>
  failure(
    'xlsx-unreadable',
    `« ${name} » n’est pas un classeur Excel lisible (.xlsx). Enregistrez-le de nouveau en .xlsx ou en .csv.`,
    `“${name}” is not a readable Excel workbook (.xlsx). Save it again as .xlsx or .csv.`,
    { file: name },
  );

/**
 * The sheets of an Excel workbook (ECMA-376), first one first.
 * @returns `xlsx-old-format` for .xls and encrypted workbooks, `xlsx-too-large` above 256 MB unpacked, `xlsx-unreadable` for anything else
 * that is not one.
 */
export const readXlsx = async (name: string, bytes: Uint8Array): Promise<Result<readonly XlsxSheet[]>> => {
  if (OLE.every((byte, index) => bytes[index] === byte))
    return failure(
      'xlsx-old-format',
      `« ${name} » est un ancien classeur (.xls) ou un classeur protégé par mot de passe. Enregistrez-le en .xlsx sans mot de passe, ou en .csv.`,
      `“${name}” is an old workbook (.xls) or one protected by a password. Save it as .xlsx without a password, or as .csv.`,
      { file: name },
    );
  // The library inflates on its own: what the archive says it holds is asked before.
  const size = zipEntries(bytesSource(name, bytes))?.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (size === undefined) return damaged(name);
  if (size > MAX_UNPACKED_BYTES)
    return failure(
      'xlsx-too-large',
      `« ${name} » dépasse 256 Mo une fois décompressé : il est refusé. Partagez-le en plusieurs classeurs.`,
      `“${name}” is over 256 MB once unpacked: it is refused. Split it into several workbooks.`,
      { file: name },
    );
  try {
    const sheets = await readExcelFile(new Uint8Array(bytes).buffer);
    return ok(sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(cellOf)) })));
  } catch {
    return damaged(name);
  }
};

import type { XlsxCell } from '#formats/xlsx/index.ts';
import type { Language } from '../core/message.ts';

/** A cell of CSV (RFC 4180); a text that a spreadsheet would run as a formula is kept a text by an apostrophe. */
const csvCell = (cell: XlsxCell, language: Language): string => {
  if (cell === null) return '';
  if (typeof cell === 'number') return language === 'fr' ? String(cell).replace('.', ',') : String(cell);
  const text = String(cell);
  return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
};

/** Lines of CSV with the separator and the decimal sign that spreadsheets expect in the language. */
export const csvLines = (rows: readonly (readonly XlsxCell[])[], language: Language): string =>
  rows
    .map((row) => `${row.map((cell) => csvCell(cell, language)).join(language === 'fr' ? ';' : ',')}\r\n`)
    .join('');

/** A whole table of CSV, with the byte-order mark by which spreadsheets know UTF-8. */
export const csvText = (rows: readonly (readonly XlsxCell[])[], language: Language): string =>
  `\uFEFF${csvLines(rows, language)}`;

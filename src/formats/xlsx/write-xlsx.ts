import { writeZip } from '../zip/index.ts';
import type { XlsxCell, XlsxSheet } from './read-xlsx.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';
const media = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Characters that XML 1.0 cannot hold are dropped. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

const columnName = (index: number): string =>
  (index >= 26 ? columnName(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));

const cellXml = (cell: XlsxCell, at: string, style: string): string => {
  if (cell === null || (typeof cell === 'number' && !Number.isFinite(cell))) return '';
  if (typeof cell === 'number') return `<c r="${at}"${style}><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c r="${at}"${style} t="b"><v>${cell ? 1 : 0}</v></c>`;
  return `<c r="${at}"${style} t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
};

/** Narrower than a heading of one word, or wider than a screen reads at once. */
const LEAST_WIDTH = 8;
const MOST_WIDTH = 60;

/** Columns as wide as the longest of their cells, in characters: a sheet opens readable, without a drag at each column. */
const columnsXml = (rows: XlsxSheet['rows']): string => {
  const widths: number[] = [];
  for (const cells of rows)
    cells.forEach((cell, c) => {
      widths[c] = Math.max(widths[c] ?? LEAST_WIDTH, cell === null ? 0 : String(cell).length + 2);
    });
  if (widths.length === 0) return '';
  const each = widths.map(
    (width, c) =>
      `<col min="${c + 1}" max="${c + 1}" width="${Math.min(MOST_WIDTH, width)}" customWidth="1"/>`,
  );
  return `<cols>${each.join('')}</cols>`;
};

const sheetXml = ({ rows }: XlsxSheet): string => {
  const body = rows
    .map((cells, r) => {
      const style = r === 0 ? ' s="1"' : '';
      return `<row r="${r + 1}">${cells.map((cell, c) => cellXml(cell, `${columnName(c)}${r + 1}`, style)).join('')}</row>`;
    })
    .join('');
  return `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>${columnsXml(rows)}<sheetData>${body}</sheetData></worksheet>`;
};

/**
 * An Excel workbook (ECMA-376, Office Open XML) of sheets whose first row is their header, in bold and kept in sight. Text is
 * always text: a cell that starts with “=” is no formula. Sheet names are cut to the 31 characters Excel takes.
 */
export const writeXlsx = (sheets: readonly XlsxSheet[]): Uint8Array => {
  const numbered = sheets.map(({ name }, index) => ({
    name: escaped(name.replaceAll(/[[\]:*?/\\]/g, ' ').slice(0, 31)),
    n: index + 1,
  }));
  const each = (write: (sheet: { readonly name: string; readonly n: number }) => string): string =>
    numbered.map(write).join('');
  const styles = numbered.length + 1;
  return writeZip([
    {
      name: '[Content_Types].xml',
      text: `${declaration}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${media}.sheet.main+xml"/>${each(({ n }) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${media}.worksheet+xml"/>`)}<Override PartName="/xl/styles.xml" ContentType="${media}.styles+xml"/></Types>`,
    },
    {
      name: '_rels/.rels',
      text: `${declaration}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      text: `${declaration}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${each(({ name, n }) => `<sheet name="${name}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: `${declaration}<Relationships xmlns="${packaged}/relationships">${each(({ n }) => `<Relationship Id="rId${n}" Type="${relations}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}<Relationship Id="rId${styles}" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    },
    {
      name: 'xl/styles.xml',
      text: `${declaration}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
    },
    ...sheets.map((sheet, index) => ({
      name: `xl/worksheets/sheet${index + 1}.xml`,
      text: sheetXml(sheet),
    })),
  ]);
};

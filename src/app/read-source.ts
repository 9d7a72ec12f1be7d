import { basename } from 'node:path';
import {
  type Described,
  describeCertificate,
  describeForm,
  describeReading,
  type FormRows,
  type GeometryOptions,
  type Outlines,
  twinsFromRows,
} from '#create/index.ts';
import { sheetRows } from '#formats/csv/index.ts';
import { readDpe } from '#formats/dpe/index.ts';
import { readXlsx, type XlsxCell } from '#formats/xlsx/index.ts';
import type { LedgerEntry } from '../core/ledger.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { startLedger } from './clock.ts';
import { openFileSource, readFileBytes } from './files.ts';
import { readIfcGuarded } from './read-ifc-guarded.ts';
import { sheetCard } from './sheet-card.ts';

type SourceKind = 'ifc' | 'dpe' | 'sheet' | 'form';

/** What reading a source cost, in the words of the envelope's ledger. */
export type SourceLedger = LedgerEntry & {
  readonly recordsInFile: number;
  readonly recordsParsed: number;
  readonly bytesInFile: number;
  readonly bytesKept: number;
};

export type ReadSource =
  | {
      readonly kind: 'building';
      readonly described: Described;
      readonly outlines?: Outlines;
      readonly ledger: SourceLedger;
    }
  | { readonly kind: 'sheet'; readonly rows: FormRows; readonly ledger: LedgerEntry };

const HEAD_BYTES = 64 * 1024;
/** Rows of one sheet; a stock of more is sent in parts. */
export const MOST_ROWS = 20_000;

const isZip = (head: Uint8Array): boolean => head[0] === 0x50 && head[1] === 0x4b;

/** What a file is, by its first bytes; its name settles only what the bytes leave open. */
const sourceKind = (name: string, head: Uint8Array): SourceKind => {
  const text = Buffer.from(head).toString('latin1');
  if (isZip(head)) return /xl\/|\[Content_Types\]/.test(text) || /\.xlsx$/i.test(name) ? 'sheet' : 'ifc';
  const start = text.replace(/^(?:\u00ef\u00bb\u00bf|\s)+/, '');
  if (/ISO-10303-21/i.test(start.slice(0, 4096))) return 'ifc';
  if (start.startsWith('<')) return /<ifcXML|<ex:iso_10303_28/i.test(start) ? 'ifc' : 'dpe';
  if (start.startsWith('{') || start.startsWith('[')) return /\.ifc/i.test(name) ? 'ifc' : 'form';
  if (/\.json$/i.test(name)) return 'form';
  if (/\.(csv|tsv|txt|xlsx?|csv\.gz)$/i.test(name)) return 'sheet';
  return head[0] === 0xd0 && head[1] === 0xcf ? 'sheet' : 'ifc';
};

const cellText = (cell: XlsxCell): string => (cell === null ? '' : String(cell));

/** The rows of a delimited file, or of the sheet of a workbook that says the most of buildings. Fails as `sheetRows` and `readXlsx` do. */
export const sheetOf = async (
  name: string,
  bytes: Uint8Array,
): Promise<Result<readonly (readonly string[])[]>> => {
  const workbook = isZip(bytes) || (bytes[0] === 0xd0 && bytes[1] === 0xcf);
  if (!workbook) return sheetRows(name, bytes);
  const sheets = await readXlsx(name, bytes);
  if (!sheets.ok) return sheets;
  // The sheet that says the most of buildings, the first of equals: covers and notes come before the table.
  const rows = sheets.value.map((sheet) => sheet.rows.map((row) => row.map(cellText)));
  const readable = rows.find((sheet) => twinsFromRows(sheet.slice(0, 40), sheetCard).ok);
  return ok(readable ?? rows[0] ?? []);
};

const readSheet = async (name: string, bytes: Uint8Array): Promise<Result<FormRows>> => {
  const rows = await sheetOf(name, bytes);
  if (!rows.ok) return rows;
  if (rows.value.length > MOST_ROWS)
    return failure(
      'sheet-too-long',
      `« ${name} » a plus de ${MOST_ROWS} lignes. « stacoptim preflight » le vérifie et le partage.`,
      `“${name}” has over ${MOST_ROWS} lines. “stacoptim preflight” checks it and splits it.`,
      { file: name },
    );
  return twinsFromRows(rows.value, sheetCard);
};

const readForm = (name: string, bytes: Uint8Array): Result<Described> => {
  try {
    return describeForm(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return failure(
      'form-invalid',
      `« ${name} » n’est pas du JSON lisible.`,
      `“${name}” is not readable JSON.`,
      { file: name },
    );
  }
};

const withinFile = <T>(result: Result<T>, file: string): Result<T> =>
  result.ok ? result : { ok: false, error: { ...result.error, where: { file, ...result.error.where } } };

/**
 * Reads whatever a person brings of a building or a stock: a model (in a process of its own), a certificate, a form, a sheet. `name`
 * is what messages say.
 * Errors: those of `readIfcGuarded`, `readDpe`, `describeForm`, `twinsFromRows`, `readXlsx`, `openText`, `sheet-too-long`.
 */
export const readSource = async (
  path: string,
  options: {
    readonly name?: string;
    readonly deadlineMs: number;
    readonly period?: string;
    readonly spaces?: GeometryOptions;
    readonly signal?: AbortSignal;
  },
): Promise<Result<ReadSource>> => {
  const { name = basename(path), ...reading } = options;
  const source = openFileSource(path);
  if (!source.ok) return source;
  const size = source.value.size;
  const kind = sourceKind(name, source.value.read(0, HEAD_BYTES));
  source.value.close();
  if (kind === 'ifc') {
    const read = await readIfcGuarded({ name, path }, { ...reading, drawn: true });
    if (!read.ok) return read;
    const described = describeReading(read.value);
    const facts = {
      name: name.replace(/(\.(ifc|ifczip|gz))+$/i, '').replaceAll('_', ' '),
      ...described.facts,
    };
    const { outlines, ledger } = read.value;
    return ok({
      kind: 'building',
      described: { ...described, facts },
      ...(outlines === undefined ? {} : { outlines }),
      ledger,
    });
  }
  const end = startLedger('create');
  const bytes = readFileBytes(path);
  if (!bytes.ok) return bytes;
  if (kind === 'sheet') {
    const rows = withinFile(await readSheet(name, bytes.value), name);
    return rows.ok ? ok({ kind: 'sheet', rows: rows.value, ledger: end() }) : rows;
  }
  const certificate = kind === 'dpe' ? readDpe(name, bytes.value) : undefined;
  if (certificate?.ok === false) return certificate;
  const described =
    certificate === undefined
      ? withinFile(readForm(name, bytes.value), name)
      : ok(describeCertificate(certificate.value));
  if (!described.ok) return described;
  const { elements } = described.value.envelope;
  return ok({
    kind: 'building',
    described: described.value,
    ledger: {
      ...end(),
      recordsInFile: elements.length,
      recordsParsed: elements.length,
      bytesInFile: size,
      bytesKept: Buffer.byteLength(
        JSON.stringify(elements.map((one) => [one.kind, one.exposure, one.areaNetM2, one.u.value])),
      ),
    },
  });
};

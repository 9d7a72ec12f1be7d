import type { ByteSource } from '#core/byte-source.ts';
import { type Warning, warning } from '#core/message.ts';
import { failure, ok, type Result } from '#core/result.ts';
import { countEn, countFr } from '#core/wording.ts';
import { ByteWindow, type Page } from './byte-window.ts';
import { IdSet } from './id-set.ts';
import { KeywordTable } from './keyword-table.ts';
import { parseArguments, referencesIn } from './parse-record.ts';
import { Recent } from './recent.ts';
import { RecordIndex } from './record-index.ts';
import { StatementScanner, type StatementSink } from './scan-statements.ts';
import { type ScanEnd, scanSource } from './scan-source.ts';
import type { StepFile, StepValue } from './step-file.ts';
import { emptyHeader, formatRefusal, noteStatement, schemaRefusal } from './step-header.ts';

/**
 * Entities that fill a file by the hundred thousand and are only ever reached by reference. Their ids are not
 * listed during the scan; asking for one of these types costs another scan.
 */
const UNLISTED = new Set([
  'IFCCARTESIANPOINT',
  'IFCDIRECTION',
  'IFCPOLYLOOP',
  'IFCFACE',
  'IFCFACEOUTERBOUND',
  'IFCFACEBOUND',
  'IFCPOLYLINE',
  'IFCAXIS2PLACEMENT3D',
  'IFCAXIS2PLACEMENT2D',
  'IFCLOCALPLACEMENT',
  'IFCPROPERTYSINGLEVALUE',
  'IFCPROPERTYSET',
  'IFCEXTRUDEDAREASOLID',
  'IFCSHAPEREPRESENTATION',
  'IFCPRODUCTDEFINITIONSHAPE',
  'IFCSTYLEDITEM',
  'IFCEDGELOOP',
  'IFCEDGECURVE',
  'IFCORIENTEDEDGE',
  'IFCVERTEXPOINT',
  'IFCVECTOR',
  'IFCLINE',
  'IFCPLANE',
  'IFCADVANCEDFACE',
  'IFCINDEXEDPOLYGONALFACE',
  'IFCCOMPOSITECURVESEGMENT',
  'IFCTRIMMEDCURVE',
  'IFCCIRCLE',
  'IFCARBITRARYCLOSEDPROFILEDEF',
  'IFCRECTANGLEPROFILEDEF',
]);

const RECORDS_CACHED = 512;
/** What is read first of a record that runs over the end of a page. */
const WIDE_BYTES = 16 * 1024;

/** An opened file that also says what it holds, what was read of it, and what is odd about it. */
export type OpenedStep = StepFile & {
  readonly preprocessor: string;
  readonly recordsInFile: number;
  readonly bytesInFile: number;
  /** Different records parsed so far. */
  recordsParsed(): number;
  /** Every reference in the record, in order, nested ones too; cheaper than `record` for long relations. */
  references(id: number): readonly number[];
  /** The statement as it stands in the file, without its semicolon; undefined when the id is absent. */
  recordText(id: number): string | undefined;
  /** Where the statement stands in the file: its first byte and its semicolon. */
  extentOf(id: number): { readonly offset: number; readonly end: number } | undefined;
  /** Records asked for so far, by any question, that the file does not hold: how many, and the first of them. */
  missing(): { readonly count: number; readonly first: number };
  /** What is odd in the text: repeated ids, broken records, a missing end mark. */
  readonly warnings: readonly Warning[];
};

/** A record as it was read, so that its type needs no second search. */
type Parsed = { readonly type: string; readonly values: readonly StepValue[] };
/** A record in the bytes of a page: its `#`, the parenthesis that opens its list and its semicolon. */
type Found = {
  readonly page: Page;
  readonly start: number;
  readonly listStart: number;
  readonly end: number;
  readonly code: number;
};

const SILENT: StatementSink = { record: () => {}, statement: () => {}, broken: () => {} };

class IndexedStep implements OpenedStep {
  readonly schema: string;
  readonly application: string;
  readonly preprocessor: string;
  readonly recordsInFile: number;
  readonly bytesInFile: number;
  readonly warnings: readonly Warning[];
  readonly #source: ByteSource;
  readonly #window: ByteWindow;
  readonly #keywords: KeywordTable;
  readonly #scanner: StatementScanner;
  readonly #index: RecordIndex;
  readonly #idsByCode: number[][];
  readonly #unlisted = new Map<string, readonly number[]>();
  readonly #parsed = new Recent<Parsed>(RECORDS_CACHED);
  readonly #everParsed = new IdSet();
  readonly #missing = new IdSet();
  #firstMissing = 0;

  constructor(
    source: ByteSource,
    scan: {
      keywords: KeywordTable;
      index: RecordIndex;
      idsByCode: number[][];
      schema: string;
      application: string;
      preprocessor: string;
      warnings: readonly Warning[];
    },
  ) {
    this.#source = source;
    this.#window = new ByteWindow(source);
    this.#keywords = scan.keywords;
    this.#scanner = new StatementScanner(scan.keywords, SILENT);
    this.#index = scan.index;
    this.#idsByCode = scan.idsByCode;
    this.schema = scan.schema;
    this.application = scan.application;
    this.preprocessor = scan.preprocessor;
    this.warnings = scan.warnings;
    this.recordsInFile = scan.index.records;
    this.bytesInFile = source.size;
  }

  typeOf(id: number): string | undefined {
    const known = this.#parsed.get(id);
    if (known !== undefined) return known.type;
    const found = this.#find(id);
    return found === undefined ? undefined : this.#keywords.names[found.code];
  }

  record(id: number): readonly StepValue[] | undefined {
    const known = this.#parsed.get(id);
    if (known !== undefined) return known.values;
    const found = this.#find(id);
    if (found === undefined) return undefined;
    const values = parseArguments(found.page.bytes, found.listStart, found.end);
    if (values === undefined) return undefined;
    this.#everParsed.add(id);
    this.#parsed.set(id, { type: this.#keywords.names[found.code], values });
    return values;
  }

  recordText(id: number): string | undefined {
    const found = this.#find(id);
    if (found === undefined) return undefined;
    const { bytes } = found.page;
    return Buffer.from(bytes.buffer, bytes.byteOffset + found.start, found.end - found.start).toString(
      'latin1',
    );
  }

  extentOf(id: number): { readonly offset: number; readonly end: number } | undefined {
    const found = this.#find(id);
    return found && { offset: found.page.offset + found.start, end: found.page.offset + found.end };
  }

  references(id: number): readonly number[] {
    const found = this.#find(id);
    if (found === undefined) return [];
    this.#everParsed.add(id);
    return referencesIn(found.page.bytes, found.listStart, found.end);
  }

  has(id: number): boolean {
    if (this.#index.offsetOf(id) >= 0) return true;
    this.#miss(id);
    return false;
  }

  recordsParsed(): number {
    return this.#everParsed.size;
  }

  missing(): { readonly count: number; readonly first: number } {
    return { count: this.#missing.size, first: this.#firstMissing };
  }

  idsOfType(type: string): readonly number[] {
    const code = this.#keywords.names.indexOf(type.toUpperCase());
    if (code < 0) return [];
    if (!UNLISTED.has(this.#keywords.names[code])) return this.#idsByCode[code] ?? [];
    const known = this.#unlisted.get(type);
    if (known !== undefined) return known;
    const ids: number[] = [];
    const first = new IdSet();
    this.#rescan((id, _offset, typeCode) => {
      if (first.add(id) && typeCode === code) ids.push(id);
    });
    this.#unlisted.set(type, ids);
    return ids;
  }

  #rescan(record: StatementSink['record']): void {
    scanSource(this.#source, this.#keywords, { ...SILENT, record });
  }

  #miss(id: number): undefined {
    // Ids that no file may have are asked for where a reference is left out.
    if (id > 0 && this.#missing.add(id) && this.#missing.size === 1) this.#firstMissing = id;
  }

  #find(id: number): Found | undefined {
    const offset = this.#index.offsetOf(id);
    if (offset < 0) return this.#miss(id);
    for (let length = 1; ; length = Math.max(WIDE_BYTES, 2 * length)) {
      const page = this.#window.page(offset, length);
      const start = offset - page.offset;
      const end = this.#scanner.recordEnd(page.bytes, page.view, start);
      const { listStart, code } = this.#scanner;
      if (end >= 0) return { page, start, listStart, end, code };
      // Fewer bytes than asked for: the file was cut since it was scanned.
      if (page.offset + page.bytes.length < offset + length) return undefined;
    }
  }
}

/** Line of the byte at `offset`, counted from 1: only computed for a message. */
const lineAt = (source: ByteSource, offset: number): number => {
  let line = 1;
  for (let at = 0; at < offset; at += 1 << 20) {
    const bytes = source.read(at, Math.min(1 << 20, offset - at));
    for (let p = bytes.indexOf(10); p >= 0; p = bytes.indexOf(10, p + 1)) line++;
  }
  return line;
};

const refusalOfEnd = (source: ByteSource, end: ScanEnd, complete: boolean): Result<never> | undefined => {
  if (end.pending === 'nothing' && complete) return undefined;
  const line = lineAt(source, end.offset);
  const place = { file: source.name, line };
  if (end.pending === 'string') {
    return failure(
      'unterminated-string',
      `Une chaîne de caractères ouverte à la ligne ${line} n’est jamais fermée : le fichier est abîmé ou coupé. Exportez-le de nouveau.`,
      `A character string opened at line ${line} is never closed: the file is damaged or cut. Export it again.`,
      place,
    );
  }
  if (end.pending === 'too-long') {
    return failure(
      'record-too-long',
      `L’enregistrement de la ligne ${line} dépasse 256 Mo : le fichier est abîmé. Exportez-le de nouveau.`,
      `The record at line ${line} is longer than 256 MB: the file is damaged. Export it again.`,
      place,
    );
  }
  return failure(
    'truncated-file',
    `Le fichier s’arrête à la ligne ${line} sans sa fin (END-ISO-10303-21) : il a été coupé pendant l’export ou la copie. Exportez-le ou copiez-le de nouveau.`,
    `The file stops at line ${line} without its end (END-ISO-10303-21): it was cut during export or copy. Export or copy it again.`,
    place,
  );
};

const textWarnings = (
  source: ByteSource,
  index: RecordIndex,
  broken: readonly number[],
  endMark: boolean,
): Warning[] => {
  const warnings: Warning[] = [];
  if (!endMark) {
    warnings.push(
      warning(
        'missing-end-mark',
        'La marque de fin (END-ISO-10303-21) manque, mais la section des données est complète.',
        'The end mark (END-ISO-10303-21) is missing, but the data section is complete.',
        { place: { file: source.name } },
      ),
    );
  }
  if (broken.length > 0) {
    const line = lineAt(source, broken[0]);
    warnings.push(
      warning(
        'broken-records',
        `${countFr(broken.length, 'enregistrement illisible laissé', 'enregistrements illisibles laissés')} de côté, le premier à la ligne ${line}.`,
        `${countEn(broken.length, 'unreadable record', 'unreadable records')} left aside, the first at line ${line}.`,
        { place: { file: source.name, line } },
      ),
    );
  }
  if (index.duplicates.length > 0) {
    const { id, offset } = index.duplicates[0];
    const line = lineAt(source, offset);
    warnings.push(
      warning(
        'duplicate-ids',
        `${countFr(index.duplicates.length, 'numéro d’enregistrement employé', 'numéros d’enregistrement employés')} deux fois (d’abord #${id}, ligne ${line}) ; le premier sens est gardé.`,
        `${countEn(index.duplicates.length, 'record number', 'record numbers')} used twice (first #${id}, line ${line}); the first meaning is kept.`,
        { ref: `#${id}`, place: { file: source.name, line } },
      ),
    );
  }
  return warnings;
};

/**
 * Opens a STEP physical file (ISO 10303-21) that holds an IFC model: one pass in 4 MiB chunks, after which records
 * are read from the source again when asked for. Memory stays at some four bytes a record.
 *
 * Errors: `not-an-ifc-file`, `unsupported-schema`, `unterminated-string`, `truncated-file`, `record-too-long`.
 */
export const openStepFile = (source: ByteSource): Result<OpenedStep> => {
  const refused = formatRefusal(source);
  if (refused !== undefined) return refused;
  const header = emptyHeader();
  const keywords = new KeywordTable();
  const index = new RecordIndex(source.size);
  const idsByCode: number[][] = [];
  const listed: boolean[] = [];
  const broken: number[] = [];
  const end = scanSource(source, keywords, {
    record: (id, offset, code) => {
      if (!index.add(id, offset)) return;
      if (code >= listed.length) {
        for (let added = listed.length; added <= code; added++) {
          listed.push(!UNLISTED.has(keywords.names[added]));
          idsByCode.push([]);
        }
      }
      if (listed[code]) idsByCode[code].push(id);
    },
    statement: (bytes, start, stop) => noteStatement(header, bytes, start, stop),
    broken: (offset) => broken.push(offset),
  });
  const unfinished = refusalOfEnd(source, end, header.endMark || header.dataEnded);
  if (unfinished !== undefined) return unfinished;
  const unsupported = schemaRefusal(header.schema, source.name);
  if (unsupported !== undefined) return unsupported;
  return ok(
    new IndexedStep(source, {
      keywords,
      index,
      idsByCode,
      schema: header.schema,
      application: header.originatingSystem || header.preprocessor,
      preprocessor: header.preprocessor,
      warnings: textWarnings(source, index, broken, header.endMark),
    }),
  );
};

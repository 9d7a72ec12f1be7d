import type { KeywordTable } from './keyword-table.ts';

/** What the scanner tells as it walks a file. Offsets are in bytes from the start of the file. */
export type StatementSink = {
  record(id: number, offset: number, typeCode: number): void;
  /** A statement without `#`: the header's entities and the section marks, without its final semicolon. */
  statement(bytes: Uint8Array, start: number, end: number): void;
  broken(offset: number): void;
};

/** Why the scan needs more bytes than it was given; tells at the end of the file what was left open. */
export type Pending = 'nothing' | 'record' | 'string' | 'comment';

const HASH = 35;
const QUOTE = 39;
const SLASH = 47;
const STAR = 42;
const EQUALS = 61;
const SEMICOLON = 59;
const NEWLINE = 10;
const PAREN = 40;

const stopTable = (...stops: number[]): Uint8Array => {
  const table = new Uint8Array(256);
  for (const stop of stops) table[stop] = 1;
  return table;
};

// '=' never occurs inside arguments outside strings, so meeting one means that a semicolon was lost.
const BODY_STOP = stopTable(SEMICOLON, QUOTE, SLASH, EQUALS);
const STRING_STOP = stopTable(QUOTE, NEWLINE);
const NAME_BYTE = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  const letter = (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
  const digit = byte >= 48 && byte <= 57;
  NAME_BYTE[byte] = letter || digit || byte === 95 ? 1 : 0;
}

const MAX_ID = Number.MAX_SAFE_INTEGER;

/** True when a new record (`#12=`) starts at `p` after blanks: no string or argument list may contain that. */
const recordStartsAt = (b: Uint8Array, from: number, n: number): number => {
  let p = from;
  while (p < n && b[p] <= 32) p++;
  if (b[p] !== HASH) return -1;
  const start = p++;
  const digits = p;
  while (p < n && b[p] >= 48 && b[p] <= 57) p++;
  if (p === digits) return -1;
  while (p < n && b[p] <= 32) p++;
  return b[p] === EQUALS ? start : -1;
};

/** The `#` of the record whose `=` is at `equals`, or -1 when what stands before is no record name. */
const recordNameBefore = (b: Uint8Array, equals: number, after: number): number => {
  let p = equals - 1;
  while (p > after && b[p] <= 32) p--;
  const last = p;
  while (p > after && b[p] >= 48 && b[p] <= 57) p--;
  return p < last && p > after && b[p] === HASH ? p : -1;
};

/** Walks statements chunk by chunk. A statement that does not end in the chunk is left for the next call. */
export class StatementScanner {
  pending: Pending = 'nothing';
  /** Of the record whose name was read last: the code of its type, -1 for none, and where its list opens. */
  code = -1;
  listStart = 0;
  #id = 0;
  readonly #keywords: KeywordTable;
  readonly #sink: StatementSink;

  constructor(keywords: KeywordTable, sink: StatementSink) {
    this.#keywords = keywords;
    this.#sink = sink;
  }

  /**
   * Scans `b`, which lies at `base` in the file, up to its end, and returns how many of its bytes are done with.
   */
  scan(b: Uint8Array, base: number): number {
    const n = b.length;
    const view = new DataView(b.buffer, b.byteOffset, n);
    const sink = this.#sink;
    let p = 0;
    for (;;) {
      while (p < n && b[p] <= 32) p++;
      if (p >= n) {
        this.pending = 'nothing';
        return n;
      }
      if (b[p] !== HASH) {
        const blank = p;
        p = this.#skipBlanks(b, p, n);
        if (p >= n) return this.pending === 'comment' ? blank : n;
      }
      const start = p;
      p = this.#readName(b, view, p, n);
      const end = this.#statementEnd(b, p, n, start);
      if (end < 0) {
        if (end === -1) return start;
        sink.broken(base + start);
        p = -end - 2;
        continue;
      }
      if (b[start] !== HASH) sink.statement(b, start, end);
      else if (this.code < 0 || this.#id < 1 || this.#id > MAX_ID) sink.broken(base + start);
      else sink.record(this.#id, base + start, this.code);
      p = end + 1;
    }
  }

  /**
   * Where the semicolon of the record that begins at `start` stands; -1 when the bytes end before it. Fills `code` and
   * `listStart`. For records that a scan has told of.
   */
  recordEnd(b: Uint8Array, view: DataView, start: number): number {
    const n = b.length;
    const name = this.#readName(b, view, start, n);
    this.listStart = this.#skipBlanks(b, name, n);
    return Math.max(-1, this.#statementEnd(b, name, n, start));
  }

  /** Reads `#12 = NAME` at `start`, if it stands there, and gives where it stopped. */
  #readName(b: Uint8Array, view: DataView, start: number, n: number): number {
    let p = start;
    let id = 0;
    this.code = -1;
    if (b[p] !== HASH) return p;
    p++;
    while (p < n && b[p] >= 48 && b[p] <= 57) id = id * 10 + (b[p++] - 48);
    this.#id = id;
    if (b[p] !== EQUALS) p = this.#skipBlanks(b, p, n);
    if (p >= n || b[p] !== EQUALS) return p;
    p = this.#skipBlanks(b, p + 1, n);
    const nameStart = p;
    while (p < n && NAME_BYTE[b[p]] === 1) p++;
    if (p < n && (p > nameStart || b[p] === PAREN)) this.code = this.#keywords.codeOf(view, nameStart, p);
    return p;
  }

  /** Offset of the closing semicolon; -1 when the bytes end first; -2 - p when a new record starts at p. */
  #statementEnd(b: Uint8Array, from: number, n: number, start: number): number {
    let p = from;
    for (;;) {
      // Four bytes a step: this loop sees most of the file's bytes.
      while (
        p < n - 3 &&
        (BODY_STOP[b[p]] | BODY_STOP[b[p + 1]] | BODY_STOP[b[p + 2]] | BODY_STOP[b[p + 3]]) === 0
      ) {
        p += 4;
      }
      while (p < n && BODY_STOP[b[p]] === 0) p++;
      if (p >= n) break;
      const c = b[p];
      if (c === SEMICOLON) {
        this.pending = 'nothing';
        return p;
      }
      if (c === QUOTE) {
        for (p++; ; p++) {
          while (p < n && STRING_STOP[b[p]] === 0) p++;
          if (p >= n) {
            this.pending = 'string';
            return -1;
          }
          if (b[p] === QUOTE) break;
          const next = recordStartsAt(b, p, n);
          if (next >= 0) return -2 - next;
        }
        p++;
      } else if (c === EQUALS) {
        const next = recordNameBefore(b, p, start);
        if (next >= 0) return -2 - next;
        p++;
      } else if (b[p + 1] === STAR) {
        p = this.#skipBlanks(b, p, n);
      } else p++;
    }
    if (this.pending !== 'comment') this.pending = 'record';
    return -1;
  }

  /** First byte from `from` that is neither blank nor in a comment; `n` when there is none yet. */
  #skipBlanks(b: Uint8Array, from: number, n: number): number {
    let p = from;
    this.pending = 'nothing';
    for (;;) {
      while (p < n && b[p] <= 32) p++;
      if (p >= n || b[p] !== SLASH || b[p + 1] !== STAR) return p;
      const shortest = p + 3;
      p += 2;
      while (p < n && (b[p] !== SLASH || b[p - 1] !== STAR || p < shortest)) p++;
      if (p >= n) {
        this.pending = 'comment';
        return n;
      }
      p++;
    }
  }
}

import type { StepValue } from './step-file.ts';
import { decodeStepString } from './step-string.ts';

/** Lists nested deeper than this are no model but an attack on the stack. */
const MAX_DEPTH = 64;

const EXACT_POWERS_OF_TEN = Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

class SyntaxFault extends Error {}

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;

const isNameByte = (byte: number): boolean =>
  (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || byte === 95 || isDigit(byte);

class ArgumentParser {
  readonly #b: Uint8Array;
  readonly #end: number;
  #p: number;

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.#b = bytes;
    this.#p = start;
    this.#end = end;
  }

  list(depth: number): StepValue[] {
    if (depth > MAX_DEPTH) throw new SyntaxFault('nested too deep');
    const values: StepValue[] = [];
    this.#p++;
    this.#skipBlanks();
    if (this.#byte() === 41) {
      this.#p++;
      return values;
    }
    for (;;) {
      values.push(this.#value(depth));
      this.#skipBlanks();
      const separator = this.#byte();
      this.#p++;
      if (separator === 41) return values;
      if (separator !== 44) throw new SyntaxFault('neither comma nor parenthesis');
    }
  }

  #byte(): number {
    return this.#p < this.#end ? this.#b[this.#p] : -1;
  }

  #skipBlanks(): void {
    for (;;) {
      while (this.#p < this.#end && this.#b[this.#p] <= 32) this.#p++;
      if (this.#byte() !== 47 || this.#b[this.#p + 1] !== 42) return;
      this.#p += 3;
      while (this.#p < this.#end && (this.#b[this.#p] !== 47 || this.#b[this.#p - 1] !== 42)) this.#p++;
      this.#p++;
    }
  }

  #value(depth: number): StepValue {
    this.#skipBlanks();
    const c = this.#byte();
    if (c === 35) {
      const from = ++this.#p;
      let ref = 0;
      while (isDigit(this.#byte())) ref = ref * 10 + (this.#b[this.#p++] - 48);
      if (this.#p === from) throw new SyntaxFault('reference without number');
      return ref <= Number.MAX_SAFE_INTEGER ? { ref } : null;
    }
    if (c === 36 || c === 42) {
      this.#p++;
      return null;
    }
    if (c === 39) return this.#string();
    if (c === 40) return this.list(depth + 1);
    if (c === 46) return this.#enumeration();
    if (c === 34) return this.#binary();
    if (isDigit(c) || c === 45 || c === 43) return this.#number();
    if (isNameByte(c)) return this.#typed(depth);
    throw new SyntaxFault('unexpected byte');
  }

  #string(): string {
    const start = ++this.#p;
    while (this.#p < this.#end) {
      if (this.#b[this.#p] === 39) {
        if (this.#b[this.#p + 1] !== 39 || this.#p + 1 >= this.#end) {
          return decodeStepString(this.#b, start, this.#p++);
        }
        this.#p++;
      }
      this.#p++;
    }
    throw new SyntaxFault('string not closed');
  }

  #text(start: number): string {
    return Buffer.from(this.#b.buffer, this.#b.byteOffset + start, this.#p - start).toString('latin1');
  }

  #enumeration(): StepValue {
    if (isDigit(this.#b[this.#p + 1])) return this.#number();
    const start = ++this.#p;
    while (isNameByte(this.#byte())) this.#p++;
    const name = this.#text(start).toUpperCase();
    if (this.#byte() !== 46) throw new SyntaxFault('enumeration not closed');
    this.#p++;
    return { enum: name };
  }

  #binary(): string {
    const start = ++this.#p;
    while (this.#p < this.#end && this.#b[this.#p] !== 34) this.#p++;
    const text = this.#text(start);
    this.#p++;
    return text;
  }

  #typed(depth: number): StepValue {
    if (depth > MAX_DEPTH) throw new SyntaxFault('nested too deep');
    const start = this.#p;
    while (isNameByte(this.#byte())) this.#p++;
    const type = this.#text(start).toUpperCase();
    this.#skipBlanks();
    if (this.#byte() !== 40) throw new SyntaxFault('type without value');
    const values = this.list(depth + 1);
    return { type, value: values.length === 1 ? values[0] : values };
  }

  /** Short decimals are computed exactly (53-bit mantissa over an exact power of ten); others by the runtime. */
  #number(): number {
    const start = this.#p;
    const negative = this.#byte() === 45;
    if (negative || this.#byte() === 43) this.#p++;
    let mantissa = 0;
    let decimals = 0;
    for (let c = this.#byte(); isDigit(c); c = this.#byte()) {
      mantissa = mantissa * 10 + (c - 48);
      this.#p++;
    }
    if (this.#byte() === 46) {
      this.#p++;
      for (let c = this.#byte(); isDigit(c); c = this.#byte()) {
        mantissa = mantissa * 10 + (c - 48);
        decimals++;
        this.#p++;
      }
    }
    const e = this.#byte();
    if (e === 69 || e === 101) {
      this.#p++;
      if (this.#byte() === 45 || this.#byte() === 43) this.#p++;
      while (isDigit(this.#byte())) this.#p++;
    } else if (mantissa <= Number.MAX_SAFE_INTEGER && decimals < EXACT_POWERS_OF_TEN.length) {
      const value = mantissa / EXACT_POWERS_OF_TEN[decimals];
      return negative ? -value : value;
    }
    const value = Number(this.#text(start));
    if (Number.isNaN(value)) throw new SyntaxFault('not a number');
    return value;
  }
}

/** Where the keyword of a record stands: after `#12 =`, blanks and comments; the list follows it. */
type RecordHead = { readonly nameStart: number; readonly nameEnd: number; readonly listStart: number };

const skip = (b: Uint8Array, from: number): number => {
  let p = from;
  for (;;) {
    while (p < b.length && b[p] <= 32) p++;
    if (b[p] !== 47 || b[p + 1] !== 42) return p;
    p += 3;
    while (p < b.length && (b[p] !== 47 || b[p - 1] !== 42)) p++;
    p++;
  }
};

/** Finds name and list of the record or header statement that starts at `start`. */
export const recordHead = (b: Uint8Array, start: number): RecordHead => {
  let p = start;
  if (b[p] === 35) {
    p++;
    while (isDigit(b[p])) p++;
    p = skip(b, skip(b, p) + 1);
  }
  const nameStart = p;
  while (p < b.length && isNameByte(b[p])) p++;
  return { nameStart, nameEnd: p, listStart: skip(b, p) };
};

/** The numbers of all references in `[from, end)`, outside strings. */
export const referencesIn = (b: Uint8Array, from: number, end: number): readonly number[] => {
  const refs: number[] = [];
  let p = from;
  while (p < end) {
    const c = b[p++];
    if (c === 39) {
      while (p < end && b[p] !== 39) p++;
      p++;
    } else if (c === 35) {
      let ref = 0;
      while (isDigit(b[p])) ref = ref * 10 + (b[p++] - 48);
      refs.push(ref);
    } else if (c === 47 && b[p] === 42) p = skip(b, p - 1);
  }
  return refs;
};

/** Parses the argument list that opens at `listStart`; undefined when the text is broken. */
export const parseArguments = (
  b: Uint8Array,
  listStart: number,
  end: number,
): readonly StepValue[] | undefined => {
  if (b[listStart] !== 40) return undefined;
  try {
    return new ArgumentParser(b, listStart, end).list(0);
  } catch (error) {
    if (error instanceof SyntaxFault) return undefined;
    throw error;
  }
};

/** Why a compressed stream could not be read: damaged, or longer than it may be. */
export type InflateFault = 'damaged' | 'too-large';

const WINDOW_BITS = 15;

/** Canonical Huffman code as counts by length and symbols in code order (RFC 1951, 3.2.2). */
type Huffman = { readonly counts: Uint16Array; readonly symbols: Uint16Array };

const huffman = (lengths: Uint8Array): Huffman => {
  const counts = new Uint16Array(WINDOW_BITS + 1);
  for (const length of lengths) counts[length]++;
  counts[0] = 0;
  const offsets = new Uint16Array(WINDOW_BITS + 2);
  for (let length = 1; length <= WINDOW_BITS; length++)
    offsets[length + 1] = offsets[length] + counts[length];
  const symbols = new Uint16Array(lengths.length);
  for (const [symbol, length] of lengths.entries()) {
    if (length !== 0) symbols[offsets[length]++] = symbol;
  }
  return { counts, symbols };
};

// Deflate64 (PKWARE APPNOTE, method 9) differs from RFC 1951 in length code 285 (3 + 16 bits) and in distance
// codes 30 and 31, which reach back 64 kB.
const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 3,
];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 16];
const DISTANCE_BITS = Array.from({ length: 32 }, (_, code) => (code < 4 ? 0 : (code >> 1) - 1));
const DISTANCE_BASE = DISTANCE_BITS.map((bits, code) =>
  code < 4 ? code + 1 : (2 + (code & 1)) * 2 ** bits + 1,
);
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

const fixedLengths = (): Uint8Array =>
  Uint8Array.from({ length: 288 }, (_, symbol) =>
    symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
  );

class Damage extends Error {
  readonly fault: InflateFault;

  constructor(fault: InflateFault) {
    super(fault);
    this.fault = fault;
  }
}

class Inflater {
  readonly #input: Uint8Array;
  readonly #output: Uint8Array;
  #in = 0;
  #out = 0;
  #bits = 0;
  #held = 0;

  constructor(input: Uint8Array, output: Uint8Array) {
    this.#input = input;
    this.#output = output;
  }

  run(): number {
    let last = false;
    while (!last) {
      last = this.#take(1) === 1;
      const kind = this.#take(2);
      if (kind === 0) this.#stored();
      else if (kind === 1) this.#codes(huffman(fixedLengths()), huffman(new Uint8Array(32).fill(5)));
      else if (kind === 2) this.#dynamic();
      else throw new Damage('damaged');
    }
    return this.#out;
  }

  #take(count: number): number {
    while (this.#held < count) {
      if (this.#in >= this.#input.length) throw new Damage('damaged');
      this.#bits |= this.#input[this.#in++] << this.#held;
      this.#held += 8;
    }
    const value = this.#bits & ((1 << count) - 1);
    this.#bits >>>= count;
    this.#held -= count;
    return value;
  }

  #symbol({ counts, symbols }: Huffman): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= WINDOW_BITS; length++) {
      code |= this.#take(1);
      const count = counts[length];
      if (code - count < first) return symbols[index + code - first];
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new Damage('damaged');
  }

  #put(byte: number): void {
    if (this.#out >= this.#output.length) throw new Damage('too-large');
    this.#output[this.#out++] = byte;
  }

  #stored(): void {
    this.#bits = 0;
    this.#held = 0;
    const length = this.#input[this.#in] | (this.#input[this.#in + 1] << 8);
    this.#in += 4;
    if (this.#in + length > this.#input.length) throw new Damage('damaged');
    for (let i = 0; i < length; i++) this.#put(this.#input[this.#in++]);
  }

  #dynamic(): void {
    const literals = this.#take(5) + 257;
    const distances = this.#take(5) + 1;
    const used = this.#take(4) + 4;
    const codeLengths = new Uint8Array(19);
    for (let i = 0; i < used; i++) codeLengths[CODE_LENGTH_ORDER[i]] = this.#take(3);
    const lengthCode = huffman(codeLengths);
    const lengths = new Uint8Array(literals + distances);
    let at = 0;
    while (at < lengths.length) {
      const symbol = this.#symbol(lengthCode);
      if (symbol < 16) lengths[at++] = symbol;
      else {
        if (symbol === 16 && at === 0) throw new Damage('damaged');
        const repeated = symbol === 16 ? lengths[at - 1] : 0;
        let count =
          symbol === 16 ? 3 + this.#take(2) : symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7);
        if (at + count > lengths.length) throw new Damage('damaged');
        while (count-- > 0) lengths[at++] = repeated;
      }
    }
    this.#codes(huffman(lengths.subarray(0, literals)), huffman(lengths.subarray(literals)));
  }

  #codes(literal: Huffman, distance: Huffman): void {
    for (;;) {
      const symbol = this.#symbol(literal);
      if (symbol === 256) return;
      if (symbol < 256) {
        this.#put(symbol);
        continue;
      }
      if (symbol > 285) throw new Damage('damaged');
      const length = LENGTH_BASE[symbol - 257] + this.#take(LENGTH_BITS[symbol - 257]);
      const code = this.#symbol(distance);
      const back = DISTANCE_BASE[code] + this.#take(DISTANCE_BITS[code]);
      if (back > this.#out) throw new Damage('damaged');
      for (let i = 0; i < length; i++) this.#put(this.#output[this.#out - back]);
    }
  }
}

/** Inflates a Deflate64 stream, which the runtime does not know, into `output`; returns how many bytes it gave. */
export const inflate64 = (input: Uint8Array, output: Uint8Array): number | InflateFault => {
  try {
    return new Inflater(input, output).run();
  } catch (error) {
    if (error instanceof Damage) return error.fault;
    throw error;
  }
};

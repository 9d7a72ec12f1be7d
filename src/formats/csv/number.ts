/** Powers of ten a double holds exactly. */
const powers = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);

const ascii = new TextDecoder('latin1');
const missingWords = new Set(['', '-', '--', 'na', 'n/a', '#n/a', 'nan', 'null', 'none', 'nd', 'nc', '.']);

/** What a cell held besides a number; NaN itself cannot say which. */
export const cell = { blank: 1, text: 2, number: 0 } as const;

export type ParsedNumber = { value: number; state: number };

/**
 * Reads a decimal number from bytes. `,` and `.` are both decimal marks where only one of them stands; spaces (also
 * unbreakable ones) group thousands. Writes into `into`: a value, or NaN with `blank` or `text`.
 */
export const parseNumber = (bytes: Uint8Array, from: number, to: number, into: ParsedNumber): void => {
  let at = from;
  let negative = false;
  const first = bytes[at];
  if (first === 45 || first === 43) {
    negative = first === 45;
    at++;
  }
  let mantissa = 0;
  let digits = 0;
  let decimals = 0;
  let marks = 0;
  for (; at < to; at++) {
    const byte = bytes[at];
    if (byte >= 48 && byte <= 57) {
      mantissa = mantissa * 10 + (byte - 48);
      digits++;
      if (marks === 1) decimals++;
    } else if ((byte === 46 || byte === 44) && marks === 0) marks = 1;
    else break;
  }
  // Up to 15 digits the quotient of two exact doubles is the nearest double.
  if (at === to && digits > 0 && digits <= 15) {
    const value = mantissa / powers[decimals];
    into.value = negative ? -value : value;
    into.state = cell.number;
    return;
  }
  parseSlow(bytes, from, to, into);
};

const decimalText = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

const parseSlow = (bytes: Uint8Array, from: number, to: number, into: ParsedNumber): void => {
  into.value = Number.NaN;
  into.state = cell.text;
  if (to - from > 64) return;
  let text = ascii
    .decode(bytes.subarray(from, to))
    .replaceAll(/[ \u00a0\u00c2]|\u00e2\u20ac\u00af|\u00e2\u0080\u00af/g, '')
    .toLowerCase();
  if (missingWords.has(text)) {
    into.state = cell.blank;
    return;
  }
  const comma = text.lastIndexOf(',');
  const point = text.lastIndexOf('.');
  if (comma >= 0 && point >= 0)
    text = comma > point ? text.replaceAll('.', '').replace(',', '.') : text.replaceAll(',', '');
  else text = text.replace(',', '.');
  if (!decimalText.test(text)) return;
  const value = Number(text);
  if (!Number.isFinite(value)) return;
  into.value = value;
  into.state = cell.number;
};

const encoder = new TextEncoder();

/** The number a text is, written as `parseNumber` reads it; NaN for anything else. */
export const numberInText = (text: string): number => {
  const bytes = encoder.encode(text);
  const parsed: ParsedNumber = { value: Number.NaN, state: cell.text };
  parseNumber(bytes, 0, bytes.length, parsed);
  return parsed.value;
};

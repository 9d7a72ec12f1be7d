const BACKSLASH = 92;

/** Reads `digits` hexadecimal digits at `at`, or NaN. */
const hex = (text: string, at: number, digits: number): number => {
  const part = text.slice(at, at + digits);
  return part.length === digits && /^[0-9a-fA-F]+$/.test(part) ? Number.parseInt(part, 16) : Number.NaN;
};

/** Code points of `\X2\…\X0\` (width 4) or `\X4\…\X0\` (width 8); stops at the first thing that is no digit. */
const wide = (text: string, from: number, width: number): { decoded: string; next: number } => {
  let decoded = '';
  let at = from;
  for (let code = hex(text, at, width); !Number.isNaN(code); code = hex(text, at, width)) {
    if (width === 4) decoded += String.fromCharCode(code);
    else decoded += code <= 0x10_ff_ff ? String.fromCodePoint(code) : '\uFFFD';
    at += width;
  }
  const closed = text.slice(at, at + 4).toUpperCase() === '\\X0\\';
  return { decoded, next: closed ? at + 4 : at };
};

/** Page of ISO 8859 named by `\PA\` to `\PI\`: only the pages that text decoders name are kept. */
const pageDecoder = (letter: string): InstanceType<typeof TextDecoder> => {
  const page = letter.toUpperCase().charCodeAt(0) - 64;
  return new TextDecoder(page >= 1 && page <= 8 ? `iso-8859-${page}` : 'latin1');
};

const unescape = (text: string): string => {
  let decoded = '';
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf('\\', at);
    if (next < 0) return decoded + text.slice(at);
    decoded += text.slice(at, next);
    const escape = text.slice(next, next + 4).toUpperCase();
    at = next;
    if (escape === '\\X2\\' || escape === '\\X4\\') {
      const run = wide(text, at + 4, escape === '\\X2\\' ? 4 : 8);
      decoded += run.decoded;
      at = run.next;
    } else if (escape.startsWith('\\X\\') && !Number.isNaN(hex(text, at + 3, 2))) {
      decoded += String.fromCharCode(hex(text, at + 3, 2));
      at += 5;
    } else if (escape.startsWith('\\S\\') && at + 3 < text.length) {
      const byte = text.charCodeAt(at + 3) + 128;
      decoded += decoder === undefined ? String.fromCharCode(byte) : decoder.decode(Uint8Array.of(byte));
      at += 4;
    } else if (/^\\P[A-I]\\$/.test(escape)) {
      decoder = pageDecoder(escape[2]);
      at += 4;
    } else {
      decoded += '\\';
      at += escape.startsWith('\\\\') ? 2 : 1;
    }
  }
  return decoded;
};

/**
 * Decodes the inside of a quoted string (ISO 10303-21, clause 6.4.3: doubled quotes, `\X\`, `\X2\`, `\X4\`, `\S\`,
 * `\P.\`). Bytes above 127 are outside the standard but common: read as UTF-8, else as ISO 8859-1.
 */
export const decodeStepString = (bytes: Uint8Array, start: number, end: number): string => {
  let plain = true;
  let ascii = true;
  for (let i = start; i < end; i++) {
    if (bytes[i] === BACKSLASH || bytes[i] === 39) plain = false;
    else if (bytes[i] > 127) ascii = false;
  }
  const view = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
  let text = ascii ? view.toString('latin1') : view.toString('utf8');
  if (!ascii && text.includes('\uFFFD')) text = view.toString('latin1');
  return plain ? text : unescape(text.replaceAll("''", "'"));
};

import { failure, ok, type Result } from '#core/result.ts';
import { openText } from '../csv/index.ts';

/** Nesting no file of readings comes near; deeper text is refused before it is parsed. */
const deepest = 64;
const defaultMaxBytes = 200_000_000;

const tooDeep = (bytes: Uint8Array): boolean => {
  let [depth, quoted] = [0, false];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (quoted) {
      if (byte === 92) at++;
      else if (byte === 34) quoted = false;
    } else if (byte === 34) quoted = true;
    else if (byte === 123 || byte === 91) {
      if (++depth > deepest) return true;
    } else if (byte === 125 || byte === 93) depth--;
  }
  return false;
};

/** Opens and parses JSON, gzip or not. Fails as `openText` does and with `json-malformed`. */
export const openJson = (name: string, bytes: Uint8Array, maxBytes = defaultMaxBytes): Result<unknown> => {
  const text = openText(name, bytes, maxBytes);
  if (!text.ok) return text;
  const malformed = (detail: string): Result<never> =>
    failure(
      'json-malformed',
      `« ${name} » n’est pas du JSON bien formé (${detail}). Exportez-le de nouveau.`,
      `“${name}” is not well-formed JSON (${detail}). Export it again.`,
      { file: name },
    );
  if (tooDeep(text.value.bytes)) return malformed(`more than ${deepest} levels`);
  try {
    return ok(JSON.parse(new TextDecoder(text.value.encoding).decode(text.value.bytes)) as unknown);
  } catch (error) {
    return malformed((error as Error).message.slice(0, 80));
  }
};

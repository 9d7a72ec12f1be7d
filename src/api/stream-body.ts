import type { IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';
import { failure, ok, type Result } from '../core/result.ts';
import { bodyLimits } from './body-limits.ts';

/** Most bytes taken of one call, as sent and once decompressed. */
const readingsLimits = { sentBytes: bodyLimits.readings, openBytes: 2 * bodyLimits.readings } as const;

type BodyLimits = { readonly sentBytes: number; readonly openBytes: number };

/** The refusal of a body over a limit in bytes. */
export const tooLarge = (limit: number, decompressed = false): Result<never> => {
  const megabytes = Math.round(limit / 1e6);
  return failure(
    'body-too-large',
    `L’envoi dépasse ${megabytes} Mo${decompressed ? ' une fois décompressé' : ''}. Rien n’a été gardé ; envoyez-le en plusieurs fois.`,
    `What was sent is over ${megabytes} MB${decompressed ? ' once decompressed' : ''}. Nothing was kept; send it in parts.`,
  );
};

const cut = failure(
  'body-malformed',
  'L’envoi est coupé ou son gzip est abîmé. Rien n’a été gardé ; renvoyez-le.',
  'What was sent is cut short or its gzip is damaged. Nothing was kept; send it again.',
);

/**
 * Reads the body of a request as it comes, decompressing on the way, and stops at the first byte over a limit: a small
 * gzip that opens to gigabytes is given up within the limit. Fails with `body-too-large`, `body-malformed`.
 */
export const readBytes = (
  request: IncomingMessage,
  gzip: boolean,
  limits: BodyLimits = readingsLimits,
): Promise<Result<Buffer>> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let [sent, open] = [0, 0];
    const inflate = gzip ? createGunzip() : undefined;
    const end = (result: Result<Buffer>): void => {
      request.removeListener('data', onSent);
      if (inflate !== undefined) {
        request.unpipe(inflate);
        inflate.destroy();
      }
      chunks.length = 0;
      // What still comes is let through to nowhere, so that the client lives to read the answer.
      request.resume();
      resolve(result);
    };
    const onSent = (chunk: Buffer): void => {
      sent += chunk.length;
      if (sent > limits.sentBytes) end(tooLarge(limits.sentBytes));
    };
    const onOpen = (chunk: Buffer): void => {
      open += chunk.length;
      if (open > limits.openBytes) end(tooLarge(limits.openBytes, gzip));
      else chunks.push(chunk);
    };
    if (Number(request.headers['content-length'] ?? 0) > limits.sentBytes)
      return end(tooLarge(limits.sentBytes));
    request.on('data', onSent);
    request.once('aborted', () => end(cut));
    request.once('error', () => end(cut));
    const text = inflate === undefined ? request : request.pipe(inflate);
    text.on('data', onOpen);
    text.once('error', () => end(cut));
    text.once('end', () => end(ok(Buffer.concat(chunks))));
    return undefined;
  });

const [quote, backslash, openBrace, openBracket, closeBrace, closeBracket] = Buffer.from('"\\{[}]');

/** True when JSON text nests no deeper than `depth`: deep nesting costs the parser memory without measure. */
const isShallow = (bytes: Uint8Array, depth: number): boolean => {
  let [level, inString] = [0, false];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (inString) {
      if (byte === backslash) at++;
      else if (byte === quote) inString = false;
    } else if (byte === quote) inString = true;
    else if (byte === openBrace || byte === openBracket) {
      if (++level > depth) return false;
    } else if (byte === closeBrace || byte === closeBracket) level--;
  }
  return true;
};

/** Parses the JSON of a body. Fails with `body-malformed`. */
export const parseJson = (bytes: Buffer): Result<unknown> => {
  const malformed = (fr: string, en: string): Result<never> =>
    failure('body-malformed', `${fr} Rien n’a été gardé.`, `${en} Nothing was kept.`);
  if (!isShallow(bytes, 8)) return malformed('Le JSON est trop imbriqué.', 'The JSON is nested too deeply.');
  try {
    return ok(JSON.parse(bytes.toString('utf8')));
  } catch (error) {
    const detail = (error as Error).message.slice(0, 200);
    return malformed(`Le JSON est mal formé (${detail}).`, `The JSON is malformed (${detail}).`);
  }
};

import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Warning, warning } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { decimalEn, decimalFr } from '../core/wording.ts';

/** How answers of weather services are fetched and kept. */
export type FetchOptions = {
  readonly cacheFolder: string;
  readonly nowMs: () => number;
  /** Nothing is asked of the network: what is kept is used whatever its age. */
  readonly offline?: boolean;
  /** A kept answer younger than this is not asked for again. */
  readonly maxAgeMs?: number;
  readonly timeoutMs?: number;
  /** Waits before each further try. */
  readonly retryWaitsMs?: readonly number[];
  readonly maxBytes?: number;
};

type Fetched = {
  readonly bytes: Uint8Array;
  readonly from: 'network' | 'cache';
  readonly warnings: readonly Warning[];
};

const dayMs = 86_400_000;
const defaultMaxBytes = 100_000_000;

type Kept = { readonly bytes: Uint8Array; readonly atMs: number };

const pathOf = (folder: string, url: string): string =>
  join(folder, createHash('sha256').update(url).digest('hex').slice(0, 32));

const readKept = (path: string): Kept | undefined => {
  try {
    return { bytes: readFileSync(path), atMs: statSync(path).mtimeMs };
  } catch {
    // Nothing kept under this name: the network is asked.
    return undefined;
  }
};

/** Whole or not at all: written beside, then renamed. */
const keep = (folder: string, path: string, bytes: Uint8Array): void => {
  mkdirSync(folder, { recursive: true });
  const beside = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    writeFileSync(beside, bytes);
    renameSync(beside, path);
  } finally {
    rmSync(beside, { force: true });
  }
};

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

type Attempt = { readonly bytes: Uint8Array } | { readonly fault: string; readonly final: boolean };

const attempt = async (url: string, options: FetchOptions): Promise<Attempt> => {
  const most = options.maxBytes ?? defaultMaxBytes;
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(options.timeoutMs ?? 30_000) });
    // What a server refuses now it refuses a second later; only its own troubles and haste pass.
    if (!answer.ok)
      return { fault: `HTTP ${answer.status}`, final: answer.status < 500 && answer.status !== 429 };
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of answer.body ?? []) {
      size += part.length;
      if (size > most) return { fault: `more than ${Math.round(most / 1e6)} MB`, final: true };
      parts.push(part);
    }
    return { bytes: Buffer.concat(parts) };
  } catch (error) {
    const cause = (error as Error & { cause?: { code?: string } }).cause?.code;
    return { fault: cause ?? (error as Error).name, final: false };
  }
};

const ageDays = (kept: Kept, options: FetchOptions): number => (options.nowMs() - kept.atMs) / dayMs;

const stale = (
  code: string,
  kept: Kept,
  options: FetchOptions,
  why: { fr: string; en: string },
): Fetched => ({
  bytes: kept.bytes,
  from: 'cache',
  warnings: [
    warning(
      code,
      `${why.fr} : la réponse gardée il y a ${decimalFr(ageDays(kept, options), 1)} jours est prise.`,
      `${why.en}: the answer kept ${decimalEn(ageDays(kept, options), 1)} days ago is taken.`,
    ),
  ],
});

/**
 * Fetches an answer, or takes the one kept: a fresh one without asking, any one offline, and an old one, said, when the
 * service does not answer. `accept` looks at new bytes before they are kept, so that a page of errors never is. Fails
 * with `weather-offline` (nothing kept), `weather-unreachable` (retryable) and as `accept` does.
 */
export const fetchKept = async (
  url: string,
  options: FetchOptions,
  accept: (bytes: Uint8Array) => Result<unknown>,
): Promise<Result<Fetched>> => {
  const path = pathOf(options.cacheFolder, url);
  const kept = readKept(path);
  const host = new URL(url).host;
  if (options.offline === true)
    return kept === undefined
      ? failure(
          'weather-offline',
          `Hors ligne, et aucune réponse de ${host} n’est gardée pour cette demande. Reconnectez-vous une fois, ou déposez un fichier météo.`,
          `Offline, and no answer of ${host} is kept for this request. Connect once, or upload a weather file.`,
        )
      : ok(stale('weather-kept', kept, options, { fr: 'Hors ligne', en: 'Offline' }));
  if (kept !== undefined && options.nowMs() - kept.atMs < (options.maxAgeMs ?? dayMs))
    return ok({ bytes: kept.bytes, from: 'cache', warnings: [] });
  let fault = '';
  for (const pause of [0, ...(options.retryWaitsMs ?? [1000, 4000])]) {
    if (pause > 0) await wait(pause);
    const tried = await attempt(url, options);
    if ('bytes' in tried) {
      const accepted = accept(tried.bytes);
      if (accepted.ok) {
        keep(options.cacheFolder, path, tried.bytes);
        return ok({ bytes: tried.bytes, from: 'network', warnings: [] });
      }
      if (kept === undefined) return accepted;
      fault = accepted.error.code;
      break;
    }
    fault = tried.fault;
    if (tried.final) break;
  }
  if (kept !== undefined)
    return ok(
      stale('weather-stale', kept, options, {
        fr: `${host} ne répond pas (${fault})`,
        en: `${host} does not answer (${fault})`,
      }),
    );
  return failure(
    'weather-unreachable',
    `${host} ne répond pas (${fault}) et rien n’est gardé. Réessayez plus tard, ou déposez un fichier météo.`,
    `${host} does not answer (${fault}) and nothing is kept. Try again later, or upload a weather file.`,
  );
};

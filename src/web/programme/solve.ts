import type { Front, Programme, ProgrammeRequest, ProgressLine } from '../../api/contract.ts';
import { failed, type Outcome } from '../send.ts';

type Line = ProgressLine | { readonly result: Programme } | { readonly error: unknown };

export type Told = ProgressLine['progress'];

const post = (path: string, body: unknown, accept: string, signal: AbortSignal): Promise<Response> =>
  fetch(`v1/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify(body),
    signal,
  });

/** The whole lines of a stream as they come, and what is left of the last one. */
const linesOf = async function* (body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    rest += decoder.decode(value, { stream: !done });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    if (done) break;
  }
  if (rest !== '') yield rest;
};

const stopped: Outcome<never> = {
  ok: false,
  message: {
    fr: 'Calcul arrêté. Si un plan entier était déjà trouvé, il est gardé dans la liste.',
    en: 'Stopped. If a whole plan had been found already, it is kept in the list.',
  },
  code: 'stopped',
};

const lost = failed(null);

/** Computes a programme and tells how far it is; stopped by `signal`. */
export const solveProgramme = async (
  request: ProgrammeRequest,
  onProgress: (told: Told) => void,
  signal: AbortSignal,
): Promise<Outcome<Programme>> => {
  try {
    const response = await post('programmes', request, 'application/x-ndjson', signal);
    if (!response.ok) return failed(await response.json());
    if (response.body === null) return lost;
    for await (const text of linesOf(response.body)) {
      if (text === '') continue;
      const line = JSON.parse(text) as Line;
      if ('result' in line) return { ok: true, value: line.result };
      if ('error' in line) return failed(line);
      onProgress(line.progress);
    }
    return lost;
  } catch {
    return signal.aborted ? stopped : lost;
  }
};

/** What less and more money would bring. */
export const askFront = async (request: unknown, signal: AbortSignal): Promise<Outcome<Front>> => {
  try {
    const response = await post('programmes/front', request, 'application/json', signal);
    const answer: unknown = await response.json();
    return response.ok ? { ok: true, value: answer as Front } : failed(answer);
  } catch {
    return signal.aborted ? stopped : lost;
  }
};

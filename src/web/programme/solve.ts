import type { Job, KeptFronts, OwnFrontRequest, ProgrammeRequest } from '../../api/contract.ts';
import { failed, type Outcome, send } from '../send.ts';

const post = async <T>(
  path: string,
  body: unknown,
  init: { readonly signal?: AbortSignal; readonly headers?: Record<string, string> },
): Promise<Outcome<T>> => {
  const response = await fetch(`v1/${path}`, {
    ...init,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...init.headers },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  return response.ok ? { ok: true, value: answer as T } : failed(answer);
};

const stopped: Outcome<never> = {
  ok: false,
  message: { fr: 'Calcul arrêté : rien n’est gardé.', en: 'Stopped: nothing is kept.' },
  code: 'stopped',
};

/** Asks for a programme as a job, which goes on when the page is left. */
export const startProgramme = async (request: ProgrammeRequest): Promise<Outcome<Job>> => {
  try {
    return await post<Job>('programmes', request, { headers: { prefer: 'respond-async' } });
  } catch {
    return failed(null);
  }
};

export const stopJob = (id: number): Promise<Outcome<Job>> => send('POST', `jobs/${id}/cancellation`);

/** The programme that a job left, or why there is none. */
const endOf = ({ state, result, failure }: Job): Outcome<string> => {
  const id = result?.['programmeId'];
  if (state === 'done' && (typeof id === 'string' || typeof id === 'number'))
    return { ok: true, value: String(id) };
  return failure === null ? stopped : { ok: false, ...failure };
};

/**
 * Follows a job to its end; gives the number of its programme. A server that goes away and comes back is found again. `onJob` hears
 * each step, and the function given back stops following, not the job.
 */
export const followProgramme = (
  id: number,
  onJob: (job: Job) => void,
  onEnd: (outcome: Outcome<string>) => void,
): (() => void) => {
  const events = new EventSource(`v1/jobs/${id}/events`);
  const jobOf = (event: Event): Job => JSON.parse((event as MessageEvent<string>).data) as Job;
  events.addEventListener('progress', (event) => onJob(jobOf(event)));
  events.addEventListener('end', (event) => {
    events.close();
    onEnd(endOf(jobOf(event)));
  });
  events.addEventListener('error', () => {
    if (events.readyState !== EventSource.CLOSED) return;
    // A page that is left closes its streams too: only a server that says there is no such job ends the following.
    void send<Job>('GET', `jobs/${id}`).then((found) => {
      if (!found.ok && found.code !== 'unreachable') onEnd(found);
    });
  });
  return () => events.close();
};

/** What less and more money would bring to a programme; the server keeps it beside the programme. */
export const askFront = async (
  id: string,
  request: OwnFrontRequest,
  signal: AbortSignal,
): Promise<Outcome<KeptFronts[number]>> => {
  try {
    return await post<KeptFronts[number]>(`programmes/${id}/front`, request, { signal });
  } catch {
    return signal.aborted ? stopped : failed(null);
  }
};

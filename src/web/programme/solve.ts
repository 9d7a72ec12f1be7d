import { useEffect, useState } from 'preact/hooks';
import type { Job, MeteringRequest, OwnFrontRequest, ProgrammeRequest } from '../../client/names.ts';
import { addressOf, initOf } from '../../client/request.ts';
import { failed, type Outcome, outcomeOf, send } from '../send.ts';

const stopped: Outcome<never> = {
  ok: false,
  message: { fr: 'Calcul arrêté : rien n’est gardé.', en: 'Stopped: nothing is kept.' },
  code: 'stopped',
};

const asJob = { prefer: 'respond-async' } as const;

const started = async (asking: () => Promise<Response>): Promise<Outcome<Job>> => {
  try {
    return await outcomeOf(await asking());
  } catch {
    return failed(null);
  }
};

/** Asks for a programme as a job, which goes on when the page is left; as do the two that follow. */
export const startProgramme = (body: ProgrammeRequest): Promise<Outcome<Job>> => {
  const asked = { body, headers: asJob };
  return started(() => fetch(addressOf('POST /v1/programmes', asked), initOf('POST /v1/programmes', asked)));
};

/** What less and more money would bring to a programme; the server keeps it beside the programme. */
export const startFront = (id: string, body: OwnFrontRequest): Promise<Outcome<Job>> => {
  const asked = { path: { id }, body, headers: asJob };
  return started(() =>
    fetch(
      addressOf('POST /v1/programmes/{id}/front', asked),
      initOf('POST /v1/programmes/{id}/front', asked),
    ),
  );
};

/** Which of the buildings of a programme to measure; the job keeps the answer. */
export const startMetering = (id: string, body: MeteringRequest): Promise<Outcome<Job>> => {
  const asked = { path: { id }, body, headers: asJob };
  return started(() =>
    fetch(
      addressOf('POST /v1/programmes/{id}/metering-plan', asked),
      initOf('POST /v1/programmes/{id}/metering-plan', asked),
    ),
  );
};

export const stopJob = (id: number): Promise<Outcome<Job>> =>
  send('POST /v1/jobs/{id}/cancellation', { path: { id } });

type Left = NonNullable<Job['result']>;

/** What a job left, or why it left nothing. */
const endOf = ({ state, result, failure }: Job): Outcome<Left> => {
  if (state === 'done' && result !== null) return { ok: true, value: result };
  return failure === null ? stopped : { ok: false, ...failure };
};

/**
 * Follows a job to its end. A server that goes away and comes back is found again. `onJob` hears each step, and the function given
 * back stops following, not the job.
 */
const followJob = (
  id: number,
  onJob: (job: Job) => void,
  onEnd: (outcome: Outcome<Left>) => void,
): (() => void) => {
  const events = new EventSource(addressOf('GET /v1/jobs/{id}/events', { path: { id } }));
  const jobOf = (event: Event): Job => JSON.parse((event as MessageEvent<string>).data) as Job;
  events.addEventListener('progress', (event) => onJob(jobOf(event)));
  events.addEventListener('end', (event) => {
    events.close();
    onEnd(endOf(jobOf(event)));
  });
  events.addEventListener('error', () => {
    if (events.readyState !== EventSource.CLOSED) return;
    // A page that is left closes its streams too: only a server that says there is no such job ends the following.
    void send('GET /v1/jobs/{id}', { path: { id } }).then((found) => {
      if (!found.ok && found.code !== 'unreachable') onEnd(found);
    });
  });
  return () => events.close();
};

/** The job of that number as it goes on, 0 for none; `onEnd` hears what it left, at once where it ended before. */
export const useJob = (id: number, onEnd: (outcome: Outcome<Left>) => void): Job | null => {
  const [told, setTold] = useState<Job | null>(null);
  useEffect(() => {
    if (id === 0) return undefined;
    return followJob(id, setTold, (outcome) => {
      setTold(null);
      onEnd(outcome);
    });
  }, [id]);
  return told;
};

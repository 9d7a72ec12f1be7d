import { confirmDraft, loadDraft, upload } from '../add/api.ts';
import { type Outcome, send } from '../send.ts';
import type { Stage } from './import-item.ts';

/** Pauses between two questions, ms: of a reading that goes on, and of a server that is away (the last one stays). */
const LOOK_MS = 700;
const AWAY_MS = [1000, 2000, 4000, 8000] as const;

export type Told = (stage: Stage) => void;
export type Gone = () => boolean;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const away = ({ ok, ...rest }: Outcome<unknown>): boolean =>
  !ok && 'code' in rest && ['unreachable', 'database-unreachable', 'readers-busy'].includes(rest.code);

/** Asks until the server answers, whatever that takes; `told` hears that it is away. */
const persist = async <T>(
  ask: () => Promise<Outcome<T>>,
  told: (away: boolean) => void,
  gone: Gone,
): Promise<Outcome<T>> => {
  for (let attempt = 0; ; attempt++) {
    const outcome = await ask();
    if (!away(outcome) || gone()) return outcome;
    told(true);
    await sleep(AWAY_MS[Math.min(attempt, AWAY_MS.length - 1)] ?? 0);
  }
};

/** Follows an upload until it is read or refused, through restarts of the server. */
export const followDraft = async (id: string, told: Told, gone: Gone): Promise<void> => {
  while (!gone()) {
    const outcome = await persist(
      () => loadDraft(id),
      (isAway) => told({ at: 'reading', draft: id, away: isAway }),
      gone,
    );
    if (gone()) return;
    if (!outcome.ok) return told({ at: 'failed', message: outcome.message, code: outcome.code });
    const draft = outcome.value;
    if (draft.state === 'failed')
      return told({
        at: 'failed',
        code: draft.error?.code ?? 'reading-failed',
        message: draft.error?.message ?? { fr: 'Non lu.', en: 'Not read.' },
      });
    if (draft.state === 'ready') return told({ at: 'ready', draft });
    told({ at: 'reading', draft: id, away: false });
    await sleep(LOOK_MS);
  }
};

/** Sends a file and follows its reading. A sending that breaks off is told: the page still has the file. */
export const sendBuilding = async (file: File, told: Told, gone: Gone): Promise<void> => {
  told({ at: 'sending', share: 0 });
  const { done } = upload(file, file.name, (share) => told({ at: 'sending', share }));
  const outcome = await done;
  if (!outcome.ok) return told({ at: 'failed', message: outcome.message, code: outcome.code });
  told({ at: 'reading', draft: outcome.value.id, away: false });
  return followDraft(outcome.value.id, told, gone);
};

type Ready = Extract<Stage, { at: 'ready' }>['draft'];

/** Whether buildings are in the stock; the server is asked until it answers. */
const held = async (ids: readonly string[], gone: Gone): Promise<readonly string[]> => {
  const found = await persist(
    () => send('GET /v1/buildings', { query: { id: ids, fields: 'id', limit: 100 } }),
    () => {},
    gone,
  );
  return found.ok ? found.value.map(({ id }) => id) : [];
};

/**
 * Confirms an upload. Where the answer does not come, the upload is asked for: it is there, and is confirmed again; or it is gone with its
 * buildings in the stock, and was kept. Never twice, and never a guess.
 */
export const confirmBuilding = async (draft: Ready, by: string, told: Told, gone: Gone): Promise<void> => {
  for (;;) {
    told({ at: 'confirming', draft, away: false });
    const outcome = await confirmDraft(draft.id, { by });
    if (outcome.ok) return told({ at: 'kept', ...outcome.value });
    if (!away(outcome)) return told({ at: 'failed', message: outcome.message, code: outcome.code });
    told({ at: 'confirming', draft, away: true });
    const still = await persist(
      () => loadDraft(draft.id),
      () => {},
      gone,
    );
    if (gone()) return;
    if (still.ok) continue;
    const ids = (draft.sheet?.buildings ?? []).filter(({ taken }) => !taken).map(({ id }) => id);
    const buildings = await held(ids.length === 0 ? [draft.suggestedId] : ids.slice(0, 100), gone);
    return buildings.length > 0
      ? told({ at: 'kept', buildings: ids.length === 0 ? buildings : ids, skipped: [] })
      : told({ at: 'failed', message: still.message, code: still.code });
  }
};

const withFile = (file: File): FormData => {
  const body = new FormData();
  body.set('file', file);
  return body;
};

/** What a file of readings would change of a meter; nothing is kept. */
export const checkReadings = async (file: File, meter: string, told: Told): Promise<void> => {
  told({ at: 'checking', meter });
  const outcome = await send('POST /v1/meters/{id}/readings/preflight', {
    path: { id: meter },
    body: withFile(file),
  });
  told(outcome.ok ? { at: 'checked', meter, report: outcome.value } : { at: 'meter', why: outcome.message });
};

/** Adds the readings; sending them again changes nothing, so a server that went away is simply asked again. */
export const addReadings = async (
  file: File,
  { meter, report }: Extract<Stage, { at: 'checked' }>,
  told: Told,
  gone: Gone,
): Promise<void> => {
  told({ at: 'adding', meter, report });
  const outcome = await persist(
    () => send('POST /v1/meters/{id}/readings', { path: { id: meter }, body: withFile(file) }),
    () => {},
    gone,
  );
  told(
    outcome.ok
      ? { at: 'added', meter, answer: outcome.value }
      : { at: 'failed', message: outcome.message, code: outcome.code },
  );
};

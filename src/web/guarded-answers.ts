import type { Preflight } from '../client/names.ts';
import type { Operations } from '../client/operations.ts';
import { addressOf, initOf } from '../client/request.ts';
import type { Text } from './i18n.ts';
import { failed, type Outcome } from './send.ts';

/** The pre-flight report of a building as it was read, and the version that a change of its answers must still find. */
export type ReadReport = { readonly report: Preflight; readonly version: string };

export const readReport = async (id: string): Promise<Outcome<ReadReport>> => {
  try {
    const response = await fetch(addressOf('GET /v1/buildings/{id}/preflight', { path: { id } }));
    const body: unknown = await response.json();
    if (!response.ok) return failed(body);
    return {
      ok: true,
      value: { report: body as Preflight, version: response.headers.get('etag') ?? '' },
    };
  } catch {
    return failed(null);
  }
};

const writing = 'PUT /v1/buildings/{id}/answers';

/**
 * Replaces the answers of a building, on the very version that was read: what somebody else has answered meanwhile is
 * never overwritten, the change is refused with `precondition-failed` instead.
 */
export const writeAnswers = async (
  id: string,
  version: string,
  change: Operations[typeof writing]['body'],
): Promise<Outcome<ReadReport>> => {
  try {
    const asked = { path: { id }, body: change, headers: { 'if-match': version } };
    const response = await fetch(addressOf(writing, asked), initOf(writing, asked));
    if (!response.ok) return failed(await response.json());
    return await readReport(id);
  } catch {
    return failed(null);
  }
};

/** What a person is told whose change came second. */
export const changedMeanwhile: Text = {
  fr: 'Une autre personne a changé les réponses de ce bâtiment entre-temps : rien n’a été écrasé. Ses réponses sont relues, votre saisie est toujours là : vérifiez-la et envoyez-la de nouveau.',
  en: 'Somebody else has changed the answers of this building meanwhile: nothing was overwritten. Their answers have been read, your entry is still here: check it and send it again.',
};

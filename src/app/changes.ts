import type { Change } from '#store/index.ts';
import { failure, ok, type Result } from '../core/result.ts';
import type { ChangesQuery, ChangesView, ChangeView } from './changes-views.ts';
import type { AppContext } from './context.ts';

const DAY_MS = 86_400_000;

/** How long changes can be read back, days. */
const changesKeptDays = 90;

/** A change as callers read it: its instant in ISO 8601, UTC. */
export const changeView = ({ atMs, detail, ...change }: Change): ChangeView => ({
  ...change,
  detail: { ...detail },
  at: new Date(atMs).toISOString(),
});

/**
 * What changed after a position, in order and complete. Fails with `changes-forgotten` when some of it is no longer
 * kept, `changes-ahead` when the position is past the last change there is.
 */
export const changesSince = async (
  { store }: AppContext,
  { since, limit, kinds }: ChangesQuery,
): Promise<Result<ChangesView>> => {
  const { changes, latest, forgotten } = await store.changes.after(since, {
    limit,
    ...(kinds === undefined ? {} : { kinds }),
  });
  if (since > 0 && since < forgotten)
    return failure(
      'changes-forgotten',
      `Les changements d’après la position ${since} ne sont plus tous gardés (${changesKeptDays} jours). Relisez tout le parc, puis suivez depuis la position ${forgotten}.`,
      `The changes after position ${since} are no longer all kept (${changesKeptDays} days). Read the whole stock again, then follow from position ${forgotten}.`,
      { field: 'since' },
    );
  if (since > latest)
    return failure(
      'changes-ahead',
      `La position ${since} dépasse le dernier changement (${latest}) : elle vient d’une autre base. Relisez tout le parc, puis suivez depuis ${latest}.`,
      `Position ${since} is past the last change (${latest}): it comes from another database. Read the whole stock again, then follow from ${latest}.`,
      { field: 'since' },
    );
  const more = changes.length === limit;
  const next = more ? (changes.at(-1)?.position ?? since) : Math.max(latest, since);
  return ok({ changes: changes.map(changeView), next, latest, more });
};

/** Forgets the changes that are past their time, and the attempts to send them. */
export const forgetChanges = async ({ store, nowMs }: AppContext): Promise<number> => {
  const beforeMs = nowMs() - changesKeptDays * DAY_MS;
  await store.webhooks.forgetAttempts(beforeMs);
  return store.changes.forget(beforeMs);
};

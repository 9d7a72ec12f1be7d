import { failure, ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
import type { PersonLink, PersonRequest, PersonView } from './people-views.ts';

const HOUR_MS = 3_600_000;

const iso = (ms: number): string => new Date(ms).toISOString();

/** Who has a link or a session of the organisation, newest first. Never fails. */
export const listPeople = async ({ store }: AppContext): Promise<Result<PersonView[]>> =>
  ok(
    (await store.identities.openEntries(store.organisationId)).map(
      ({ createdMs, expiresMs, lastUsedMs, ...entry }) => ({
        ...entry,
        createdAt: iso(createdMs),
        expiresAt: iso(expiresMs),
        lastUsedAt: lastUsedMs === undefined ? null : iso(lastUsedMs),
      }),
    ),
  );

/**
 * A link that lets a named person in once; it is in this answer and in no other. The role was checked by the door.
 * Never fails.
 */
export const invitePerson = async (
  { store }: AppContext,
  { person, role, hours }: PersonRequest,
  by: string,
): Promise<Result<PersonLink>> => {
  const entry = { organisationId: store.organisationId, role, name: person };
  const secret = await store.identities.addEntry('link', entry, hours * HOUR_MS);
  await store.audit.add({
    by,
    action: 'make-link',
    subject: `organisation:${store.organisationId}`,
    reason: 'asked through the API',
    detail: { person, role, hours },
  });
  return ok({ person, role, link: `/entrer?lien=${secret}` });
};

/** Ends a link or a session at once. Fails with `unknown-person`. */
export const endPerson = async (
  { store }: AppContext,
  id: number,
  by: string,
): Promise<Result<{ ended: true }>> => {
  const found = (await store.identities.openEntries(store.organisationId)).find((one) => one.id === id);
  if (found === undefined || !(await store.identities.endEntry(store.organisationId, id)))
    return failure(
      'unknown-person',
      `L’accès ${id} n’existe pas, ou il est déjà fini. Relisez la liste des accès.`,
      `There is no access ${id}, or it has ended already. Read the list of accesses again.`,
    );
  await store.audit.add({
    by,
    action: 'end-access',
    subject: `organisation:${store.organisationId}`,
    reason: 'asked through the API',
    detail: { person: found.person, role: found.role, kind: found.kind },
  });
  return ok({ ended: true });
};

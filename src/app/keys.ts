import type { ApiKey } from '#store/index.ts';
import { failure, ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
import type { AuditLine, AuditLogQuery, KeyRequest, KeyView, KeyWithSecret } from './keys-views.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const iso = (ms: number): string => new Date(ms).toISOString();
const isoOrNull = (ms: number | undefined): string | null => (ms === undefined ? null : iso(ms));

const view = (key: ApiKey): KeyView => ({
  id: key.id,
  name: key.name,
  prefix: key.prefix,
  role: key.role,
  scopes: key.scopes === undefined ? null : [...key.scopes],
  createdBy: key.createdBy,
  createdAt: iso(key.createdMs),
  expiresAt: isoOrNull(key.expiresMs),
  revokedAt: isoOrNull(key.revokedMs),
  lastUsedAt: isoOrNull(key.lastUsedMs),
});

const keysOf = ({ store }: AppContext): Promise<ApiKey[]> => store.identities.keys(store.organisationId);

const unknownKey = (id: number): Result<never> =>
  failure('unknown-key', `La clé ${id} n’existe pas.`, `There is no key ${id}.`);

/** The keys of the organisation, newest first, ended ones too; none tells its secret. Never fails. */
export const listKeys = async (context: AppContext): Promise<Result<KeyView[]>> =>
  ok((await keysOf(context)).map(view));

const note = ({ store }: AppContext, by: string, action: string, id: number, detail: object): Promise<void> =>
  store.audit.add({ by, action, subject: `key:${id}`, reason: 'asked through the API', detail });

const added = async (
  context: AppContext,
  made: { readonly id: number; readonly key: string },
): Promise<Result<KeyWithSecret>> => {
  const kept = (await keysOf(context)).find(({ id }) => id === made.id);
  return kept === undefined ? unknownKey(made.id) : ok({ ...view(kept), key: made.key });
};

/**
 * Makes a key; it is in this answer and in no other. The role and the scopes were checked by the door. Fails with
 * `unknown-key` should it end meanwhile.
 */
export const addKey = async (
  context: AppContext,
  { name, role, scopes, days }: KeyRequest,
  by: string,
): Promise<Result<KeyWithSecret>> => {
  const { store, nowMs } = context;
  const made = await store.identities.addKey({
    organisationId: store.organisationId,
    name,
    role,
    createdBy: by,
    expiresMs: nowMs() + days * DAY_MS,
    ...(scopes === undefined ? {} : { scopes }),
  });
  await note(context, by, 'add-key', made.id, {
    name,
    role,
    days,
    ...(scopes === undefined ? {} : { scopes }),
  });
  return added(context, made);
};

/**
 * Makes a key that may do what another may, for as long; the other ends after a time of grace. Fails with `unknown-key`,
 * `key-ended`.
 */
export const rotateKey = async (
  context: AppContext,
  id: number,
  graceHours: number,
  by: string,
): Promise<Result<KeyWithSecret>> => {
  const { store, nowMs } = context;
  const old = (await keysOf(context)).find((key) => key.id === id);
  if (old === undefined) return unknownKey(id);
  if (old.revokedMs !== undefined || (old.expiresMs !== undefined && old.expiresMs <= nowMs()))
    return failure(
      'key-ended',
      `La clé ${id} n’est plus valable : faites-en une nouvelle.`,
      `Key ${id} is no longer good: make a new one.`,
    );
  const made = await store.identities.rotateKey(store.organisationId, id, {
    createdBy: by,
    oldUntilMs: Math.min(old.expiresMs ?? Number.POSITIVE_INFINITY, nowMs() + graceHours * HOUR_MS),
    ...(old.expiresMs === undefined ? {} : { expiresMs: nowMs() + (old.expiresMs - old.createdMs) }),
  });
  await note(context, by, 'rotate-key', id, { newId: made.id, graceHours });
  return added(context, made);
};

/** Ends a key at once. Fails with `unknown-key`. */
export const revokeKey = async (
  context: AppContext,
  id: number,
  by: string,
): Promise<Result<{ revoked: true }>> => {
  if (!(await keysOf(context)).some((key) => key.id === id)) return unknownKey(id);
  await context.store.identities.revokeKey(context.store.organisationId, id);
  await note(context, by, 'revoke-key', id, {});
  return ok({ revoked: true });
};

/** A page of the audit log, newest first, and where the next one begins. */
export const auditLog = async (
  { store }: AppContext,
  { cursor, limit, subject, action, by }: AuditLogQuery,
): Promise<{ readonly lines: AuditLine[]; readonly next: string | null }> => {
  const lines = await store.audit.page({
    limit,
    ...(cursor === undefined ? {} : { before: cursor }),
    ...(subject === undefined ? {} : { subject }),
    ...(action === undefined ? {} : { action }),
    ...(by === undefined ? {} : { by }),
  });
  const last = lines.at(-1);
  return {
    lines: lines.map(({ atMs, detail, ...line }) => ({ ...line, detail: { ...detail }, at: iso(atMs) })),
    next: last !== undefined && lines.length === limit && last.position > 1 ? String(last.position) : null,
  };
};

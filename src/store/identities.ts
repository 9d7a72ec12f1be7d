import { createHash, randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { notFound, rowsOf } from './scope.ts';
import { translating } from './translate.ts';

export type Organisation = { readonly id: number; readonly name: string };

/** Who a secret lets in, and as what. */
export type Entry = {
  readonly organisationId: number;
  readonly role: string;
  readonly name: string;
  /** Of what the role allows, what this key may do; all of it without scopes. */
  readonly scopes?: readonly string[];
};

export type ApiKey = Entry & {
  readonly id: number;
  /** The first characters of the key, to tell keys apart; the key itself is not kept. */
  readonly prefix: string;
  readonly createdBy: string;
  readonly createdMs: number;
  readonly expiresMs?: number;
  readonly revokedMs?: number;
  readonly lastUsedMs?: number;
};

/** A link that nobody has used yet, or a session that one opened; its secret is not kept. */
export type OpenEntry = {
  readonly id: number;
  readonly kind: 'link' | 'session';
  readonly person: string;
  readonly role: string;
  readonly createdMs: number;
  readonly expiresMs: number;
  /** Of a session, to the minute. */
  readonly lastUsedMs?: number;
};

export type Identities = {
  addOrganisation(name: string): Promise<number>;
  organisations(): Promise<Organisation[]>;
  /** Makes a key; its secret is given here and never again. */
  addKey(entry: Entry & { createdBy: string; expiresMs?: number }): Promise<{ id: number; key: string }>;
  /** A key that may do what another one may; the other ends at `oldUntilMs`. Both or neither. Throws `not-found`. */
  rotateKey(
    organisationId: number,
    id: number,
    options: { createdBy: string; oldUntilMs: number; expiresMs?: number },
  ): Promise<{ id: number; key: string }>;
  /** Of an organisation, newest first. */
  keys(organisationId: number): Promise<ApiKey[]>;
  /** Ends a key at once; in other processes within a second. Throws `not-found`. */
  revokeKey(organisationId: number, id: number): Promise<void>;
  /**
   * Whom a key lets in: undefined when it is unknown, ended or revoked; one ended by another process is let in for a second more. Notes its
   * use, once a minute at most.
   */
  entryOfKey(key: string): Promise<Entry | undefined>;
  /** Makes a link or a session; gives its secret. */
  addEntry(kind: 'link' | 'session', entry: Entry, forMs: number): Promise<string>;
  entryOfSession(secret: string): Promise<Entry | undefined>;
  /** Uses a one-time link up. */
  useLink(secret: string): Promise<Entry | undefined>;
  endSession(secret: string): Promise<void>;
  /** Notes that somebody went to sign in elsewhere; gives the secret that their browser keeps. */
  addSignIn(forMs: number): Promise<string>;
  /** Uses it up; false when it is unknown, used or past its time. */
  useSignIn(secret: string): Promise<boolean>;
  /** Links and sessions of an organisation that are still good, newest first. */
  openEntries(organisationId: number): Promise<OpenEntry[]>;
  /** Ends a link or a session at once; false when there is none. */
  endEntry(organisationId: number, id: number): Promise<boolean>;
  /** The organisations that have a job of these kinds to do. */
  organisationsWithJobs(kinds: readonly string[]): Promise<number[]>;
  /**
   * Those of some jobs that have been due for so many seconds while no worker ran or ended a job of these kinds, in any organisation.
   */
  jobsNobodyTakes(ids: readonly number[], kinds: readonly string[], forSeconds: number): Promise<number[]>;
  /** Jobs of all organisations, by kind and state. */
  jobCounts(): Promise<{ kind: string; state: string; count: number }[]>;
};

/** Secrets of 256 random bits: a plain hash of one cannot be guessed back. */
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
const newSecret = (): string => randomBytes(32).toString('base64url');

/** How every key begins, so that scanners of leaked secrets know one. */
const keyMark = 'stk_';

const epochMs = (column: string, name: string): string =>
  `extract(epoch from ${column})::float8 * 1000 as "${name}"`;

const withoutNulls = (row: object): object =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));

/** How long a key is known without asking the database again, ms: a key that is ended elsewhere works for that long at most. */
const keyKnownMs = 1000;
const mostKeysKnown = 1000;

const entryColumns = 'organisation_id as "organisationId", role';

/** Keys that let in a moment ago; a key that does not is asked for each time. */
const knownKeys = () => {
  const known = new Map<string, { readonly entry: Entry; readonly untilMs: number }>();
  return {
    get: (hash: string): Entry | undefined => {
      const found = known.get(hash);
      return found !== undefined && found.untilMs > performance.now() ? found.entry : undefined;
    },
    put: (hash: string, entry: Entry): void => {
      if (known.size >= mostKeysKnown) known.clear();
      known.set(hash, { entry, untilMs: performance.now() + keyKnownMs });
    },
    forget: (): void => known.clear(),
  };
};

const repository = (manager: EntityManager, known = knownKeys()): Identities => ({
  addOrganisation: async (name) => {
    const [row] = await rowsOf<{ id: number }>(
      manager,
      'insert into organisations (name) values ($1) returning id',
      [name],
    );
    return row?.id ?? 0;
  },
  organisations: () => rowsOf(manager, 'select id, name from organisations order by id'),
  addKey: async ({ organisationId, role, name, scopes, createdBy, expiresMs }) => {
    const key = `${keyMark}${newSecret()}`;
    const [row] = await rowsOf<{ id: number }>(
      manager,
      `insert into api_keys (organisation_id, name, prefix, hash, role, created_by, expires_at, scopes)
       values ($1, $2, $3, $4, $5, $6, to_timestamp($7::float8 / 1000), $8) returning id`,
      [
        organisationId,
        name,
        key.slice(0, 10),
        hashOf(key),
        role,
        createdBy,
        expiresMs ?? null,
        scopes === undefined ? null : [...scopes],
      ],
    );
    return { id: row?.id ?? 0, key };
  },
  rotateKey: async (organisationId, id, { createdBy, oldUntilMs, expiresMs }) => {
    const key = `${keyMark}${newSecret()}`;
    const [row] = await rowsOf<{ id: number }>(
      manager,
      `with old as (update api_keys set expires_at = to_timestamp($5::float8 / 1000)
         where organisation_id = $1 and id = $2 returning name, role, scopes),
       made as (insert into api_keys (organisation_id, name, prefix, hash, role, created_by, expires_at, scopes)
         select $1, name, $3, $4, role, $6, to_timestamp($7::float8 / 1000), scopes from old returning id)
       select id from made`,
      [organisationId, id, key.slice(0, 10), hashOf(key), oldUntilMs, createdBy, expiresMs ?? null],
    );
    known.forget();
    if (row === undefined) throw notFound({ fr: 'La clé', en: 'key' }, id);
    return { id: row.id, key };
  },
  keys: async (organisationId) => {
    const rows = await rowsOf<object>(
      manager,
      `select id, ${entryColumns}, name, prefix, scopes, created_by as "createdBy", ${epochMs('created_at', 'createdMs')},
         ${epochMs('expires_at', 'expiresMs')}, ${epochMs('revoked_at', 'revokedMs')},
         ${epochMs('last_used_at', 'lastUsedMs')}
       from api_keys where organisation_id = $1 order by id desc`,
      [organisationId],
    );
    return rows.map((row) => withoutNulls(row) as ApiKey);
  },
  revokeKey: async (organisationId, id) => {
    const [row] = await rowsOf<{ done: number }>(
      manager,
      `with ended as (update api_keys set revoked_at = coalesce(revoked_at, now())
         where organisation_id = $1 and id = $2 returning 1) select count(*)::int as done from ended`,
      [organisationId, id],
    );
    known.forget();
    if (row?.done !== 1) throw notFound({ fr: 'La clé', en: 'key' }, id);
  },
  entryOfKey: async (key) => {
    const hash = hashOf(key);
    const lately = known.get(hash);
    if (lately !== undefined) return lately;
    const [row] = await rowsOf<
      Omit<Entry, 'scopes'> & { id: number; noted: boolean; scopes: string[] | null }
    >(
      manager,
      `select id, ${entryColumns}, name, scopes, coalesce(last_used_at > now() - interval '1 minute', false) as noted
       from api_keys
       where hash = $1 and revoked_at is null and (expires_at is null or expires_at > now())`,
      [hash],
    );
    if (row === undefined) return undefined;
    const { id, noted, scopes, ...rest } = row;
    if (!noted) await manager.query('update api_keys set last_used_at = now() where id = $1', [id]);
    const entry = scopes === null ? rest : { ...rest, scopes };
    known.put(hash, entry);
    return entry;
  },
  addEntry: async (kind, { organisationId, role, name }, forMs) => {
    const secret = newSecret();
    await manager.query('delete from entries where expires_at <= now()');
    await manager.query(
      `insert into entries (hash, organisation_id, kind, person, role, expires_at)
       values ($1, $2, $3, $4, $5, now() + make_interval(secs => $6::float8))`,
      [hashOf(secret), organisationId, kind, name, role, forMs / 1000],
    );
    return secret;
  },
  entryOfSession: async (secret) => {
    const [row] = await rowsOf<Entry & { id: number; noted: boolean }>(
      manager,
      `select id, ${entryColumns}, person as name, coalesce(last_used_at > now() - interval '1 minute', false) as noted
       from entries where hash = $1 and kind = 'session' and expires_at > now()`,
      [hashOf(secret)],
    );
    if (row === undefined) return undefined;
    const { id, noted, ...entry } = row;
    if (!noted) await manager.query('update entries set last_used_at = now() where id = $1', [id]);
    return entry;
  },
  useLink: async (secret) => {
    const [row] = await rowsOf<Entry>(
      manager,
      `with used as (delete from entries where hash = $1 and kind = 'link' and expires_at > now()
         returning organisation_id, role, person)
       select ${entryColumns}, person as name from used`,
      [hashOf(secret)],
    );
    return row;
  },
  endSession: async (secret) => {
    await manager.query(`delete from entries where hash = $1 and kind = 'session'`, [hashOf(secret)]);
  },
  addSignIn: async (forMs) => {
    const secret = newSecret();
    await manager.query('delete from sign_ins where expires_at <= now()');
    await manager.query(
      'insert into sign_ins (hash, expires_at) values ($1, now() + make_interval(secs => $2::float8))',
      [hashOf(secret), forMs / 1000],
    );
    return secret;
  },
  useSignIn: async (secret) => {
    const [row] = await rowsOf<{ used: number }>(
      manager,
      `with used as (delete from sign_ins where hash = $1 and expires_at > now() returning 1)
       select count(*)::int as used from used`,
      [hashOf(secret)],
    );
    return row?.used === 1;
  },
  openEntries: async (organisationId) => {
    const rows = await rowsOf<object>(
      manager,
      `select id, kind, person, role, ${epochMs('created_at', 'createdMs')}, ${epochMs('expires_at', 'expiresMs')},
         ${epochMs('last_used_at', 'lastUsedMs')}
       from entries where organisation_id = $1 and expires_at > now() order by id desc`,
      [organisationId],
    );
    return rows.map((row) => withoutNulls(row) as OpenEntry);
  },
  endEntry: async (organisationId, id) => {
    const [row] = await rowsOf<{ done: number }>(
      manager,
      `with ended as (delete from entries where organisation_id = $1 and id = $2 returning 1)
       select count(*)::int as done from ended`,
      [organisationId, id],
    );
    return row?.done === 1;
  },
  organisationsWithJobs: async (kinds) => {
    const rows = await rowsOf<{ id: number }>(
      manager,
      `select distinct organisation_id as id from jobs where kind = any ($1)
         and ((state = 'waiting' and run_after <= now()) or (state = 'running' and lease_until < now()))
       order by 1`,
      [[...kinds]],
    );
    return rows.map(({ id }) => id);
  },
  jobsNobodyTakes: async (ids, kinds, forSeconds) => {
    const rows = await rowsOf<{ id: number }>(
      manager,
      `with since as (select now() - make_interval(secs => $3::float8) as at)
       select id from jobs, since where id = any ($1) and kind = any ($2) and state = 'waiting' and run_after < at
         and not exists (select from jobs where kind = any ($2) and state = 'running' and lease_until > now())
         and not exists (select from jobs where kind = any ($2) and state in ('done', 'failed') and finished_at > at)`,
      [[...ids], [...kinds], forSeconds],
    );
    return rows.map(({ id }) => Number(id));
  },
  jobCounts: () =>
    rowsOf(manager, 'select kind, state, count(*)::int as count from jobs group by 1, 2 order by 1, 2'),
});

/** Who may enter, on the program's own connections: an entry is looked up before its organisation is known. */
export const identityStore = (manager: EntityManager): Identities => translating(repository(manager));

import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import pg from 'pg';
import { z } from 'zod';
import {
  backupEndSchema,
  backupHead,
  BackupReader,
  backupSchema,
  backupSum,
  backupTableSchema,
  endOfTable,
  newerBackup,
  unreadable,
} from './backup-file.ts';
import { copyIn } from './copy.ts';
import { copyOutTo } from './copy-stream.ts';
import { isRetryable, storeError } from './errors.ts';
import { applicationRole } from './migrations/1764700000000-organisations.ts';

/** Rows kept or brought back, by table. */
export type BackupCount = Readonly<Record<string, number>>;

/** Who may enter by a link or a session enters anew after a restore. */
const leftOut = new Set(['migrations', 'entries', 'sign_ins']);

/** Seen by the program itself, whatever the organisation. */
const ofProgram = new Set(['organisations', 'api_keys']);

/** How far positions of changes jump in a restored database: who followed the one before must read the stock again. */
const positionsJump = 1_000_000;

type Table = { readonly name: string; readonly columns: string[] };

/** Every table with its columns, those that others refer to first. */
const tablesOf = async (client: pg.Client): Promise<Table[]> => {
  const { rows } = await client.query<Table & { parents: string[] }>(
    `select c.relname as name,
       (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
       array(select distinct p.relname::text from pg_constraint k join pg_class p on p.oid = k.confrelid
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as parents
     from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
       and not c.relispartition order by c.oid`,
  );
  const left = rows.filter(({ name }) => !leftOut.has(name));
  const ordered: Table[] = [];
  while (left.length > 0) {
    const at = left.findIndex(({ parents }) =>
      parents.every((parent) => leftOut.has(parent) || ordered.some(({ name }) => name === parent)),
    );
    const [next] = left.splice(at, 1);
    if (at === -1 || next === undefined) throw new Error('tables refer to one another in a circle');
    ordered.push({ name: next.name, columns: next.columns });
  }
  return ordered;
};

const migrationsOf = async (client: pg.Client): Promise<string[]> => {
  const { rows } = await client.query<{ name: string }>(
    'select name from migrations order by timestamp, name',
  );
  return rows.map(({ name }) => name);
};

const connected = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url, options: '-c DateStyle=ISO -c TimeZone=UTC' });
  // A connection that breaks fails the statement it was at; the event says nothing more.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const done = await work(client);
    await client.end();
    return done;
  } catch (error) {
    // Not waited for: a COPY that nobody reads any more does not come to its end.
    void client.end().catch(() => undefined);
    throw error;
  }
};

const writeBackup = async (client: pg.Client, zip: Writable): Promise<BackupCount> => {
  await client.query('begin transaction isolation level repeatable read read only');
  const tables = await tablesOf(client);
  const migrations = await migrationsOf(client);
  const years = await client.query<{ year: number }>(
    `select substring(inhrelid::regclass::text from '\\d{4}$')::int as year from pg_inherits
     where inhparent = 'readings'::regclass order by 1`,
  );
  // An account that sees past the policies takes the role that does not: each row is then written once.
  const account = await client.query<{ bypasses: boolean }>(
    'select rolsuper or rolbypassrls as bypasses from pg_roles where rolname = current_user',
  );
  if (account.rows.some(({ bypasses }) => bypasses)) await client.query(`set local role ${applicationRole}`);
  const scope = (organisation: number): Promise<unknown> =>
    client.query(`select set_config('stacoptim.organisation', $1, true)`, [String(organisation)]);
  await scope(0);
  const organisations = await client.query<{ id: number }>('select id from organisations order by id');

  const sum = backupSum();
  const say = async (line: string): Promise<void> => {
    const text = `${line}\n`;
    sum.add(text);
    if (!zip.write(text)) await once(zip, 'drain');
  };
  const rows: Record<string, number> = {};
  await say(JSON.stringify({ schema: backupSchema, createdAt: new Date().toISOString(), migrations }));
  for (const { name, columns } of tables) {
    const partitions = name === 'readings' ? { years: years.rows.map(({ year }) => year) } : {};
    await say(JSON.stringify({ table: name, columns, ...partitions }));
    const selected = columns.map((column) => `"${column}"`).join(', ');
    let count = 0;
    for (const id of ofProgram.has(name) ? [0] : organisations.rows.map((one) => one.id)) {
      await scope(id);
      count += await copyOutTo(client, `copy (select ${selected} from ${name}) to stdout`, zip, sum.add);
    }
    rows[name] = count;
    await say(endOfTable);
  }
  zip.end(`${JSON.stringify({ end: true, rows, sha256: sum.value() })}\n`);
  await client.query('commit');
  return rows;
};

/**
 * Writes everything that the database holds, of every organisation and as of one instant, while others go on working.
 * The text is compressed. Sessions and unused links are left out.
 */
export const backupDatabase = (url: string, into: Writable): Promise<BackupCount> =>
  connected(url, async (client) => {
    const zip = createGzip();
    const written = pipeline(zip, into);
    const [rows] = await Promise.all([writeBackup(client, zip), written]);
    return rows;
  });

const isEmpty = async (client: pg.Client, tables: readonly Table[]): Promise<boolean> => {
  for (const { name } of tables) {
    const allowed = name === 'organisations' ? 1 : 0;
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int as count from (select from ${name} limit 2) found`,
    );
    if ((rows[0]?.count ?? 0) > allowed) return false;
  }
  return true;
};

const restoreTable = async (client: pg.Client, reader: BackupReader, table: Table): Promise<void> => {
  const head = await reader.json(backupTableSchema);
  if (head.table !== table.name || head.columns.some((column) => !table.columns.includes(column)))
    throw unreadable();
  if (head.years !== undefined) await client.query('select make_reading_partitions($1)', [head.years]);
  const columns = head.columns.map((column) => `"${column}"`).join(', ');
  let broken: unknown;
  const rows = async function* (): AsyncGenerator<Buffer> {
    try {
      yield* reader.rows();
    } catch (error) {
      broken = error;
      throw error;
    }
  };
  try {
    await copyIn(client, `copy ${table.name} (${columns}) from stdin`, rows());
  } catch (error) {
    if (isRetryable(error)) throw error;
    // Rows that the rules of the database refuse were not written by us.
    throw broken ?? unreadable(error);
  }
};

/** Numbers that are given by themselves go on after those that were brought back. */
const continueNumbers = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ table: string; column: string }>(
    `select table_name as table, column_name as column from information_schema.columns
     where table_schema = current_schema() and is_identity = 'YES' and table_name !~ '_\\d{4}$'`,
  );
  for (const { table, column } of rows)
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), (select max("${column}") from ${table}))
       where exists (select from ${table})`,
      [table, column],
    );
};

/**
 * Brings a backup back into a database that holds nothing yet, all of it or nothing. Receivers of changes are stopped:
 * a copy must not call them by itself. Throws `restore-not-empty`, `backup-version`, `backup-newer`,
 * `backup-unreadable`.
 */
export const restoreDatabase = (url: string, from: Readable): Promise<BackupCount> =>
  connected(url, async (client) => {
    const zip = createGunzip();
    from.once('error', (error) => zip.destroy(error));
    const reader = new BackupReader(from.pipe(zip));
    const head = backupHead(await reader.json(z.unknown()));
    await client.query('begin');
    const known = await migrationsOf(client);
    const later = head.migrations.find((name) => !known.includes(name));
    if (later !== undefined) throw newerBackup(later, known.at(-1) ?? '');
    if (known.join() !== head.migrations.join())
      throw storeError(
        'backup-version',
        `Cette sauvegarde est d’une version plus ancienne du programme (${head.migrations.at(-1)}, ici ${known.at(-1)}). La restaurer avec la version qui l’a faite, puis mettre à jour.`,
        `This backup is of an earlier version of the program (${head.migrations.at(-1)}, here ${known.at(-1)}). Restore it with the version that made it, then update.`,
      );
    const tables = await tablesOf(client);
    for (const { name } of tables)
      await client.query(`alter table ${name} no force row level security, disable trigger user`);
    if (!(await isEmpty(client, tables)))
      throw storeError(
        'restore-not-empty',
        'Cette base contient déjà des données : une restauration ne se fait que dans une base vide.',
        'This database holds data already: a restore goes into an empty database only.',
      );
    await client.query('delete from organisations');
    for (const table of tables) await restoreTable(client, reader, table);
    const sum = reader.sum();
    const end = await reader.json(backupEndSchema);
    if (end.sha256 !== sum) throw unreadable();
    for (const { name } of tables) {
      const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from ${name}`);
      if (rows[0]?.count !== (end.rows[name] ?? 0)) throw unreadable();
    }
    await continueNumbers(client);
    await client.query(
      `update change_counters set last = last + ${positionsJump}, forgotten = last + ${positionsJump}`,
    );
    await client.query(`update webhooks set state = 'failed', lease_until = null`);
    for (const { name } of tables)
      await client.query(`alter table ${name} force row level security, enable trigger user`);
    await client.query('commit');
    return end.rows;
  });

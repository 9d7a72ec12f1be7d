import pg from 'pg';
import { startLedger } from '#app/clock.ts';
import { openStore, type Store } from '#store/index.ts';

/** What a test finds in its database: the schema alone, or what `stacoptim demo` leaves on the first of January 2026. */
export type Content = 'schema' | 'sample-stock';

/** A server that tests share, and whether it was started for them. */
export type TestServer = { readonly url: string; readonly own: boolean };

/** Any numbers that are the same for all workers: one for each content, so that the schema never waits for the stock. */
const locks: Record<Content, number> = { schema: 5_120_943, 'sample-stock': 5_120_944 };

export const onServer = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** The address of another database of the same server. */
export const addressOn = (server: string, name: string): string => {
  const address = new URL(server);
  address.pathname = `/${name}`;
  return address.href;
};

const prefix = (run: string): string => `stacoptim_template_${run}_`;

const nameOf = (content: Content, run: string): string => `${prefix(run)}${content.replace('-', '_')}`;

/** Loaded where it is needed: most tests of the store know nothing of the application. */
const fill: Record<Content, (store: Store) => Promise<void>> = {
  schema: () => Promise.resolve(),
  'sample-stock': async (store) => {
    const { runDemo } = await import('#app/demo.ts');
    const context = { store, nowMs: () => Date.UTC(2026, 0, 1), startLedger };
    const done = await runDemo(context, () => undefined);
    if (!done.ok) throw new Error(done.error.message.en);
  },
};

/** The shared server is thrown away with its run: nothing of it has to outlast a machine that fails. */
const forgetSafety = async (client: pg.Client): Promise<void> => {
  await client.query('alter system set fsync = off');
  await client.query('alter system set full_page_writes = off');
  await client.query('select pg_reload_conf()');
};

/** A template that stands is whole: it gets its name, and is closed to connections, which would forbid copies, last. */
const make = async (client: pg.Client, server: TestServer, content: Content, run: string): Promise<void> => {
  const name = nameOf(content, run);
  const making = `${name}_making`;
  if (server.own) await forgetSafety(client);
  await client.query(`drop database if exists ${making} with (force)`);
  await client.query(
    content === 'schema'
      ? `create database ${making}`
      : `create database ${making} template ${await templateOf(client, server, 'schema', run)}`,
  );
  const store = await openStore({ databaseUrl: addressOn(server.url, making), dataDir: '' });
  try {
    await fill[content](store);
  } finally {
    await store.close();
  }
  await client.query(`alter database ${making} rename to ${name}`);
  await client.query(`alter database ${name} allow_connections false`);
};

/** The name of the template of that content, which is made if this run has none yet, while other workers wait. */
const templateOf = async (
  client: pg.Client,
  server: TestServer,
  content: Content,
  run: string,
): Promise<string> => {
  const name = nameOf(content, run);
  await client.query('select pg_advisory_lock($1)', [locks[content]]);
  const found = await client.query('select from pg_database where datname = $1', [name]);
  if (found.rowCount === 0) await make(client, server, content, run);
  await client.query('select pg_advisory_unlock($1)', [locks[content]]);
  return name;
};

/**
 * Makes the database `name` on a server, with that content. What a content takes is done once a server and `run`,
 * migrations included, whatever the number of workers; then it is copied.
 */
export const createDatabase = (
  server: TestServer,
  name: string,
  content: Content,
  run: string,
): Promise<void> =>
  onServer(server.url, async (client) => {
    await client.query(`create database ${name} template ${await templateOf(client, server, content, run)}`);
  });

/** Takes the templates of a run off a server that outlives it. */
export const dropTemplates = (url: string, run: string): Promise<void> =>
  onServer(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      'select datname as name from pg_database where starts_with(datname, $1)',
      [prefix(run)],
    );
    for (const { name } of rows) await client.query(`drop database if exists ${name} with (force)`);
  });

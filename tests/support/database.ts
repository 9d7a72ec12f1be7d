import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, inject } from 'vitest';
import { openEmbedded } from '#store/embedded/index.ts';
import { openStore, type Store } from '#store/index.ts';
import { addressOn, type Content, createDatabase, onServer, type TestServer } from './templates.ts';

/** A database of its own, gone after `close`. */
export type TestDatabase = {
  readonly url: string;
  readonly store: Store;
  readonly close: () => Promise<void>;
};

const openOn = async (
  server: TestServer,
  content: Content,
  stopServer: () => Promise<void>,
): Promise<TestDatabase> => {
  const name = `stacoptim_test_${randomBytes(6).toString('hex')}`;
  await createDatabase(server, name, content, inject('templates'));
  const url = addressOn(server.url, name);
  const store = await openStore({ databaseUrl: url, dataDir: '' });
  return {
    url,
    store,
    close: async () => {
      await store.close();
      await onServer(server.url, (client) => client.query(`drop database ${name} with (force)`));
      await stopServer();
    },
  };
};

/** A migrated database of its own on the embedded server that the test run shares. */
export const openTestDatabase = async (content: Content = 'schema'): Promise<TestDatabase> => {
  const { url, stop } = await openEmbedded(inject('embeddedFolder'));
  return openOn({ url, own: true }, content, stop);
};

/** The same on the server of DATABASE_URL. */
const openOnGivenServer = (url: string, content: Content): Promise<TestDatabase> =>
  openOn({ url, own: false }, content, () => Promise.resolve());

const given = process.env['DATABASE_URL'];
/** Where the embedded default has just been tried, a second run may leave it out. */
const onlyGiven = process.env['STACOPTIM_TEST_ONLY_GIVEN'] === '1';

type Suite = (database: { readonly store: () => Store; readonly url: () => string }) => void;

const onEachServer = (name: string, content: Content, suite: Suite): void => {
  const servers: [string, () => Promise<TestDatabase>][] = [];
  if (given !== undefined && given !== '')
    servers.push(['DATABASE_URL', () => openOnGivenServer(given, content)]);
  if (servers.length === 0 || !onlyGiven) servers.unshift(['embedded', () => openTestDatabase(content)]);
  describe.each(servers)(`${name} (%s)`, (_server, open) => {
    let database: TestDatabase | undefined;
    // The first to want the sample stock makes it, and others wait for it.
    beforeAll(async () => {
      database = await open();
    }, 240_000);
    afterAll(async () => {
      await database?.close();
    });
    const opened = (): TestDatabase => {
      if (database === undefined) throw new Error('the database is open inside tests only');
      return database;
    };
    suite({ store: () => opened().store, url: () => opened().url });
  });
};

/**
 * Runs a suite on the embedded default and, where DATABASE_URL names a server, on that too (there alone with
 * STACOPTIM_TEST_ONLY_GIVEN=1). Each run has a fresh database, open from before its first test to after its last one.
 */
export const withStores = (name: string, suite: Suite): void => onEachServer(name, 'schema', suite);

/** The same, where the database holds what `runDemo` leaves of the sample stock on the first of January 2026. */
export const withSampleStock = (name: string, suite: Suite): void =>
  onEachServer(name, 'sample-stock', suite);

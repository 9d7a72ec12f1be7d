import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, inject } from 'vitest';
import { openEmbedded } from '#store/embedded/index.ts';
import { openStore, type Store } from '#store/index.ts';

/** A database of its own, gone after `close`. */
export type TestDatabase = {
  readonly url: string;
  readonly store: Store;
  readonly close: () => Promise<void>;
};

const onServer = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};

const openOn = async (server: string, stopServer: () => Promise<void>): Promise<TestDatabase> => {
  const name = `stacoptim_test_${randomBytes(6).toString('hex')}`;
  await onServer(server, `create database ${name}`);
  const address = new URL(server);
  address.pathname = `/${name}`;
  const store = await openStore({ databaseUrl: address.href, dataDir: '' });
  return {
    url: address.href,
    store,
    close: async () => {
      await store.close();
      await onServer(server, `drop database ${name} with (force)`);
      await stopServer();
    },
  };
};

/** A fresh migrated database on the embedded server that the test run shares. */
export const openTestDatabase = async (): Promise<TestDatabase> => {
  const server = await openEmbedded(inject('embeddedFolder'));
  return openOn(server.url, server.stop);
};

/** A fresh migrated database on the server of DATABASE_URL. */
const openOnGivenServer = (url: string): Promise<TestDatabase> => openOn(url, () => Promise.resolve());

const given = process.env['DATABASE_URL'];
/** Where the embedded default has just been tried, a second run may leave it out. */
const onlyGiven = process.env['STACOPTIM_TEST_ONLY_GIVEN'] === '1';

/**
 * Runs a suite on the embedded default and, where DATABASE_URL names a server, on that too (there alone with
 * STACOPTIM_TEST_ONLY_GIVEN=1). Each run has a fresh database, open from before its first test to after its last one.
 */
export const withStores = (
  name: string,
  suite: (database: { readonly store: () => Store; readonly url: () => string }) => void,
): void => {
  const servers: [string, () => Promise<TestDatabase>][] = [];
  if (given !== undefined && given !== '') servers.push(['DATABASE_URL', () => openOnGivenServer(given)]);
  if (servers.length === 0 || !onlyGiven) servers.unshift(['embedded', openTestDatabase]);
  describe.each(servers)(`${name} (%s)`, (_server, open) => {
    let database: TestDatabase | undefined;
    beforeAll(async () => {
      database = await open();
    });
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

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { hours, sampleBuilding, sampleMeter } from '../support/samples.ts';

/** A value and a name that nothing else in the database's files can hold by chance. */
const secretKwh = 8_237_465.192837465;
const secretName = 'releves-appartement-xq7vz.csv';

describe('erasure in the files of the embedded database', () => {
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(async () => {
    await database?.close();
  });

  /** How many table files of this database hold the secrets, as text or as the bytes of the number. */
  const filesWithSecrets = async (url: string): Promise<number> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('checkpoint');
    const found = await client.query<{ oid: number }>(
      'select oid from pg_database where datname = current_database()',
    );
    await client.end();
    const folder = join(inject('embeddedFolder'), 'cluster', 'data', 'base', String(found.rows[0]?.oid));
    const number = Buffer.alloc(8);
    number.writeDoubleLE(secretKwh);
    return readdirSync(folder).filter((name) => {
      const bytes = readFileSync(join(folder, name));
      return bytes.includes(secretName) || bytes.includes(number);
    }).length;
  };

  it('leaves no byte of a dwelling in the table files', async () => {
    if (database === undefined) throw new Error('no database');
    const { store, url } = database;
    const id = 'dwelling-7';
    await store.buildings.save(sampleBuilding('erased'));
    await store.meters.save({ ...sampleMeter(id, 'erased'), personal: true });
    const warnings = [{ code: 'gap', message: { fr: secretName, en: secretName } }];
    await store.imports.add({
      meterId: id,
      fileName: secretName,
      sha256: '0',
      rows: 24,
      rejected: 0,
      warnings,
    });
    await store.readings.upsert(
      id,
      hours(0, 24, () => secretKwh),
    );
    await store.readings.upsert(
      id,
      hours(0, 24, () => 1),
    );
    await store.readings.upsert(
      id,
      hours(0, 24, () => secretKwh),
    );
    expect(await filesWithSecrets(url)).toBeGreaterThanOrEqual(3);

    // Whoever still reads as of before, as an analysis of the server's own does, keeps the rows it might read.
    const reader = new pg.Client({ connectionString: url });
    await reader.connect();
    await reader.query('begin isolation level repeatable read');
    await reader.query('select count(*) from buildings');
    await store.meters.erase(id, { by: 'Ada', reason: 'the tenant asked' });
    const reclaimed = store.reclaim();
    const watcher = new pg.Client({ connectionString: url });
    await watcher.connect();
    const waits = `select from pg_stat_activity where datname = current_database() and query like '%backend_xmin is not null%' and pid <> pg_backend_pid()`;
    await expect.poll(async () => (await watcher.query(waits)).rowCount, { timeout: 20_000 }).toBe(1);
    await watcher.end();
    await reader.end();
    await reclaimed;
    expect(await filesWithSecrets(url)).toBe(0);
  });
});

import { randomBytes } from 'node:crypto';
import { createReadStream, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { backupTo, restoreFrom } from '#app/backup.ts';
import { startLedger } from '#app/clock.ts';
import { openStore, type Store } from '#store/index.ts';
import { openTestDatabase, type TestDatabase, withStores } from '../support/database.ts';
import { sampleTwin } from '../support/sample-twin.ts';
import { hours, sampleBuilding, sampleMeter } from '../support/samples.ts';

const who = { by: 'Ada', reason: 'test' };

withStores('a backup', ({ store, url }) => {
  let folder = '';
  let file = '';
  let other: Store;
  let target: TestDatabase;
  let key = '';
  const context = (of: Store) => ({ store: of, nowMs: () => Date.now(), startLedger });
  const rowsOf = async (at: string, sql: string): Promise<unknown[]> => {
    // A server may write dates its own way.
    const client = new pg.Client({ connectionString: at, options: '-c DateStyle=ISO -c TimeZone=UTC' });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };
  /** Every row of every table as text, in an order of its own. */
  const contents = async (at: string): Promise<Record<string, unknown[]>> => {
    const tables = (await rowsOf(
      at,
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
         and not relispartition and relname not in ('entries', 'change_counters', 'webhooks') order by 1`,
    )) as { name: string }[];
    const all: Record<string, unknown[]> = {};
    for (const { name } of tables)
      all[name] = await rowsOf(at, `select t::text from ${name} t order by t::text collate "C"`);
    return all;
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'stacoptim-backup-'));
    file = join(folder, 'all.backup');
    const own = store();
    other = await own.forOrganisation(await own.identities.addOrganisation('Autre\tbailleur\n« é »'));
    for (const [where, id] of [
      [own, 'a'],
      [other, 'z'],
    ] as const) {
      await where.buildings.save({ ...sampleBuilding(id), name: { fr: 'tab\t\\. \\N\n\\.\nfin', en: '"' } });
      await where.twins.save(id, sampleTwin(id));
      await where.meters.save(sampleMeter(`${id}-gas`, id));
      await where.readings.upsert(
        `${id}-gas`,
        hours(Date.UTC(2022, 10, 1), 3000, (i) => i / 3),
      );
      await where.readings.upsert(
        `${id}-gas`,
        hours(Date.UTC(2022, 10, 1), 5, () => 7),
      );
      const model = await where.models.add({
        meterId: `${id}-gas`,
        role: 'live',
        record: { x: [1, null, 'é'] },
        dataHash: 'h',
        window: { fromMs: 0, toMs: 1 },
      });
      await where.models.promote(model, who);
      await where.programmes.add({});
      await where.jobs.add('any', {});
      await where.jobs
        .saveFile(1, { name: 'x', type: 'y', body: Uint8Array.of(0, 255, 10, 92) })
        .catch(() => undefined);
      for (let i = 0; i < 3; i += 1) await where.audit.add({ ...who, action: 'try', subject: `n:${i}` });
      await where.changes.after(0, { limit: 1 });
      await where.webhooks.add({ url: 'https://8.8.8.8/', secret: 's', sentTo: 1, createdBy: 'Ada' });
    }
    key = (await own.identities.addKey({ organisationId: 1, role: 'viewer', name: 'k', createdBy: 'Ada' }))
      .key;
    await own.identities.addEntry('session', { organisationId: 1, role: 'viewer', name: 'Ada' }, 60_000);
    target = await openTestDatabase();
  });
  afterAll(async () => {
    await target.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is written whole, for its owner alone, and never over another', async () => {
    const kept = await backupTo(context(store()), file);
    expect(kept).toMatchObject({
      ok: true,
      value: { tables: { buildings: 2, readings: 6000, organisations: 2 } },
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await backupTo(context(store()), file)).toMatchObject({ error: { code: 'file-exists' } });
    expect(await backupTo(context(store()), join(folder, 'no', 'x'))).toMatchObject({
      error: { code: 'file-not-written' },
    });
  });

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['cut short', (bytes) => bytes.subarray(0, bytes.length - 200)],
    ['without its end', (bytes) => gzipSync(gunzipSync(bytes).subarray(0, -40))],
    [
      'changed',
      (bytes) =>
        gzipSync(Buffer.from(gunzipSync(bytes).toString('latin1').replace('Bordeaux', 'Bordeauy'), 'latin1')),
    ],
    ['of another kind', () => Buffer.from('not a backup')],
    ['empty', () => Buffer.alloc(0)],
  ])('that is %s is refused, and nothing of it stays', async (_what, spoil) => {
    const spoilt = join(folder, 'spoilt');
    writeFileSync(spoilt, spoil(readFileSync(file)));
    await expect(target.store.restore(createReadStream(spoilt))).rejects.toThrow('backup-unreadable');
    expect(await target.store.buildings.count()).toBe(0);
    expect(await target.store.identities.organisations()).toHaveLength(1);
  });

  it.each<[string, string, (head: string) => string]>([
    [
      'of a later version',
      'backup-newer',
      (head) => head.replace('"KeyScopes1764730300000"', '"KeyScopes1764730300000","Later9999999999999"'),
    ],
    ['in a later format', 'backup-newer', () => '{"schema":"stacoptim.backup/2","tables":[]}'],
    ['in no format of ours', 'backup-unreadable', () => '{"schema":"other/2"}'],
    ['of an earlier version', 'backup-version', (head) => head.replace(/,"[A-Za-z]+\d+"\]/, ']')],
  ])('%s is refused by %s', async (_what, code, change) => {
    const [head = '', ...rest] = gunzipSync(readFileSync(file)).toString('latin1').split('\n');
    const changed = join(folder, 'changed');
    writeFileSync(changed, gzipSync(Buffer.from([change(head), ...rest].join('\n'), 'latin1')));
    await expect(target.store.restore(createReadStream(changed))).rejects.toThrow(code);
    expect(await target.store.buildings.count()).toBe(0);
  });

  it('comes back into an empty database as it was, and life goes on there', async () => {
    expect(await restoreFrom(context(target.store), join(folder, 'absent'))).toMatchObject({
      error: { code: 'file-not-found' },
    });
    expect((await restoreFrom(context(target.store), file)).ok).toBe(true);
    expect(await contents(target.url)).toEqual(await contents(url()));
    const { store: back } = target;
    expect((await back.readings.read('a-gas')).energyKwh).toEqual(
      (await store().readings.read('a-gas')).energyKwh,
    );
    expect(await back.audit.verify()).toEqual(await store().audit.verify());
    expect(await back.identities.entryOfKey(key)).toMatchObject({ name: 'k' });
    expect(await rowsOf(target.url, 'select from entries')).toEqual([]);
    // Organisations are kept apart, and what guards the tables is in force again.
    expect((await back.buildings.list()).map(({ id }) => id)).toEqual(['a']);
    const open = await rowsOf(
      target.url,
      `select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
         and not relispartition and relname <> 'migrations' and not relforcerowsecurity`,
    );
    expect(open).toEqual([]);
    await expect(rowsOf(target.url, 'delete from audit_log')).rejects.toThrow('append-only');
    // New numbers come after the old ones, and readings go on.
    await back.programmes.add({});
    await back.audit.add({ ...who, action: 'after', subject: 'x' });
    expect((await back.audit.verify()).brokenAt).toBeUndefined();
    await back.readings.upsert(
      'a-gas',
      hours(Date.UTC(2030, 0, 1), 2000, () => 1),
    );
    // Who followed the changes of the database before is told to read again; receivers wait for a person.
    const before = await store().changes.after(0, { limit: 0 });
    const after = await back.changes.after(0, { limit: 0 });
    expect(after.forgotten).toBeGreaterThan(before.latest);
    expect(await back.webhooks.list()).toMatchObject([{ state: 'failed', sentTo: 1 }]);
    await expect(back.restore(createReadStream(file))).rejects.toThrow('restore-not-empty');
    expect(await back.buildings.count()).toBe(1);
  });

  it('goes to an account that is no superuser, and comes from it the same', async () => {
    const name = `plain_${randomBytes(6).toString('hex')}`;
    const address = new URL(target.url);
    await rowsOf(target.url, `create role ${name} login password '${name}'`);
    await rowsOf(target.url, `create database ${name} owner ${name}`);
    [address.username, address.password, address.pathname] = [name, name, `/${name}`];
    try {
      const plain = await openStore({ databaseUrl: address.href, dataDir: '' });
      try {
        await plain.restore(createReadStream(file));
        expect((await plain.buildings.list()).map(({ id }) => id)).toEqual(['a']);
        expect(await plain.audit.verify()).toEqual(await store().audit.verify());
        const again = join(folder, 'again.backup');
        expect((await backupTo(context(plain), again)).ok).toBe(true);
        const tables = (path: string): string[] =>
          gunzipSync(readFileSync(path))
            .toString()
            .split('\n\\.\n')
            .filter((one) => !/"table":"(change_counters|webhooks)"/.test(one))
            .slice(1, -1)
            .map((one) =>
              one
                .split('\n')
                .toSorted((a, b) => (a < b ? -1 : 1))
                .join('\n'),
            );
        expect(tables(again)).toEqual(tables(file));
      } finally {
        await plain.close();
      }
    } finally {
      await rowsOf(target.url, `drop database ${name} with (force)`);
      await rowsOf(target.url, `drop role ${name}`);
    }
  }, 90_000);
});

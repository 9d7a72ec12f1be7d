import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { expect, it } from 'vitest';
import type { Change, Store } from '#store/index.ts';
import { withStores } from '../support/database.ts';
import { sampleTwin } from '../support/sample-twin.ts';
import { hours, sampleBuilding, sampleMeter } from '../support/samples.ts';

/** Follows the changes as a client would, a page at a time from a position kept between calls. */
const follow = async (store: Store, from: number, limit = 7): Promise<Change[]> => {
  const all: Change[] = [];
  for (let since = from; ; ) {
    const { changes } = await store.changes.after(since, { limit });
    all.push(...changes);
    const last = changes.at(-1);
    if (last === undefined) return all;
    since = last.position;
  }
};

withStores('changes', (database) => {
  const latest = async (store = database.store()): Promise<number> =>
    (await store.changes.after(0, { limit: 1 })).latest;
  const since = async (position: number): Promise<string[]> =>
    (await follow(database.store(), position)).map(
      ({ kind, action, subject }) => `${kind} ${action} ${subject}`,
    );

  it('tell what was written, in order and once', async () => {
    const store = database.store();
    const before = await latest();
    await store.buildings.save(sampleBuilding('a'));
    await store.buildings.save(sampleBuilding('a'));
    await store.buildings.save({ ...sampleBuilding('a'), commune: 'Pessac' });
    await store.twins.save('a', sampleTwin('a'));
    await store.meters.save(sampleMeter('a-gas', 'a'));
    await store.readings.upsert(
      'a-gas',
      hours(0, 24, () => 1),
    );
    await store.readings.upsert(
      'a-gas',
      hours(0, 24, () => 1),
    );
    const model = await store.models.add({
      meterId: 'a-gas',
      role: 'live',
      record: {},
      dataHash: 'x',
      window: { fromMs: 0, toMs: 86_400_000 },
    });
    await store.readings.upsert(
      'a-gas',
      hours(0, 2, () => 2),
    );
    const programme = await store.programmes.add({});
    expect(await since(before)).toEqual([
      'building created a',
      'building updated a',
      'twin created 1',
      'meter created a-gas',
      'readings created a-gas',
      `model created ${model}`,
      `model stale ${model}`,
      'readings updated a-gas',
      `programme created ${programme}`,
    ]);
    const readings = (await follow(store, before)).filter(({ kind }) => kind === 'readings');
    expect(readings.map(({ detail }) => detail)).toEqual([
      { from: '1970-01-01T00:00:00.000Z', to: '1970-01-01T23:00:00.000Z', inserted: 24, updated: 0 },
      { from: '1970-01-01T00:00:00.000Z', to: '1970-01-01T01:00:00.000Z', inserted: 0, updated: 2 },
    ]);
    const only = await store.changes.after(before, { limit: 100, kinds: ['programme'] });
    expect(only.changes.map(({ kind }) => kind)).toEqual(['programme']);
  });

  it('fall with the transaction that made them', async () => {
    const before = await latest();
    await expect(
      database.store().transaction(async (inside) => {
        await inside.buildings.save(sampleBuilding('undone'));
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await since(before)).toEqual([]);
    expect(await latest()).toBe(before);
  });

  it('are those of the own organisation alone, deletions too', async () => {
    const store = database.store();
    const other = await store.forOrganisation(await store.identities.addOrganisation('Autre'));
    await other.buildings.save(sampleBuilding('theirs'));
    const before = await latest();
    expect((await follow(other, 0)).map(({ position, subject }) => [position, subject])).toEqual([
      [1, 'theirs'],
    ]);
    await other.buildings.erase('theirs', { by: 'Ada', reason: 'test' });
    expect((await follow(other, 1)).map(({ action }) => action)).toEqual(['deleted']);
    expect(await since(before)).toEqual([]);
  });

  it('miss nothing of a transaction that began before others and ends after them', async () => {
    const before = await latest();
    const slow = new pg.Client({ connectionString: database.url() });
    await slow.connect();
    await slow.query(`begin; select set_config('stacoptim.organisation', '1', true);
      insert into buildings (id, name, use) values ('slow', '{"fr":"l","en":"s"}', 'school')`);
    await database.store().buildings.save(sampleBuilding('quick'));
    const seen = await follow(database.store(), before);
    expect(seen.map(({ subject }) => subject)).toEqual(['quick']);
    await slow.query('commit');
    await slow.end();
    const then = await follow(database.store(), seen.at(-1)?.position ?? 0);
    expect(then.map(({ subject }) => subject)).toEqual(['slow']);
  });

  it('reach every reader in one order without a gap while many write, some of them slowly', async () => {
    const store = database.store();
    const before = await latest();
    const writers = 8;
    const each = 15;
    let writing = true;
    const write = async (writer: number): Promise<void> => {
      for (let n = 0; n < each; n += 1)
        await store.transaction(async (inside) => {
          await inside.buildings.save(sampleBuilding(`w${writer}-${n}`));
          // Commits come in another order than the first statements.
          await sleep((writer * 7 + n * 3) % 11);
          await inside.buildings.save({ ...sampleBuilding(`w${writer}-${n}`), commune: 'Lormont' });
        });
    };
    const read = async (): Promise<Change[]> => {
      const seen: Change[] = [];
      let at = before;
      for (let last = false; ; ) {
        const { changes } = await store.changes.after(at, { limit: 5 });
        seen.push(...changes);
        at = changes.at(-1)?.position ?? at;
        if (changes.length === 0 && last) return seen;
        last = !writing;
      }
    };
    const readers = [read(), read(), read()];
    await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
    writing = false;
    const [first = [], ...others] = await Promise.all(readers);
    expect(first.map(({ position }) => position)).toEqual(
      Array.from({ length: 2 * writers * each }, (_, n) => before + 1 + n),
    );
    expect(new Set(first.map(({ id }) => id)).size).toBe(first.length);
    for (const other of others) expect(other).toEqual(first);
    for (let writer = 0; writer < writers; writer += 1) {
      const own = first.filter(({ subject }) => subject.startsWith(`w${writer}-`));
      expect(own.map(({ subject, action }) => `${subject} ${action}`)).toEqual(
        Array.from({ length: each }, (_, n) => [`w${writer}-${n} created`, `w${writer}-${n} updated`]).flat(),
      );
    }
  });

  it('no longer name what was erased, and tell the erasure by a hash of the name', async () => {
    const store = database.store();
    await store.buildings.save(sampleBuilding('house'));
    const before = await latest();
    await store.meters.save({ ...sampleMeter('flat-7', 'house'), personal: true });
    await store.readings.upsert(
      'flat-7',
      hours(0, 5, () => 1),
    );
    await store.meters.erase('flat-7', { by: 'Ada', reason: 'asked' });
    const hash = `sha256:${createHash('sha256').update('flat-7').digest('hex')}`;
    expect(await since(before)).toEqual([
      'meter created erased',
      'readings created erased',
      `meter deleted ${hash}`,
    ]);
    expect(JSON.stringify(await follow(store, before))).not.toContain('flat-7');
    await store.buildings.erase('house', { by: 'Ada', reason: 'sold' });
    expect(JSON.stringify(await follow(store, before - 1))).not.toContain('house');
    const [last] = (await follow(store, before)).slice(-1);
    expect(last?.buildingId).toBe(`sha256:${createHash('sha256').update('house').digest('hex')}`);
  });

  it('are forgotten after a while, which is told', async () => {
    const store = database.store();
    const all = await latest();
    expect(await store.changes.forget(Date.UTC(2000, 0, 1))).toBe(0);
    expect((await store.changes.after(0, { limit: 1 })).forgotten).toBe(0);
    expect(await store.changes.forget(Date.now() + 60_000)).toBe(all);
    expect(await store.changes.after(0, { limit: 10 })).toEqual({ changes: [], latest: all, forgotten: all });
    await store.buildings.save(sampleBuilding('after'));
    expect((await follow(store, all)).map(({ position }) => position)).toEqual([all + 1]);
  });
});

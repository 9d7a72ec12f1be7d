import { expect, it } from 'vitest';
import { withStores } from '../support/database.ts';
import { hours, sampleBuilding, sampleMeter } from '../support/samples.ts';

const january = Date.UTC(2024, 0, 1);
const hour = 3_600_000;
const decision = { by: 'Test', reason: 'test' };

withStores('readings', (database) => {
  const meter = async (id: string): Promise<string> => {
    await database.store().buildings.save(sampleBuilding(`b-${id}`));
    await database.store().meters.save(sampleMeter(id, `b-${id}`));
    return id;
  };

  // 300 rows go as arrays, 5,000 by COPY: the same rules on both ways in.
  it.each([300, 5000])(
    'counts what %i rows changed, and keeps each value that was replaced',
    async (count) => {
      const { readings } = database.store();
      const id = await meter(`counted-${count}`);
      const first = hours(january, count, (i) => i);
      expect(await readings.upsert(id, first)).toEqual({
        inserted: count,
        updated: 0,
        unchanged: 0,
        missing: 0,
      });
      expect(await readings.upsert(id, first)).toEqual({
        inserted: 0,
        updated: 0,
        unchanged: count,
        missing: 0,
      });

      const second = hours(january + 2 * hour, count, (i) => (i === 0 ? 2.5 : i + 2));
      expect(await readings.upsert(id, second)).toEqual({
        inserted: 2,
        updated: 1,
        unchanged: count - 3,
        missing: 0,
      });
      const replaced = await readings.replaced(id);
      expect(replaced).toHaveLength(1);
      expect(replaced[0]).toMatchObject({ startMs: january + 2 * hour, energyKwh: 2 });

      const stored = await readings.read(id);
      expect(stored.startMs).toEqual(hours(january, count + 2, () => 0).startMs);
      expect(Array.from(stored.energyKwh.subarray(0, 4))).toEqual([0, 1, 2.5, 3]);
      expect(stored.energyKwh.at(-1)).toBe(count + 1);
    },
  );

  it('keeps exact instants, ends, values and flags across years and before 1970', async () => {
    const { readings } = database.store();
    const id = await meter('exact');
    const batch = {
      startMs: Float64Array.from([
        Date.UTC(1965, 5, 1),
        Date.UTC(2023, 11, 31, 23, 30),
        Date.UTC(2124, 0, 1),
      ]),
      endMs: Float64Array.from([
        Date.UTC(1965, 6, 1),
        Date.UTC(2024, 0, 1),
        Date.UTC(2124, 0, 1, 0, 0, 0, 1),
      ]),
      energyKwh: Float64Array.from([0.1, -1e-9, 123456789.12345679]),
      quality: Int16Array.from([0, 7, -32768]),
    };
    await readings.upsert(id, batch);
    expect(await readings.read(id)).toEqual(batch);
    expect(await readings.extent(id)).toEqual({
      fromMs: batch.startMs[0],
      toMs: batch.endMs[2],
      count: 3,
    });
  });

  it('takes rows in any order, the later of two for one instant, and no row without a value', async () => {
    const { readings } = database.store();
    const id = await meter('untidy');
    const count = await readings.upsert(id, {
      startMs: Float64Array.from([january + hour, january, january + hour, january + 2 * hour]),
      endMs: Float64Array.from([january + 2 * hour, january + hour, january + 2 * hour, january + 3 * hour]),
      energyKwh: Float64Array.from([1, 2, 3, Number.NaN]),
    });
    expect(count).toEqual({ inserted: 2, updated: 0, unchanged: 0, missing: 1 });
    expect([...(await readings.read(id)).energyKwh]).toEqual([2, 3]);
    expect([...(await readings.extents([id, 'nobody']))]).toEqual([
      [id, { fromMs: january, toMs: january + 2 * hour, count: 2 }],
    ]);
  });

  it('refuses an impossible interval and an unknown meter, and keeps nothing of the batch', async () => {
    const { readings } = database.store();
    const id = await meter('refused');
    const batch = hours(january, 3, () => 1);
    batch.endMs[2] = january;
    await expect(readings.upsert(id, batch)).rejects.toThrow('reading-interval-invalid');
    expect(await readings.extent(id)).toBeUndefined();
    await expect(
      readings.upsert(
        'nobody',
        hours(january, 3, () => 1),
      ),
    ).rejects.toThrow('not-found');
  });

  it('reads a half-open period', async () => {
    const { readings } = database.store();
    const id = await meter('period');
    await readings.upsert(
      id,
      hours(january, 48, (i) => i),
    );
    const read = await readings.read(id, january + 10 * hour, january + 12 * hour);
    expect([...read.energyKwh]).toEqual([10, 11]);
  });

  it('stores each reading once when eight writers send the same file at once', async () => {
    const { readings } = database.store();
    const id = await meter('crowd');
    const file = hours(january, 2000, (i) => i);
    const counts = await Promise.all(Array.from({ length: 8 }, () => readings.upsert(id, file)));
    expect(counts.reduce((sum, count) => sum + count.inserted, 0)).toBe(2000);
    expect(counts.reduce((sum, count) => sum + count.unchanged, 0)).toBe(7 * 2000);
    expect((await readings.extent(id))?.count).toBe(2000);
  });

  it('makes the partition of a year once when eight meters bring its first reading at once', async () => {
    const { readings } = database.store();
    const ids: string[] = [];
    for (let i = 0; i < 8; i += 1) ids.push(await meter(`first-of-year-${i}`));
    for (const year of [1931, 1932, 1933]) {
      const file = hours(Date.UTC(year, 5, 1), 3, (i) => i);
      await Promise.all(ids.map((id) => readings.upsert(id, file)));
    }
    for (const id of ids) expect((await readings.extent(id))?.count).toBe(9);
  });

  it('marks what depends on a changed reading as stale, with the reason, and nothing else', async () => {
    const store = database.store();
    const id = await meter('stale');
    await store.readings.upsert(
      id,
      hours(january, 100, (i) => i),
    );
    const model = (from: number, to: number) =>
      store.models.add({
        meterId: id,
        role: 'baseline',
        record: { kind: '3P' },
        dataHash: 'abc',
        window: { fromMs: january + from * hour, toMs: january + to * hour },
      });
    const before = await model(0, 50);
    const touched = await model(50, 100);
    await store.works.save({
      id: 'w-stale',
      buildingId: 'b-stale',
      measures: ['roof'],
      startDay: '2024-01-02',
      endDay: '2024-01-03',
    });
    await store.savings.add({
      worksId: 'w-stale',
      meterId: id,
      window: { fromMs: january, toMs: january + 100 * hour },
      result: { status: 'final' },
    });

    await store.readings.upsert(
      id,
      hours(january, 100, (i) => i),
    );
    expect((await store.models.get(touched))?.stale).toBeUndefined();

    await store.readings.upsert(
      id,
      hours(january + 50 * hour, 1, () => 999),
    );
    expect((await store.models.get(before))?.stale).toBeUndefined();
    expect((await store.models.get(touched))?.stale?.en).toContain('1 reading of');
    expect((await store.savings.latest('w-stale'))?.stale?.fr).toContain('corrigé');
    expect((await store.models.stale()).map((stale) => stale.id)).toContain(touched);
  });

  it('rolls readings back with the transaction they are part of', async () => {
    const store = database.store();
    const id = await meter('rolled-back');
    const work = store.transaction(async (inside) => {
      await inside.readings.upsert(
        id,
        hours(january, 3000, () => 1),
      );
      throw new Error('stop here');
    });
    await expect(work).rejects.toThrow('stop here');
    expect(await store.readings.extent(id)).toBeUndefined();
  });

  it('erases old readings and replaced values, and everything of an erased meter', async () => {
    const store = database.store();
    const id = await meter('erased');
    await store.readings.upsert(
      id,
      hours(january, 10, (i) => i),
    );
    await store.readings.upsert(
      id,
      hours(january, 10, (i) => i + 1),
    );
    expect(await store.readings.eraseBefore(id, january + 4 * hour)).toBe(4);
    expect(await store.readings.replaced(id)).toHaveLength(6);
    await store.meters.erase(id, decision);
    expect(await store.readings.replaced(id)).toEqual([]);
    expect(await store.meters.get(id)).toBeUndefined();
  });
});

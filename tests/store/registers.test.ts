import { expect, it } from 'vitest';
import { withStores } from '../support/database.ts';
import { sampleBuilding, sampleMeter } from '../support/samples.ts';

withStores('registers sent one by one', (database) => {
  const noon = Date.UTC(2024, 0, 1, 12);
  const hour = 3_600_000;

  const meter = async (name: string): Promise<string> => {
    const store = database.store();
    await store.buildings.save(sampleBuilding(`b-${name}`));
    await store.meters.save(sampleMeter(`m-${name}`, `b-${name}`));
    return `m-${name}`;
  };

  const stored = async (id: string) => {
    const { startMs, endMs, energyKwh } = await database.store().readings.read(id);
    return Array.from(startMs, (start, i) => [
      (start - noon) / hour,
      ((endMs[i] ?? 0) - noon) / hour,
      energyKwh[i],
    ]);
  };

  const at = (hours: number, kwh: number) => ({ atMs: noon + hours * hour, kwh });

  it('gives the energy between two registers, and nothing for a first one', async () => {
    const { registers } = database.store();
    const id = await meter('register');
    expect(await registers.add(id, [at(0, 1000)])).toMatchObject({ inserted: 0, falls: 0 });
    expect(await registers.add(id, [at(1, 1012.5)])).toMatchObject({ inserted: 1, falls: 0 });
    expect(await stored(id)).toEqual([[0, 1, 12.5]]);
  });

  it('splits an interval when a late register falls into it; the total stays', async () => {
    const { registers } = database.store();
    const id = await meter('late');
    await registers.add(id, [at(0, 1000), at(3, 1030)]);
    expect(await registers.add(id, [at(1, 1004)])).toMatchObject({ inserted: 1, updated: 1 });
    expect(await stored(id)).toEqual([
      [0, 1, 4],
      [1, 3, 26],
    ]);
    await registers.add(id, [at(-1, 990)]);
    expect((await stored(id))[0]).toEqual([-1, 0, 10]);
  });

  it('changes nothing when the same is sent again, in any order and by eight at once', async () => {
    const { registers } = database.store();
    const id = await meter('repeated');
    const sent = Array.from({ length: 30 }, (_, i) => at(i, 1000 + i * i));
    await Promise.all(
      Array.from({ length: 8 }, (_, i) => registers.add(id, i % 2 === 0 ? sent : sent.toReversed())),
    );
    expect(await stored(id)).toEqual(sent.slice(1).map((_, i) => [i, i + 1, 2 * i + 1]));
    expect(await database.store().readings.replaced(id)).toEqual([]);
  });

  it('leaves no reading where the register falls', async () => {
    const { registers } = database.store();
    const id = await meter('reset');
    expect(await registers.add(id, [at(0, 99_990), at(1, 5), at(2, 9)])).toMatchObject({
      inserted: 1,
      falls: 1,
    });
    expect(await stored(id)).toEqual([[1, 2, 4]]);
  });
});

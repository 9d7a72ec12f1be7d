import { beforeEach, expect, it } from 'vitest';
import { shipped } from '#app/catalogue.ts';
import type { AppContext } from '#app/context.ts';
import { refreshStockFigures } from '#app/stock-figures.ts';
import { contextAt, heating, saveBuilding, saveStation, sendDays } from '../support/daily-stock.ts';
import { withStores } from '../support/database.ts';
import { sampleBuilding, sampleMeter } from '../support/samples.ts';

withStores('figures kept of each line of the stock', ({ store }) => {
  let today = 800;
  let context: AppContext;
  const refresh = (): Promise<number> => refreshStockFigures(context, Number.POSITIVE_INFINITY);
  /** How many lines are computed again because of what was done. */
  const costs = async (work: () => unknown): Promise<number> => {
    await refresh();
    await work();
    return refresh();
  };
  const figures = async (id: string) => {
    const { items } = await store().buildings.page({
      filters: { id: [id] },
      sort: 'id',
      descending: false,
      limit: 1,
    });
    return items[0]?.figures;
  };

  beforeEach(async () => {
    today = 800;
    context = contextAt(store(), () => today);
    if ((await store().weather.station('mto')) === undefined) await saveStation(store(), 1200);
    await saveBuilding(store(), 'b', [{ id: 'b-gas' }]);
    await saveBuilding(store(), 'other', [{ id: 'other-gas' }]);
  });

  it.each<[number, string, () => unknown]>([
    [1, 'the building', () => store().buildings.save({ ...sampleBuilding('b'), constructionYear: 1911 })],
    [1, 'readings', () => sendDays(store(), 'b-gas', 0, 30, heating)],
    [1, 'another meter', () => store().meters.save(sampleMeter('b-new', 'b'))],
    [2, 'a meter that comes from another', () => store().meters.save(sampleMeter('b-new', 'other'))],
    [1, 'a meter that goes', () => store().meters.erase('b-new', { by: 'Ada', reason: 'fini' })],
    [
      2,
      'a month',
      () => {
        today += 31;
      },
    ],
  ])('are computed again, of %i, after %s', async (lines, _what, work) => {
    expect(await costs(work)).toBe(lines);
  });

  it('are computed again when a meter of another building, that one of theirs is computed from, is fed', async () => {
    await store().meters.save(sampleMeter('b-share', 'b'));
    await store().derivations.save({
      meterId: 'b-share',
      rule: { kind: 'share', of: 'other-gas', share: 0.5 },
      sources: ['other-gas'],
      by: 'Ada',
      reason: 'chaufferie commune',
    });
    expect(await costs(() => sendDays(store(), 'other-gas', 30, 60, heating))).toBe(2);
    expect(await costs(() => store().derivations.remove('b-share', { by: 'Ada', reason: 'compté' }))).toBe(1);
    await store().meters.erase('b-share', { by: 'Ada', reason: 'fini' });
  });

  it('are computed again at other prices, and not at the same', async () => {
    const gas = shipped.prices.carriers.gas;
    if (gas === undefined) throw new Error('gas has a price');
    expect(
      await costs(() => {
        context = { ...context, catalogue: { ...shipped } };
      }),
    ).toBe(0);
    const prices = {
      ...shipped.prices,
      carriers: { ...shipped.prices.carriers, gas: { ...gas, eurPerKwh: 2 * gas.eurPerKwh } },
    };
    expect(
      await costs(() => {
        context = { ...context, catalogue: { ...shipped, prices } };
      }),
    ).toBe(2);
  });

  it('go with a dwelling’s meter, whose readings they may hold', async () => {
    await store().meters.save({ ...sampleMeter('b-flat', 'b'), personal: true });
    await refresh();
    expect(await figures('b')).toBeDefined();
    await store().meters.erase('b-flat', { by: 'Ada', reason: 'départ' });
    expect(await figures('b')).toBeUndefined();
    expect(await figures('other')).toBeDefined();
  });
});

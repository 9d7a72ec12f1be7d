import { beforeEach, expect, it } from 'vitest';
import { keptBuilding } from '#app/kept-answers.ts';
import { keptView } from '#app/kept-view.ts';
import { forgetStockDrift } from '#app/stock-drift.ts';
import { viewBuilding } from '#app/view-building.ts';
import { ok } from '#core/result.ts';
import type { AppContext } from '#app/context.ts';
import { contextAt, heating, saveBuilding, saveStation, sendDays } from '../support/daily-stock.ts';
import { withStores } from '../support/database.ts';
import { sampleBuilding, sampleMeter } from '../support/samples.ts';
import { sampleTwin } from '../support/sample-twin.ts';

withStores('answers kept of a building', ({ store }) => {
  let today = 800;
  let context: AppContext;
  let computed = 0;
  const ask = async (also = '', rates = false): Promise<string> => {
    const read = await keptView(context, 'b', { name: 'test', also, rates }, () => {
      computed += 1;
      return Promise.resolve(ok({ computed }));
    });
    if (!read.ok) throw new Error(read.error.code);
    return read.value;
  };
  /** How many times the answer was computed because of what was done. */
  const costs = async (work: () => unknown): Promise<number> => {
    await ask();
    const before = computed;
    await work();
    await ask();
    return computed - before;
  };

  beforeEach(async () => {
    today = 800;
    context = contextAt(store(), () => today);
    if ((await store().weather.station('mto')) === undefined) await saveStation(store(), 1200);
    await saveBuilding(store(), 'b', [{ id: 'b-gas' }]);
    await saveBuilding(store(), 'other', [{ id: 'other-gas' }]);
  });

  it('are computed once while nothing changes, and say what they said', async () => {
    const first = await ask();
    expect(await costs(() => undefined)).toBe(0);
    expect(await ask()).toBe(first);
  });

  it.each<[string, () => unknown]>([
    ['the building', () => store().buildings.save({ ...sampleBuilding('b'), constructionYear: 1911 })],
    ['its identifiers', () => store().buildings.identify('b', { own: ['X'] })],
    ['its twin', () => store().twins.save('b', sampleTwin('b'), {})],
    ['readings', () => sendDays(store(), 'b-gas', 0, 30, heating)],
    ['readings sent again with another value', () => sendDays(store(), 'b-gas', 0, 2, () => 1)],
    ['another meter', () => store().meters.save(sampleMeter('b-new', 'b'))],
    ['a meter that goes', () => store().meters.erase('b-new', { by: 'Ada', reason: 'fini' })],
    [
      'a decision about readings',
      () =>
        store().decisions.add(
          {
            meterId: 'b-gas',
            finding: 'other',
            fromDay: '2020-01-02',
            toDay: '2020-01-03',
            action: 'exclude',
          },
          { by: 'Ada', reason: 'panne' },
        ),
    ],
    ['the weather', () => saveStation(store(), 1201)],
    [
      'works',
      () =>
        store().works.save({
          id: 'w',
          buildingId: 'b',
          measures: ['windows'],
          startDay: '2022-06-01',
          endDay: '2022-07-01',
        }),
    ],
    [
      'the first day of works announced before',
      () => {
        today = 900;
      },
    ],
  ])('are computed again after %s', async (_what, work) => {
    expect(await costs(work)).toBe(1);
  });

  it('are not computed again for another building, the same weather, or the day after', async () => {
    expect(await costs(() => sendDays(store(), 'other-gas', 0, 30, heating))).toBe(0);
    expect(await costs(() => saveStation(store(), 1201))).toBe(0);
    expect(
      await costs(() => {
        today += 1;
      }),
    ).toBe(0);
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
    expect(await costs(() => sendDays(store(), 'other-gas', 30, 60, heating))).toBe(1);
    await store().meters.erase('b-share', { by: 'Ada', reason: 'fini' });
  });

  it('are computed again after a transaction that began before others and ended after them', async () => {
    let commit: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      commit = resolve;
    });
    let begun: () => void = () => undefined;
    const started = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const late = store().transaction(async (inside) => {
      await inside.meters.save({ ...sampleMeter('b-gas', 'b'), name: 'Renommé' });
      begun();
      await held;
    });
    await started;
    await store().buildings.identify('b', { rnb: ['ABCDEFGHJKLM'] });
    await ask();
    const before = computed;
    commit();
    await late;
    await ask();
    expect(computed - before).toBe(1);
  });

  it('rest on what is named beside the building, and on the rates where that is asked', async () => {
    await ask('one');
    const before = computed;
    await ask('two');
    expect(computed - before).toBe(1);
    await ask('two', true);
    const rate = {
      measure: 'windows',
      family: null,
      prior: { mean: 0.8 },
      posterior: { mean: 0.7, sd: 0.1 },
      n: 1,
    };
    const learnt = computed;
    await store().rates.replace([rate]);
    await ask('two', true);
    expect(computed - learnt).toBe(1);
  });

  it('go with a dwelling’s meter, whose readings they may hold', async () => {
    await store().meters.save({ ...sampleMeter('b-flat', 'b'), personal: true });
    await ask();
    await store().meters.erase('b-flat', { by: 'Ada', reason: 'départ' });
    expect(await store().keptViews.read('b', 'test', '2022-01-01')).not.toHaveProperty('body');
  });

  it('say of a building what its view says', async () => {
    forgetStockDrift(context);
    const viewed = await viewBuilding(context, 'b');
    for (let time = 0; time < 2; time += 1) {
      const kept = await keptBuilding(context, 'b');
      expect(kept.ok ? JSON.parse(kept.value) : kept).toEqual(
        JSON.parse(JSON.stringify(viewed.ok ? viewed.value : viewed)),
      );
    }
    expect(await keptBuilding(context, 'nowhere')).toMatchObject({ error: { code: 'unknown-building' } });
  });
});

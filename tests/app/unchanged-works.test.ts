import pg from 'pg';
import { beforeAll, expect, it } from 'vitest';
import { type Correction, correctStock } from '#app/correct-stock.ts';
import { forgetStockDrift } from '#app/stock-drift.ts';
import { retrain } from '#app/train.ts';
import { withStores } from '../support/database.ts';
import {
  contextAt,
  dayAt,
  firstDay,
  heating,
  outdoorC,
  ripple,
  saveBuilding,
  saveStation,
  sendDays,
} from '../support/daily-stock.ts';
import { sampleTwin } from '../support/sample-twin.ts';
import { sampleBuilding, sampleMeter } from '../support/samples.ts';

const end = dayAt(2022, 9, 1);
const worksDay = dayAt(2021, 6, 1);
const somebody = { by: 'a person', reason: 'a test' } as const;

withStores('works on which nothing has moved', ({ store, url }) => {
  let today = end;
  const context = () => contextAt(store(), () => today);
  const kwh = (day: number): number => (60 + heating(day) * (day >= worksDay ? 0.75 : 1)) * ripple(day);
  const correct = async (): Promise<Correction> => {
    forgetStockDrift(context());
    const corrected = await correctStock(context());
    if (!corrected.ok) throw new Error(corrected.error.code);
    return corrected.value;
  };
  const measurements = async (): Promise<number> =>
    (await store().ledger.total()).find(({ work }) => work === 'measure')?.runs ?? 0;
  const onDatabase = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url() });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  const works = {
    id: 'murs-2021',
    buildingId: 'ecole',
    measures: ['roof-insulation'],
    startDay: '2021-05-10',
    endDay: '2021-05-31',
  };

  beforeAll(async () => {
    await saveStation(store(), end + 400);
    await saveBuilding(store(), 'ecole', [{ id: 'gaz' }]);
    await sendDays(store(), 'gaz', dayAt(2020, 3, 1), end, kwh);
    await store().works.save(works);
    await saveBuilding(store(), 'voisine', [{ id: 'gaz-voisine' }]);
    await sendDays(store(), 'gaz-voisine', dayAt(2020, 3, 1), end, (day) => 50 + heating(day));
  });

  it('are measured once, then taken as they stand and counted', async () => {
    const first = await correct();
    expect([first.savings.length, first.unchanged, await measurements()]).toEqual([1, 0, 1]);
    const second = await correct();
    expect([second.unchanged, await measurements()]).toEqual([1, 1]);
    expect(second.savings).toEqual(JSON.parse(JSON.stringify(first.savings)));
    expect(second.learnt).toEqual(first.learnt);
  });

  const moves: Readonly<Record<string, () => Promise<unknown>>> = {
    'a later reading': () => sendDays(store(), 'gaz', end, end + 1, kwh),
    'a reading corrected': () => sendDays(store(), 'gaz', end - 30, end - 29, () => 71),
    'a decision about readings': () =>
      store().decisions.add(
        { meterId: 'gaz', finding: 'other', fromDay: '2022-01-03', toDay: '2022-01-04', action: 'exclude' },
        somebody,
      ),
    'a day of weather': () =>
      store().weather.saveDaily('mto', {
        firstDay: firstDay + worksDay + 40,
        meanC: Float64Array.of(outdoorC(worksDay + 40) + 0.5),
        ghiWm2: Float64Array.of(Number.NaN),
      }),
    'another station': () =>
      store().weather.saveStation({
        id: 'mto-2',
        name: 'Station 2',
        latitudeDeg: 45,
        longitudeDeg: 1,
        altitudeM: 50,
        source: 'test',
        simulated: true,
      }),
    'another twin': () => store().twins.save('ecole', sampleTwin('ecole'), {}),
    'what is known of the building': () =>
      store().buildings.save({ ...sampleBuilding('ecole'), facts: { dwellings: 65 } }),
    'a meter more': () =>
      store().meters.save({
        ...sampleMeter('z-elec', 'ecole'),
        carrier: 'electricity',
        use: 'general',
        timezone: 'UTC',
      }),
    'a reading of another meter of the building': () => sendDays(store(), 'z-elec', end - 60, end, () => 20),
    'a rule of a computed meter': () =>
      store().derivations.save({
        meterId: 'z-elec',
        rule: { kind: 'formula', formula: '[gaz-voisine] * 0.5' },
        sources: ['gaz-voisine'],
        ...somebody,
      }),
    'works told otherwise': () => store().works.save({ ...works, endDay: '2021-06-01' }),
    'an event that a person declares': () =>
      store().events.declare(
        {
          worksId: works.id,
          meterId: 'gaz',
          code: 'declared',
          fromDay: '2021-11-01',
          toDay: '2021-11-10',
          message: { fr: 'fermé', en: 'closed' },
        },
        { state: 'accepted', fromDay: '2021-11-01', toDay: '2021-11-10', ...somebody },
      ),
    'an event put back to be decided': async () => {
      const [event] = (await store().events.list(works.id)).filter(({ state }) => state === 'accepted');
      if (event === undefined) throw new Error('an event was accepted');
      const { id, fromDay, toDay } = event;
      await store().events.decide(id, { state: 'proposed', fromDay, toDay, ...somebody });
    },
    'a frozen baseline': async () => {
      await retrain(context());
      expect(await store().models.baseline('gaz')).toBeDefined();
    },
    'what other buildings show of the drift': () =>
      onDatabase(`update models set record = jsonb_set(record, '{model,drift,years}',
        '[{"lastDay": 18500, "lnRatio": 0.2, "noise": 0.01}, {"lastDay": 18600, "lnRatio": -0.2, "noise": 0.01}]')
        where meter_id = 'gaz-voisine' and status = 'current'`),
    'a neighbour that may be compared with': () => sendDays(store(), 'gaz-voisine', end, end + 1, () => 50),
    'another version of the program': () => onDatabase(`update kept_measurements set program = 'another'`),
    'a figure that was set aside': () =>
      onDatabase(`update savings set stale = '{"fr": "essai", "en": "test"}'`),
    'a kept measurement that cannot be read': () =>
      onDatabase(`update kept_measurements set document = '{"works": [{}]}'`),
    'a meter that went silent': () => {
      today = end + 69;
      return Promise.resolve();
    },
    'works whose day has come': async () => {
      await store().works.save({ ...works, id: 'fenetres', startDay: '2022-12-01', endDay: '2022-12-20' });
      await correct();
      today = dayAt(2022, 12, 2);
    },
  };

  it.each(Object.entries(moves))('are measured again after %s', async (_what, move) => {
    await correct();
    expect((await correct()).unchanged).toBe(1);
    const before = await measurements();
    await move();
    const moved = await correct();
    expect([moved.savings.length, moved.unchanged, moved.failed]).toEqual([1, 0, []]);
    expect(await measurements()).toBeGreaterThan(before);
    expect((await correct()).unchanged).toBe(1);
  });

  it('wake up on the day from which the clock alone says more, and not before', async () => {
    await sendDays(store(), 'gaz', end + 1, dayAt(2023, 1, 1), kwh);
    today = dayAt(2023, 1, 1);
    await correct();
    const silent = async (day: number) => {
      today = day;
      const { savings, unchanged } = await correct();
      const [one] = savings.filter(({ worksId }) => worksId === works.id);
      return [unchanged > 0, one?.warnings.some(({ code }) => code === 'readings-stopped')];
    };
    expect(await silent(dayAt(2023, 1, 1) + 66)).toEqual([true, false]);
    expect(await silent(dayAt(2023, 1, 1) + 67)).toEqual([false, true]);
    expect(await silent(dayAt(2023, 1, 1) + 200)).toEqual([true, true]);
  });

  it('are forgotten with the meter they were measured on', async () => {
    await store().meters.erase('gaz', somebody);
    const { savings, unchanged } = await correct();
    expect([savings.some(({ meterId }) => meterId === 'gaz'), unchanged]).toEqual([false, 0]);
  });
});

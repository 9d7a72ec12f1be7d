import { beforeAll, expect, it } from 'vitest';
import { startLedger } from '#app/clock.ts';
import { correctStock } from '#app/correct-stock.ts';
import { retrain } from '#app/train.ts';
import { call, openApi, postJson, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';
import { sampleTwin } from '../support/sample-twin.ts';
import { sampleBuilding, sampleMeter } from '../support/samples.ts';

const dayMs = 86_400_000;
const firstDay = Date.UTC(2022, 0, 1) / dayMs;
const days = 1000;
const worksAt = 500;
const outdoorC = (i: number): number => 11 - 8 * Math.cos((2 * Math.PI * i) / 365.25) + (i % 7) - 3;
const heat = (i: number): number => 50 + 20 * Math.max(0, 16 - outdoorC(i)) + (i % 5);

withStores('misuse after works, told through the API in both languages', ({ store }) => {
  let api: TestApi;
  let today = days;
  const context = () => ({ store: store(), nowMs: () => (firstDay + today) * dayMs, startLedger });

  type Sentence = { fr: string; en: string };
  type Savings = {
    worksId: string;
    status: string;
    savings: { value: number };
    warnings: { code: string; message: Sentence }[];
    allCarriers: unknown;
  };
  const savings = async (building: string): Promise<Savings | undefined> =>
    ((await call(`${api.url}v1/buildings/${building}/savings`)).body as Savings[])[0];
  const warning = async (building: string, code: string): Promise<Sentence | undefined> =>
    (await savings(building))?.warnings.find((one) => one.code === code)?.message;

  const declare = (building: string, body: object) =>
    postJson(`${api.url}v1/buildings/${building}/works`, {
      id: `${building}-2023`,
      start: '2023-05-16',
      end: '2023-06-15',
      by: 'test',
      reason: 'marché de travaux',
      ...body,
    });

  const send = async (meter: string, from: number, to: number, of: (i: number) => number): Promise<void> => {
    const startMs = Float64Array.from({ length: to - from }, (_, i) => (firstDay + from + i) * dayMs);
    await store().readings.upsert(meter, {
      startMs,
      endMs: startMs.map((start) => start + dayMs),
      energyKwh: startMs.map((_, i) => of(from + i)),
    });
  };
  const add = async (id: string, of: (i: number) => number, until = days): Promise<void> => {
    await store().buildings.save({ ...sampleBuilding(id), use: 'school' });
    await store().twins.save(id, { ...sampleTwin(id), use: 'school' }, {});
    await store().meters.save({ ...sampleMeter(`${id}-gaz`, id), timezone: 'UTC' });
    await send(`${id}-gaz`, 0, until, of);
  };

  beforeAll(async () => {
    await store().weather.saveStation({
      id: 'mto',
      name: 'Station',
      latitudeDeg: 45,
      longitudeDeg: 0,
      altitudeM: 50,
      source: 'test',
      simulated: true,
    });
    await store().weather.saveDaily('mto', {
      firstDay: firstDay - 2,
      meanC: Float64Array.from({ length: days + 4 }, (_, i) => outdoorC(i - 2)),
      ghiWm2: new Float64Array(days + 4).fill(Number.NaN),
    });
    const gasGone = (i: number): number => (i < worksAt + 20 ? heat(i) : 4 + (i % 3));
    await add('pac-dite', gasGone);
    await add('pac-tue', gasGone);
    await add('arret', (i) => (i < worksAt ? heat(i) : 0.8 * heat(i)), 850);
    await add('rasee', heat, 520);
    await add('talon', (i) => heat(i) + (i < worksAt ? 50 : 0));
    await retrain(context());
    api = await openApi(store(), context().nowMs);
    return () => api.close();
  });

  it('calls a heat pump put in place of a gas boiler a change of fuel, declared as one or not, and learns nothing of it', async () => {
    expect(
      (await declare('pac-dite', { measures: ['heat-pump-air'], carrierAfter: 'electricity' })).status,
    ).toBe(200);
    expect((await declare('pac-tue', { measures: ['heat-pump-air'] })).status).toBe(200);
    for (const building of ['pac-dite', 'pac-tue']) {
      expect(await savings(building)).toMatchObject({ status: 'disqualified', allCarriers: null });
      const told = await warning(building, 'fuel-switch');
      expect(told?.fr).toContain('gaz → électricité');
      expect(told?.en).toContain('gas → electricity');
    }
    expect((await warning('pac-tue', 'fuel-switch'))?.fr).toContain('d’après le système posé');
    const { learnt } =
      (await correctStock(context()).then((done) => (done.ok ? done.value : undefined))) ?? {};
    expect(learnt?.leftOut.map(({ worksId }) => worksId).toSorted()).toEqual([
      'pac-dite-2023',
      'pac-tue-2023',
    ]);
    const total = (await call(`${api.url}v1/savings`)).body as {
      firstYear: unknown;
      works: { leftOut: Sentence | null }[];
    };
    expect(total.firstYear).toBeNull();
    expect(total.works.every(({ leftOut }) => leftOut !== null)).toBe(true);
  });

  it('gives works all of a fallen base load once a person says that they aimed at it', async () => {
    expect((await declare('talon', { measures: ['roof-insulation'] })).status).toBe(200);
    const before = await savings('talon');
    const told = await warning('talon', 'base-load-changed');
    expect(told?.fr).toContain('dites qu’ils visaient « toute la consommation »');
    expect(told?.en).toContain('say that they aimed at “the whole consumption”');
    const corrected = await call(`${api.url}v1/buildings/talon/works/talon-2023`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ scope: 'whole', by: 'test', reason: 'eau chaude refaite' }),
    });
    expect(corrected.status).toBe(200);
    expect(corrected.body).toMatchObject({ scope: 'whole' });
    const after = await savings('talon');
    expect(await warning('talon', 'base-load-changed')).toBeUndefined();
    expect(after?.savings.value).toBeGreaterThan(1.2 * (before?.savings.value ?? Number.NaN));
    // 50 kWh a day, and nothing of the heating.
    expect(Math.abs((after?.savings.value ?? 0) / (50 * 365) - 1)).toBeLessThan(0.1);
    const refused = await declare('talon', { id: 'autre', measures: ['roof-insulation'], scope: 'tout' });
    expect(refused.status).toBe(400);
  });

  it('takes the word of works that keep the fuel, whatever their system usually runs on', async () => {
    const url = `${api.url}v1/buildings/pac-tue/works/pac-tue-2023`;
    const kept = await call(url, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ carrierAfter: 'gas', by: 'test', reason: 'pompe à chaleur à gaz' }),
    });
    expect(kept.status).toBe(200);
    expect(await warning('pac-tue', 'fuel-switch')).toBeUndefined();
  });

  it('says since when readings have stopped, once the next file is late', async () => {
    today = 860;
    expect((await declare('arret', { measures: ['roof-insulation'] })).status).toBe(200);
    expect(await warning('arret', 'readings-stopped')).toBeUndefined();
    today = days;
    await correctStock(context());
    const told = await warning('arret', 'readings-stopped');
    expect(told?.fr).toContain('Aucun relevé depuis le 29 avril 2024');
    expect(told?.en).toContain('No reading since 29 April 2024');
  });

  it('measures nothing of a building that is demolished, and says so', async () => {
    expect((await declare('rasee', { measures: [], endedBy: 'demolition' })).status).toBe(200);
    const after = await postJson(`${api.url}v1/buildings/rasee/works`, {
      id: 'rasee-2024',
      measures: ['windows'],
      start: '2024-01-01',
      end: '2024-02-01',
      by: 'test',
      reason: 'test',
    });
    expect(after.body).toMatchObject({ error: { code: 'building-demolished' } });
    await correctStock(context());
    expect(await savings('rasee')).toBeUndefined();
    const { notEvaluated } = (await call(`${api.url}v1/savings?building=rasee`)).body as {
      notEvaluated: { reason: Sentence }[];
    };
    expect(notEvaluated.map(({ reason }) => reason)).toEqual([
      { fr: 'bâtiment démoli : rien à mesurer.', en: 'building demolished: nothing to measure.' },
    ]);
  });
});

import { beforeAll, expect, it } from 'vitest';
import { startLedger } from '#app/clock.ts';
import { correctStock } from '#app/correct-stock.ts';
import { listProgrammes } from '#app/programme-record.ts';
import { retrain } from '#app/train.ts';
import { call, openApi, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';
import { sampleTwin } from '../support/sample-twin.ts';
import { sampleBuilding, sampleMeter } from '../support/samples.ts';

const dayMs = 86_400_000;
const firstDay = Date.UTC(2022, 0, 1) / dayMs;
const days = 1100;
const worksAt = Date.UTC(2023, 2, 1) / dayMs - firstDay;
const outdoorC = (i: number): number => 11 - 8 * Math.cos((2 * Math.PI * i) / 365.25) + (i % 7) - 3;
const kwh = (i: number, cut: number, factor = 1): number =>
  (50 + 20 * Math.max(0, 16 - outdoorC(i)) * (i >= worksAt ? 1 - cut : 1)) *
  (i >= worksAt ? factor : 1) *
  (1 + 0.02 * ((i % 5) - 2));

withStores('what the stock learns of its works', ({ store }) => {
  let api: TestApi;
  let today = days;
  const context = () => ({ store: store(), nowMs: () => (firstDay + today) * dayMs, startLedger });
  const send = (id: string, from: number, to: number, of: (i: number) => number) => {
    const startMs = Float64Array.from({ length: to - from }, (_, i) => (firstDay + from + i) * dayMs);
    return store().readings.upsert(id, {
      startMs,
      endMs: startMs.map((start) => start + dayMs),
      energyKwh: Float64Array.from({ length: to - from }, (_, i) => of(from + i)),
    });
  };
  const addSchool = async (id: string, works: boolean): Promise<void> => {
    await store().buildings.save({ ...sampleBuilding(id), use: 'school' });
    await store().twins.save(id, { ...sampleTwin(id), use: 'school' }, {});
    await store().meters.save({ ...sampleMeter(`${id}-gaz`, id), timezone: 'UTC' });
    if (works)
      await store().works.save({
        id: `${id}-works`,
        buildingId: id,
        measures: ['wall-insulation-outside'],
        startDay: '2023-03-01',
        endDay: '2023-03-01',
      });
  };
  type Rates = {
    prior: { value: number };
    rates: {
      measure: { id: string };
      family: { id: string } | null;
      rate: { value: number };
      cases: number;
    }[];
  };
  const rates = async () => (await call(`${api.url}v1/rates`)).body as Rates;

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
    await addSchool('ecole', true);
    await send('ecole-gaz', 0, days, (i) => kwh(i, 0.25));
    api = await openApi(store(), context().nowMs);
    return () => api.close();
  });

  it('shows nothing before a case, then the rate of the measure and of its family with the prior', async () => {
    expect((await rates()).rates).toEqual([]);
    await correctStock(context());
    const { prior, rates: learnt } = await rates();
    expect(prior.value).toBe(0.85);
    expect(learnt.map(({ measure, family, cases }) => [measure.id, family?.id ?? null, cases])).toEqual([
      ['wall-insulation-outside', null, 1],
      ['wall-insulation-outside', 'school/1949-1974', 1],
    ]);
  });

  it('marks a programme stale when a new case has moved a rate it used, and says which', async () => {
    const [, family] = (await rates()).rates;
    const used = (mean: number) => [
      { measure: 'wall-insulation-outside', family: 'school/1949-1974', mean, cases: 0 },
    ];
    const quantity = {
      value: 1,
      unit: 'kWh',
      low: 1,
      high: 1,
      level: 0.9,
      provenance: 'computed',
      basis: '',
    };
    const programme = (mean: number) => ({
      budgetEur: 1,
      firstYear: 2027,
      years: 1,
      costEur: 1,
      savingKwh: quantity,
      savingPercent: quantity,
      chosen: [
        {
          buildingId: 'ecole',
          name: { fr: 'École', en: 'School' },
          year: 2027,
          measures: [{ id: 'wall-insulation-outside', name: { fr: 'Murs', en: 'Walls' } }],
          costEur: 1,
          savingKwh: quantity,
        },
      ],
      chanceOf30Percent: 0,
      target: null,
      notChosen: [],
      late: [],
      gapPercent: 0,
      rates: used(mean),
    });
    const moved = await store().programmes.add(programme((family?.rate.value ?? 0) + 0.1));
    const same = await store().programmes.add(programme(family?.rate.value ?? 0));
    const corrected = await correctStock(context());
    expect(corrected.ok && corrected.value.stale.map(({ id }) => id)).toEqual([moved]);
    const listed = await listProgrammes(context());
    const staleOf = (id: number) =>
      listed.ok ? listed.value.find((one) => one.id === String(id))?.stale : undefined;
    expect(staleOf(moved)?.fr).toMatch(
      /écoles de 1949 à 1974 : taux de réalisation de \d+ à \d+ % \(1 chantier de plus\)/,
    );
    expect(staleOf(same)).toBeNull();
  });

  it('reports a fuel that rises by 75 % after works as a probable non-routine change, and learns nothing from it', async () => {
    await addSchool('halle', true);
    await send('halle-gaz', 0, days, (i) => kwh(i, 0, 1.75));
    const before = await rates();
    const corrected = await correctStock(context());
    const savings = corrected.ok
      ? corrected.value.savings.find(({ worksId }) => worksId === 'halle-works')
      : undefined;
    expect(savings?.status).toBe('provisional');
    expect(savings?.warnings.find(({ code }) => code === 'rise')?.message.fr).toContain(
      'non une économie négative',
    );
    expect(corrected.ok && corrected.value.learnt.leftOut.map(({ worksId }) => worksId)).toEqual([
      'halle-works',
    ]);
    expect(await rates()).toEqual(before);
    const events = (await call(`${api.url}v1/buildings/halle/events`)).body as {
      code: string;
      state: string;
    }[];
    expect(events.some(({ code, state }) => code === 'rise' && state === 'proposed')).toBe(true);
  });

  it('explains the gap of the works by cause, the parts summing to it', async () => {
    const { status, body } = await call(`${api.url}v1/buildings/ecole/gap`);
    expect(status).toBe(200);
    const { parts, gapKwh } = body as { parts: { cause: string; kwh: { value: number } }[]; gapKwh: number };
    expect(parts.map(({ cause }) => cause)).toContain('fabric-system-air');
    expect(parts.reduce((sum, { kwh: part }) => sum + part.value, 0)).toBeCloseTo(gapKwh, 6);
    expect((await call(`${api.url}v1/buildings/nowhere/gap`)).status).toBe(404);
  });

  it('finds at night that heating takes too much, judged by the model of a season before, one alarm however many nights', async () => {
    await addSchool('mairie', false);
    const faulty = (i: number): number => kwh(i, 0) + (i >= 780 ? 8 * Math.max(0, 16 - outdoorC(i)) : 0);
    const alarms = async () =>
      (await call(`${api.url}v1/buildings/mairie/alarms`)).body as {
        code: string;
        message: { fr: string };
        evidence: { learntUntil: string };
      }[];
    await send('mairie-gaz', 0, 670, faulty);
    today = 670;
    await retrain(context());
    await send('mairie-gaz', 670, 778, faulty);
    today = 778;
    await retrain(context());
    expect(await alarms()).toEqual([]);
    for (const night of [794, 800]) {
      await send('mairie-gaz', night === 794 ? 778 : 794, night, faulty);
      today = night;
      await retrain(context());
    }
    const found = await alarms();
    expect(found.map(({ code }) => code)).toEqual(['heating-drift']);
    expect(found[0]?.message.fr).toContain('le chauffage prend plus');
    expect(found[0]?.evidence.learntUntil).toBe('2023-11-01');
  });
});

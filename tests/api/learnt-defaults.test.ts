import { beforeAll, expect, it } from 'vitest';
import { twinFromForm } from '#create/index.ts';
import { startLedger } from '#app/clock.ts';
import { correctStock } from '#app/correct-stock.ts';
import { learnStockDefaults } from '#app/learnt-defaults.ts';
import { retrain } from '#app/train.ts';
import type { Quantity } from '#core/quantity.ts';
import { call, openApi, postJson, type TestApi } from '../support/api.ts';
import { counted } from '../support/counted.ts';
import { withStores } from '../support/database.ts';
import { sampleBuilding, sampleMeter } from '../support/samples.ts';

const dayMs = 86_400_000;
const firstDay = Date.UTC(2022, 0, 1) / dayMs;
const days = 800;
const outdoorC = (i: number): number => 11 - 8 * Math.cos((2 * Math.PI * i) / 365.25) + (i % 7) - 3;

withStores('what the meters of a stock teach of period defaults', ({ store }) => {
  let api: TestApi;
  const context = () => ({ store: store(), nowMs: () => (firstDay + days) * dayMs, startLedger });

  const addSchool = async (id: string): Promise<number> => {
    const made = twinFromForm({
      id,
      name: id,
      use: 'school',
      floorAreaM2: 1500,
      storeys: 2,
      constructionYear: 1976,
    });
    if (!made.ok) throw new Error(made.error.message.en);
    const twin = { ...made.value.twin, buildingId: id };
    await store().buildings.save({ ...sampleBuilding(id), use: 'school' });
    await store().twins.save(id, twin, {});
    return (24 * twin.heatLoss.value) / (1000 * twin.system.efficiency.value);
  };

  /** A school whose meter shows half of the slope that its twin expects. */
  const addMetered = async (id: string): Promise<void> => {
    const slope = 0.5 * (await addSchool(id));
    await store().meters.save({ ...sampleMeter(`${id}-gaz`, id), timezone: 'UTC' });
    const startMs = Float64Array.from({ length: days }, (_, i) => (firstDay + i) * dayMs);
    await store().readings.upsert(`${id}-gaz`, {
      startMs,
      endMs: startMs.map((start) => start + dayMs),
      energyKwh: startMs.map(
        (_, i) => (20 + slope * Math.max(0, 15 - outdoorC(i))) * (1 + 0.02 * ((i % 5) - 2)),
      ),
    });
  };

  type Learnt = {
    figure: { id: string; name: { fr: string } };
    period: { id: string; name: { fr: string; en: string } } | null;
    factor: Quantity;
    cases: number;
  };
  const defaults = async () => ((await call(`${api.url}v1/rates`)).body as { defaults: Learnt[] }).defaults;
  const building = async (id: string) =>
    (await call(`${api.url}v1/buildings/${id}`)).body as {
      heatLossWK: Quantity;
      elements: { u: Quantity }[];
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
    await addSchool('sans-compteur');
    for (const id of ['a', 'b', 'c', 'd']) await addMetered(id);
    api = await openApi(store(), context().nowMs);
    return () => api.close();
  });

  it('moves the building without a meter, keeps the metered ones on their own meters, and says what changed', async () => {
    expect(await defaults()).toEqual([]);
    const before = await building('sans-compteur');
    expect(before.elements.some(({ u }) => u.provenance === 'period-default')).toBe(true);
    const at = `${api.url}v1/buildings/sans-compteur/scenarios`;
    const saved = await postJson(at, {
      name: 'murs',
      measures: [{ measure: 'wall-insulation-outside', year: 2025 }],
    });
    expect(saved.status).toBe(200);
    const planned = await postJson(`${api.url}v1/programmes`, { budgetEur: 2_000_000, years: 1 });
    expect(planned.status).toBe(200);

    await retrain(context());
    const corrected = await correctStock(context());
    expect(corrected.ok && corrected.value.defaults.leftOut).toEqual([]);

    const learnt = await defaults();
    const walls = learnt.find(({ figure, period }) => figure.id === 'walls' && period !== null);
    expect(walls?.period?.name).toEqual({ fr: '1975 à 1977', en: '1975 to 1977' });
    expect(walls?.figure.name.fr).toBe('U des murs');
    expect(walls?.cases).toBe(4);
    expect(walls?.factor.value).toBeLessThan(0.9);
    expect(walls?.factor.low).toBeLessThan(walls?.factor.value ?? 0);

    const after = await building('sans-compteur');
    expect(after.heatLossWK.value).toBeLessThan(0.95 * before.heatLossWK.value);
    expect(after.elements.every(({ u }) => u.provenance !== 'period-default')).toBe(true);
    const metered = await building('a');
    expect(metered.elements.some(({ u }) => u.provenance === 'learnt')).toBe(false);

    const { id } = saved.body as { id: number };
    const compared = await postJson(`${at}/${id}/comparison`, {});
    const told = (compared.body as { warnings: { code: string; message: { fr: string } }[] }).warnings;
    expect(told.find(({ code }) => code === 'rates-changed')?.message.fr).toMatch(
      /U des murs par défaut, 1975 à 1977 : facteur de 1,00 à 0,\d\d \(4 bâtiments relevés\)/,
    );
    const stale = corrected.ok ? corrected.value.stale : [];
    expect(stale.map(({ stale: why }) => why.en).join()).toMatch(
      /default U of walls, 1975 to 1977: factor from 1.00 to 0.\d\d/,
    );
    const { stale: kept } = (await call(`${api.url}v1/programmes/${stale[0]?.id}`)).body as {
      stale: { fr: string };
    };
    expect(kept.fr).toContain('les compteurs ont appris');
  }, 120_000);

  it('goes on learning from the baseline of a building whose works have begun since, and from nothing after them', async () => {
    await store().works.save({
      id: 'a-2023',
      buildingId: 'a',
      measures: ['roof-insulation'],
      startDay: '2023-09-01',
      endDay: '2023-10-01',
    });
    await retrain(context());
    expect((await store().models.baseline('a-gaz'))?.window.toMs).toBe(Date.UTC(2023, 8, 1));
    await correctStock(context());
    expect(
      (await defaults()).find(({ figure, period }) => figure.id === 'walls' && period !== null)?.cases,
    ).toBe(4);
    const lines = await store().learntDefaults.lines(10);
    const ofA = lines.find(({ buildingId }) => buildingId === 'a')?.record as { data: { window: string } };
    expect(ofA.data.window.endsWith('/2023-08-31')).toBe(true);
  });

  it('asks each building’s main meter alone, and for the meters of all buildings at once', async () => {
    await store().meters.save({ ...sampleMeter('a-elec', 'a'), use: 'all', timezone: 'UTC' });
    const ofGas = await store().models.baseline('a-gaz');
    if (ofGas === undefined) throw new Error('no baseline');
    const { record, window } = ofGas;
    await store().models.add({
      meterId: 'a-elec',
      role: 'baseline',
      record,
      dataHash: 'copy',
      window,
    });
    expect((await store().learntDefaults.lines(10)).map(({ meterId }) => meterId)).toContain('a-elec');
    const { store: watched, calls } = counted(store());
    const { learnt, failed } = await learnStockDefaults({ ...context(), store: watched });
    expect(failed).toEqual([]);
    expect(learnt.defaults.find(({ figure }) => figure === 'walls')?.cases).toBe(4);
    expect(calls.get('buildings.get')).toBe(4);
    const ofMeters = [...calls].filter(([name]) => /^(meters|derivations)\./.test(name));
    expect(ofMeters.map(([, times]) => times)).toEqual([1, 1]);
  });

  it('says the same when nothing has moved, and notes no line of the stock again', async () => {
    const before = await defaults();
    const notes = () => store().stockFigures.waiting('any', 0, 10);
    const seen = (await notes()).flatMap(({ notes: of }) => of);
    await correctStock(context());
    expect(await defaults()).toEqual(before);
    expect((await notes()).flatMap(({ notes: of }) => of)).toEqual(seen);
  });
});

import { beforeAll, expect, it } from 'vitest';
import { correctStock } from '#app/correct-stock.ts';
import { retrain } from '#app/train.ts';
import type {
  Building,
  Comparison,
  MeterAnalysis,
  Savings,
  Signature,
  Stock,
} from '../../src/client/names.ts';
import { call, openApi, postJson, type TestApi } from '../support/api.ts';
import {
  contextAt,
  dayAt,
  firstDay,
  heating,
  ripple,
  saveBuilding,
  saveStation,
} from '../support/daily-stock.ts';
import { withStores } from '../support/database.ts';

const days = dayAt(2023, 7, 1);
/** Works after two years take away a third of the heating. */
const [worksStart, worksEnd] = [dayAt(2022, 1, 5), dayAt(2022, 2, 20)];
const truth = (i: number): number => (60 + heating(i) * (i < worksStart ? 1 : 0.67)) * ripple(i);

const dateOf = (day: number): string => new Date((firstDay + day) * 86_400_000).toISOString().slice(0, 10);
const french = (day: number): string => dateOf(day).split('-').toReversed().join('/');

type Bill = readonly [from: number, to: number, kind?: 'estimé' | 'réel'];

/** Bills of `length` days as a supplier's export lists them. */
const csv = (bills: readonly Bill[]): string =>
  [
    'Facture du;Au;Consommation (kWh);Type de relevé',
    ...bills.map(([from, to, kind = 'réel']) => {
      let kwh = 0;
      for (let day = from; day <= to; day++) kwh += truth(day);
      return [french(from), french(to), Math.round(kwh), kind].join(';');
    }),
  ].join('\n');

const every = (length: number, from: number, to: number): Bill[] =>
  Array.from(
    { length: Math.floor((to - from) / length) },
    (_, i): Bill => [from + i * length, from + (i + 1) * length - 1],
  );

withStores('bills of several days added to a building', ({ store }) => {
  let api: TestApi;
  const context = () => contextAt(store(), () => days);
  const get = async <T>(path: string): Promise<T> => {
    const { status, body } = await call(`${api.url}v1/${path}`);
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body as T;
  };
  const send = async (meter: string, body: string): Promise<void> => {
    const { status } = await call(`${api.url}v1/meters/${meter}/readings`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body,
    });
    expect(status).toBe(200);
  };
  const works = (building: string, id: string) =>
    postJson(`${api.url}v1/buildings/${building}/works`, {
      id,
      measures: ['wall-insulation-outside'],
      start: dateOf(worksStart),
      end: dateOf(worksEnd),
      by: 'A. Martin',
      reason: 'procès-verbal',
    });

  beforeAll(async () => {
    await saveBuilding(store(), 'lilas', [{ id: 'pce-lilas' }]);
    await saveBuilding(store(), 'trois', [{ id: 'pce-trois' }]);
    await saveBuilding(store(), 'sans', [{ id: 'pce-sans' }]);
    api = await openApi(store(), context().nowMs);
    return () => api.close();
  }, 120_000);

  it('of a stock without weather say how to fetch it, and give no figure', async () => {
    await send('pce-sans', csv(every(60, 0, worksStart)));
    const { told, missing, signature } = await get<MeterAnalysis>('meters/pce-sans/analysis');
    expect(signature).toBeNull();
    expect(told.find(({ code }) => code === 'weather-unknown')?.message.fr).toContain('stacoptim weather');
    expect(missing?.fr).toMatch(/^12 factures .*dont 0 avec une énergie et la température/);
    await saveStation(store(), days);
  });

  it('before works give a consumption, a signature, a calibrated twin and a comparison that holds them', async () => {
    const before = await get<Building>('buildings/lilas');
    expect(before.annualKwh).toBeNull();
    expect(before.calibration?.usesMeter).toBe(false);
    const wide = await postJson(`${api.url}v1/buildings/lilas/comparisons`, {
      options: [{ measures: ['wall-insulation-outside'] }],
    });
    await send('pce-lilas', csv(every(60, 0, worksStart)));
    const building = await get<Building>('buildings/lilas');
    const year = Array.from({ length: 365 }, (_, i) => truth(355 + i)).reduce((sum, kwh) => sum + kwh, 0);
    expect(building.annualKwh?.low).toBeLessThan(year);
    expect(building.annualKwh?.high).toBeGreaterThan(year);
    expect(building.annualKwh?.basis).toMatch(/fitted on 12 bills that cover 720 days/);
    expect(building.normalisedKwh?.value).toBeGreaterThan(0.9 * year);
    expect(building.fit?.usable).toBe(true);
    expect(building.calibration).toMatchObject({ usesMeter: true, bills: 12 });
    const efficiency = building.calibration?.figures.find(({ id }) => id === 'efficiency')?.posterior;
    expect(efficiency?.basis).toContain('on 12 bills that cover 720 days');
    const narrow = await postJson(`${api.url}v1/buildings/lilas/comparisons`, {
      options: [{ measures: ['wall-insulation-outside'] }],
    });
    const width = (answer: typeof narrow): number => {
      const kwh = (answer.body as Comparison).scenarios[0]?.beforeKwh;
      return ((kwh?.high ?? 0) - (kwh?.low ?? 0)) / (kwh?.value ?? 1);
    };
    expect(width(narrow)).toBeLessThan(0.6 * width(wide));
    const stock = await get<Stock>('stock');
    // The building that was given its bills before its weather has the same ones.
    expect(stock.totalKwh?.value).toBeCloseTo(2 * (building.annualKwh?.value ?? 0), 3);

    const signature = await get<Signature>('buildings/lilas/signature');
    expect(signature.points).toEqual([]);
    expect(signature.bills).toHaveLength(12);
    expect(signature.model).toMatchObject({ points: 'bills', n: 12 });
    for (const { coldC, outdoorC, warmC } of signature.bills) {
      expect(coldC).toBeLessThan(outdoorC);
      expect(outdoorC).toBeLessThan(warmC);
    }
    const analysis = await get<MeterAnalysis>('meters/pce-lilas/analysis');
    expect(analysis.residuals?.days?.every((length) => length === 60)).toBe(true);
    expect(analysis.degreeDays).toBeNull();
    const audit = await get<{ signature: Signature; missing: null }>('buildings/lilas/report?format=json');
    expect(audit.signature.bills).toHaveLength(12);
    expect(audit.missing).toBeNull();
  });

  it('are trained by night as bills, and not again until another comes', async () => {
    const night = await retrain(context());
    expect(night.find(({ meterId }) => meterId === 'pce-lilas')?.outcome).toBe('promoted');
    const [model] = await store().models.history('pce-lilas', 'live');
    expect(model?.record).toMatchObject({ resolution: 'bills', model: { bills: { count: 12, days: 720 } } });
    const next = await retrain(context());
    expect(next.find(({ meterId }) => meterId === 'pce-lilas')?.outcome).toBe('unchanged');
  });

  it('measure works on a frozen baseline that later corrections do not move', async () => {
    expect((await works('lilas', 'ite')).status).toBe(200);
    const waiting = await get<Building>('buildings/lilas');
    expect(waiting.works[0]?.unmeasured?.en).toMatch(
      /^readings end on 20 December 2021, before the end of the works/,
    );
    // One bill lies across the works: it belongs to neither side, and is told.
    const [across, ...after] = every(61, worksStart - 16, days);
    await send('pce-lilas', csv([across ?? [0, 0], ...after]));
    const corrected = await correctStock(context());
    expect(corrected.ok).toBe(true);
    const [saving] = await get<Savings[]>('buildings/lilas/savings');
    const yearEnd = (after[0]?.[0] ?? 0) + 366;
    let [actual, without] = [0, 0];
    for (const [from, to] of after)
      for (let day = from; day <= to && day < yearEnd; day++) {
        actual += truth(day);
        without += (60 + heating(day)) * ripple(day);
      }
    const share = 100 * (1 - actual / without);
    expect(saving?.status).toBe('final');
    expect(saving?.savingsPercent.low).toBeLessThan(share);
    expect(saving?.savingsPercent.high).toBeGreaterThan(share);
    expect(saving?.savingsPercent.low).toBeGreaterThan(0);
    expect(saving?.normalised).not.toBeNull();
    expect(saving?.months).toEqual([]);
    expect(saving?.warnings.map(({ code }) => code)).not.toContain('too-short');
    expect(saving?.frozenModel).not.toBeNull();
    // Today's bills of before are doubled by mistake: what judges the works does not move.
    const doubled = csv(every(60, 0, worksStart)).replaceAll(
      /;(\d+);/g,
      (_, kwh: string) => `;${2 * Number(kwh)};`,
    );
    await send('pce-lilas', doubled);
    await correctStock(context());
    const [again] = await get<Savings[]>('buildings/lilas/savings');
    expect(again?.counterfactual).toEqual(saving?.counterfactual);
    expect(again?.savingsPercent).toEqual(saving?.savingsPercent);
    await send('pce-lilas', csv(every(60, 0, worksStart)));
    const signature = await get<Signature>('buildings/lilas/signature');
    expect(signature.curves.map(({ period }) => period)).toEqual(['before', 'after']);
    expect(new Set(signature.bills.map(({ period }) => period))).toEqual(
      new Set(['before', 'works', 'after']),
    );
    const gap = await call(`${api.url}v1/buildings/lilas/gap`);
    expect(gap.status).toBe(200);
  });

  it('of which there are three give no figure and a sentence of what is missing', async () => {
    await send('pce-trois', csv(every(60, 0, 181)));
    const building = await get<Building>('buildings/trois');
    expect(building.annualKwh).toBeNull();
    expect(building.normalisedKwh).toBeNull();
    expect(building.calibration?.usesMeter).toBe(false);
    expect(building.warnings.find(({ code }) => code === 'too-few-bills')?.message.fr).toMatch(
      /^3 factures .* il en faut au moins 6/,
    );
    const refused = await call(`${api.url}v1/buildings/trois/signature`);
    expect(refused.body).toMatchObject({ error: { code: 'not-evaluated' } });
    expect(JSON.stringify(refused.body)).toContain('3 bills');
    await works('trois', 'ite-trois');
    const analysis = await get<MeterAnalysis>('meters/pce-trois/analysis');
    expect(analysis.missing?.en).toContain('at least 6 are needed');
  });

  it('tell estimates, gaps and overlaps where the meter is looked at', async () => {
    const bills: Bill[] = [
      [0, 59],
      [60, 119, 'estimé'],
      [120, 179],
      [240, 299],
      [0, 364],
    ];
    await saveBuilding(store(), 'trous', [{ id: 'pce-trous' }]);
    await send('pce-trous', csv(bills.slice(0, 4)));
    await send('pce-trous', csv([[1, 364]]));
    const { told } = await get<MeterAnalysis>('meters/pce-trous/analysis');
    expect(told.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['bills-estimated', 'bills-gap', 'bills-overlap']),
    );
  });

  it('of before and days of after are one meter', async () => {
    await saveBuilding(store(), 'mixte', [{ id: 'pce-mixte' }]);
    await send('pce-mixte', csv(every(30, 0, worksStart)));
    const lines = Array.from(
      { length: days - worksEnd },
      (_, i) => `${dateOf(worksEnd + i)},${truth(worksEnd + i)}`,
    );
    await send('pce-mixte', ['date,kwh', ...lines].join('\n'));
    expect((await works('mixte', 'ite-mixte')).status).toBe(200);
    const [saving] = await get<Savings[]>('buildings/mixte/savings');
    expect(saving?.status).toBe('final');
    expect(saving?.savingsPercent.low).toBeGreaterThan(5);
    const signature = await get<Signature>('buildings/mixte/signature');
    expect(signature.points.length).toBeGreaterThan(365);
    expect(signature.bills.length).toBeGreaterThan(12);
    expect(signature.model.points).toBe('days');
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { refreshStockFigures, urgencyOf } from '#app/stock-figures.ts';
import { computedBy } from '#app/program-stamp.ts';
import { defaultSettings } from '#app/settings.ts';
import { startLedger } from '#app/clock.ts';
import { message } from '#core/message.ts';
import { call, openApi, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';
import { sampleTwin } from '../support/sample-twin.ts';
import { hours, sampleBuilding, sampleMeter } from '../support/samples.ts';

type Line = { readonly id: string } & Record<string, unknown>;
type Summary = {
  readonly buildings: number;
  readonly evaluated: number;
  readonly waiting: number;
  readonly placed: number;
  readonly annualKwh: { value: number; low: number; high: number } | null;
  readonly annualEur: { value: number } | null;
  readonly annualKgCo2e: { value: number } | null;
  readonly urgencies: Record<string, number>;
  readonly communes: readonly string[];
};
type Mapped = {
  readonly cells: readonly { count: number; buildings: readonly { id: string }[]; labels: object }[];
  readonly placed: number;
  readonly unplaced: number;
};

const from = Date.UTC(2024, 0, 1);
const places: readonly (readonly [number, number] | undefined)[] = [
  [44.8, -0.6],
  [44.8, -0.6],
  [45.2, -0.1],
  undefined,
];

withStores('the stock as a list, a sum and a map', ({ store }) => {
  let api: TestApi;
  let v1 = '';
  const now = () => Date.UTC(2026, 0, 1);
  const context = () => ({ store: store(), nowMs: now, startLedger, settings: defaultSettings });
  beforeAll(async () => {
    api = await openApi(store());
    v1 = `${api.url}v1`;
    for (const [index, place] of places.entries()) {
      const id = `b${index}`;
      await store().buildings.save({
        ...sampleBuilding(id),
        commune: index === 2 ? 'Libourne' : 'Bordeaux',
        name: message(`Tour ${index}`, `Tower ${index}`),
        facts: place === undefined ? {} : { site: { latitudeDeg: place[0], longitudeDeg: place[1] } },
      });
      if (index === 3) continue;
      await store().twins.save(id, sampleTwin(id));
      await store().meters.save(sampleMeter(`gas-${id}`, id));
      await store().readings.upsert(
        `gas-${id}`,
        // Half of the last building's year is missing.
        hours(from, index === 2 ? 200 * 24 : 366 * 24, (hour) => (1 + index) * (2 + Math.cos(hour / 1400))),
      );
    }
  });
  afterAll(() => api.close());

  const body = async <T>(path: string): Promise<T> => {
    const answer = await call(`${v1}/${path}`);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body as T;
  };
  const ids = async (path: string): Promise<string[]> =>
    (await body<Line[]>(`buildings?${path}`)).map(({ id }) => id);

  it('says not evaluated before the figures are computed, then computes and keeps them', async () => {
    const [first] = await body<Line[]>('buildings?limit=1');
    expect(first).toMatchObject({ annualKwh: null, urgency: 'unknown', computedDay: null });
    expect(await refreshStockFigures(context(), Number.POSITIVE_INFINITY)).toBe(4);
    expect(await refreshStockFigures(context(), Number.POSITIVE_INFINITY)).toBe(0);
    const summary = await body<Summary>('stock/summary');
    expect(summary).toMatchObject({ buildings: 4, evaluated: 3, waiting: 0, uncomputed: 0, placed: 3 });
    expect(summary.communes).toEqual(['Bordeaux', 'Libourne']);
    const lines = await body<Line[]>('buildings?fields=annualKwh,annualEur,annualKgCo2e,dataCoverage');
    const sum = (key: string): number =>
      lines.reduce((all, line) => all + ((line[key] as { value: number } | null)?.value ?? 0), 0);
    expect(summary.annualKwh?.value).toBeCloseTo(sum('annualKwh'), 3);
    expect(summary.annualEur?.value).toBeCloseTo(sum('annualEur'), 3);
    expect(summary.annualKgCo2e?.value).toBeCloseTo(sum('annualKgCo2e'), 3);
    expect(lines[3]).toMatchObject({ annualKwh: null, dataCoverage: null });
    const part = lines[2]?.['dataCoverage'] as { readonly share: number } | undefined;
    expect(part?.share).toBeCloseTo(200 / 365, 2);
  });

  it('is as doubtful of the euros of many buildings as of their price', async () => {
    const { annualKwh, annualEur } = await body<{
      annualKwh: { value: number; high: number };
      annualEur: { value: number; high: number };
    }>('stock/summary');
    // A price of ±12 % errs alike in all three, so it cannot average out.
    expect(annualEur.high / annualEur.value).toBeGreaterThan(Math.exp(1.645 * Math.log(1.12)) - 1e-3);
    expect(annualEur.high / annualEur.value).toBeGreaterThan(annualKwh.high / annualKwh.value);
  });

  it('orders and filters by what was computed, the unknown last both ways', async () => {
    expect(await ids('sort=-annualKwh')).toEqual(['b2', 'b1', 'b0', 'b3']);
    expect(await ids('sort=annualKwh')).toEqual(['b0', 'b1', 'b2', 'b3']);
    expect(await ids('coverageFrom=0.9&sort=dataCoverage')).toEqual(['b0', 'b1']);
    expect(await ids('carrier=gas')).toEqual(['b0', 'b1', 'b2']);
    expect(await ids('urgency=unknown')).toContain('b3');
    expect(await ids('communeSearch=libou')).toEqual(['b2']);
    expect(await ids('placed=false')).toEqual(['b3']);
    expect((await body<Summary>('stock/summary?communeSearch=libou')).buildings).toBe(1);
  });

  it('jumps into any order, across the last row that has a key', async () => {
    for (const sort of ['id', '-annualKwh', 'annualKwh', 'dataCoverage', '-name']) {
      const all = await ids(`sort=${sort}`);
      for (let skip = 0; skip <= 4; skip++)
        for (const limit of [1, 2, 4])
          expect(await ids(`sort=${sort}&skip=${skip}&limit=${limit}`), `${sort} ${skip}`).toEqual(
            all.slice(skip, skip + limit),
          );
    }
    const both = await call(`${v1}/buildings?skip=1&cursor=abc`);
    expect([both.status, (both.body as { error: { code: string } }).error.code]).toEqual([
      400,
      'parameter-invalid',
    ]);
  });

  it('computes again only what moved', async () => {
    await store().readings.upsert(
      'gas-b0',
      hours(from, 24, () => 9),
    );
    const other = await store().forOrganisation(await store().identities.addOrganisation('other'));
    await other.buildings.save(sampleBuilding('theirs'));
    expect(await store().stockFigures.waiting('x', 0, 10)).toHaveLength(4);
    // One whose readings moved still has its former figures; only a building without any is without.
    const program = computedBy({});
    expect(await store().stockFigures.counts({}, program)).toMatchObject({ waiting: 1, uncomputed: 0 });
    expect(await other.stockFigures.counts({}, program)).toMatchObject({ waiting: 1, uncomputed: 1 });
    expect(await refreshStockFigures(context(), Number.POSITIVE_INFINITY)).toBe(1);
    expect((await body<Summary>('stock/summary')).buildings).toBe(4);
  });

  it('a note committed while the figures are computed is not lost', async () => {
    await store().buildings.save({ ...sampleBuilding('b3'), commune: 'Bordeaux', facts: { dwellings: 3 } });
    const [seen] = (await store().stockFigures.waiting('x', 0, 10)).filter(
      ({ buildingId }) => buildingId === 'b3',
    );
    expect(seen?.notes.length).toBeGreaterThan(0);
    await store().buildings.save({ ...sampleBuilding('b3'), commune: 'Bordeaux', facts: { dwellings: 4 } });
    if (seen !== undefined)
      await store().stockFigures.save(seen, {}, { program: 'another', computedMs: now() });
    expect(
      (await store().stockFigures.waiting('another', 0, 10)).map(({ buildingId }) => buildingId),
    ).toContain('b3');
    await refreshStockFigures(context(), Number.POSITIVE_INFINITY);
  });

  it('gathers places in cells, counts those without one, and looks closer in a box', async () => {
    const map = await body<Mapped>('stock/map');
    expect(map).toMatchObject({ placed: 3, unplaced: 1 });
    expect(map.cells.map(({ count, buildings }) => [count, buildings.map(({ id }) => id)])).toEqual([
      [2, ['b0', 'b1']],
      [1, ['b2']],
    ]);
    const near = await body<Mapped>('stock/map?west=-0.2&south=45.1&east=0&north=45.3');
    expect(near.cells.map(({ buildings }) => buildings[0]?.id)).toEqual(['b2']);
    const none = await body<Mapped>('stock/map?placed=false');
    expect(none).toMatchObject({ box: null, cells: [], placed: 0, unplaced: 1 });
    const wrong = await call(`${v1}/stock/map?wst=3`);
    expect(wrong.status).toBe(400);
  });

  it('writes what is filtered as one sheet, in the order asked', async () => {
    const sheet = await (await fetch(`${v1}/stock/sheet?carrier=gas&sort=-annualKwh&lang=fr`)).text();
    const lines = sheet.trim().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toContain('"Consommation (kWh/an)";"Consommation (kWh/an), bas (90 %)"');
    expect(lines.slice(1).map((line) => line.split(';')[0])).toEqual(['"b2"', '"b1"', '"b0"']);
    expect(lines[1]?.split(';')).toHaveLength(lines[0]?.split(';').length ?? 0);
  });

  it('gives what the results of a building rest on in one answer, the same as each alone', async () => {
    const together = await body<Record<string, unknown>>('buildings/b0/results');
    for (const part of ['works', 'savings', 'events', 'alarms'])
      expect(together[part]).toEqual(await body(`buildings/b0/${part}`));
    expect((await call(`${v1}/buildings/nowhere/results`)).status).toBe(404);
  });

  it('is urgent by the first date that binds, and unknown where none could be judged', () => {
    const day = '2026-06-01';
    expect(urgencyOf({ from: '2025-01-01' }, true, day)).toBe('outside');
    expect(urgencyOf({ from: '2028-01-01' }, true, day)).toBe('soon');
    expect(urgencyOf({ from: '2034-01-01' }, true, day)).toBe('later');
    expect(urgencyOf(undefined, true, day)).toBe('none');
    expect(urgencyOf(undefined, false, day)).toBe('unknown');
  });
});

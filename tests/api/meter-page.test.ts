import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  BuildingMeters,
  MeterAnalysis,
  MeterSeries,
  ReadingsPreflight,
} from '../../src/client/names.ts';
import { ok } from '#core/result.ts';
import { administrator, call, openApi, postJson, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';
import { sampleTwin } from '../support/sample-twin.ts';
import { hours, sampleBuilding, sampleMeter } from '../support/samples.ts';

/** Midnight in Paris, so that hours and local days agree. */
const first = Date.UTC(2023, 11, 31, 23);
const DAY_MS = 86_400_000;
const firstDay = Date.UTC(2024, 0, 1) / DAY_MS;
const controller = { 'x-test-role': 'administrator' };

withStores('the page of meters', (database) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openApi(database.store(), () => Date.UTC(2026, 0, 1), {
      entryOf: (request) =>
        Promise.resolve(ok({ ...administrator, role: request.get('x-test-role') ?? 'manager' })),
    });
    const store = database.store();
    await store.buildings.save(sampleBuilding('house'));
    await store.twins.save('house', sampleTwin('house'), {});
    await store.meters.save(sampleMeter('gas', 'house'));
    await store.meters.save({ ...sampleMeter('empty', 'house'), use: 'other' });
    await store.meters.save({ ...sampleMeter('flat-1', 'house'), personal: true });
    await store.weather.saveStation({
      id: 'post',
      name: 'Post',
      latitudeDeg: 44.8,
      longitudeDeg: -0.7,
      altitudeM: 50,
      source: 'test',
      simulated: true,
    });
    const outdoorC = Float64Array.from(
      { length: 366 },
      (_, day) => 12 - 9 * Math.cos((2 * Math.PI * day) / 366),
    );
    await store.weather.saveDaily('post', {
      firstDay,
      meanC: outdoorC,
      ghiWm2: new Float64Array(366).fill(Number.NaN),
    });
    // A year of a heated house, a day of it at forty times its use.
    const kwhOf = (hour: number): number => {
      const day = Math.floor(hour / 24);
      const usual = 1 + 0.2 * Math.max(0, 17 - (outdoorC[day] ?? 0)) + 0.1 * (hour % 5);
      return hour === 100 * 24 + 6 ? 400 : usual;
    };
    await store.readings.upsert('gas', hours(first, 366 * 24, kwhOf));
    await store.readings.upsert(
      'flat-1',
      hours(first, 48, () => 1),
    );
  });
  afterAll(() => api.close());

  const get = async <T>(path: string, headers: Record<string, string> = {}): Promise<T> =>
    (await call(`${api.url}v1/${path}`, { headers })).body as T;

  const sendCsv = (meter: string, lines: readonly string[], query = '', role = 'manager') =>
    call(`${api.url}v1/meters/${meter}/readings/preflight${query}`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv', 'x-test-role': role },
      body: ['time,kwh', ...lines].join('\n'),
    });

  describe('lists', () => {
    it('what is held of each meter and how sound it is; dwellings are counted and not shown', async () => {
      const { meters, dwellings } = await get<BuildingMeters>('buildings/house/meters');
      expect(dwellings).toBe(1);
      expect(meters.map(({ id, main }) => [id, main])).toEqual([
        ['gas', true],
        ['empty', false],
      ]);
      const [gas, empty] = meters;
      expect(gas).toMatchObject({
        readings: 8784,
        resolution: 'hourly',
        coverage: 1,
        firstDay: '2024-01-01',
        lastDay: '2024-12-31',
        computed: null,
      });
      expect(gas?.marks).toContainEqual({ code: 'spike', readings: 1 });
      expect(gas?.undecided).toBe(gas?.findings);
      expect(empty).toMatchObject({
        readings: 0,
        coverage: null,
        resolution: null,
        marks: [],
        firstDay: null,
      });
    });

    it('a decided defect no longer as left to decide, and a computed meter with its rule', async () => {
      await postJson(`${api.url}v1/meters/gas/decisions`, {
        finding: 'spike',
        from: '2024-04-10',
        to: '2024-04-10',
        action: 'exclude',
        reason: 'typing error',
      });
      await call(`${api.url}v1/meters/half`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          buildingId: 'house',
          carrier: 'gas',
          use: 'part',
          derivation: { kind: 'formula', formula: '0.5 * gas' },
          by: 'test',
          reason: 'half of it',
        }),
      });
      const { meters } = await get<BuildingMeters>('buildings/house/meters');
      const half = meters.find(({ id }) => id === 'half');
      expect(half?.computed?.en).toContain('0.5 * gas');
      expect(half?.readings).toBe(8784);
      const gas = meters.find(({ id }) => id === 'gas');
      expect(gas?.undecided).toBe((gas?.findings ?? 0) - 1);
      expect((await call(`${api.url}v1/buildings/nowhere/meters`)).status).toBe(404);
    });
  });

  describe('draws', () => {
    it('a year in days and a day in hours, each kWh once', async () => {
      const year = await get<MeterSeries>('meters/gas/series?points=400');
      expect([year.step, year.startMs.length]).toEqual(['day', 366]);
      expect(year.marks.find(({ code }) => code === 'spike')?.at).toEqual([100]);
      const day = await get<MeterSeries>('meters/gas/series?from=2024-04-10&to=2024-04-10');
      expect([day.step, day.startMs.length, day.held]).toEqual([
        'reading',
        24,
        { from: '2024-01-01', to: '2024-12-31' },
      ]);
      expect(day.kwh.reduce((sum, kwh) => sum + kwh, 0)).toBeCloseTo(year.kwh[100] ?? 0, 1);
    });

    it('nothing of a meter without readings, and refuses a period that is none and a dwelling', async () => {
      expect(await get<MeterSeries>('meters/empty/series')).toMatchObject({ held: null, startMs: [] });
      const wrong = await call(`${api.url}v1/meters/gas/series?from=2024-05-01&to=2024-04-01`);
      expect(wrong.body).toMatchObject({ error: { code: 'bad-range' } });
      for (const points of ['0', 'many', '100000'])
        expect((await call(`${api.url}v1/meters/gas/series?points=${points}`)).status).toBe(400);
      expect((await call(`${api.url}v1/meters/flat-1/series`)).status).toBe(403);
      expect((await call(`${api.url}v1/meters/flat-1/series`, { headers: controller })).status).toBe(200);
    });
  });

  describe('explains', () => {
    it('the meter by the weather: the line, each day against it, months in mean weather', async () => {
      const { signature, residuals, degreeDays, missing, usable } =
        await get<MeterAnalysis>('meters/gas/analysis');
      expect(missing).toBeNull();
      expect(usable).toBe(true);
      // 24 hours at 0.2 kWh per K.
      expect(signature?.curves[0]?.slopeKwhKDay).toBeCloseTo(4.8, 0);
      // Every day but the one excluded by decision.
      expect(residuals?.offset).toHaveLength(365);
      const gap = residuals?.actualKwh.map((actual, at) => actual - (residuals.predictedKwh[at] ?? 0)) ?? [];
      expect(Math.max(...gap.map(Math.abs))).toBeLessThan(20);
      // With one year of weather the mean is that year, so normalising changes nothing but the day left out.
      expect(degreeDays?.referenceYears).toEqual({ fewest: 1, most: 1 });
      const january = degreeDays?.months[0];
      expect(january?.normalisedKwh?.value).toBeCloseTo(january?.readKwh ?? 0, 6);
      expect(degreeDays?.months).toHaveLength(12);
    });

    it('in a sentence why it cannot, never by zeros', async () => {
      const empty = await get<MeterAnalysis>('meters/empty/analysis');
      expect(empty).toMatchObject({ signature: null, residuals: null, degreeDays: null, usable: false });
      expect(empty.missing?.fr).toContain('pas encore de relevés');
      expect((await call(`${api.url}v1/meters/flat-1/analysis`)).status).toBe(403);
    });

    it('a meter that is not the building’s by its own last year', async () => {
      const half = await get<MeterAnalysis>('meters/half/analysis');
      expect(half.signature?.curves[0]?.slopeKwhKDay).toBeCloseTo(2.4, 0);
    });
  });

  describe('reads a file before it is kept', () => {
    it('what is new, what changes, what is the same, line by line, and keeps nothing', async () => {
      const held = await database.store().readings.read('gas');
      const { status, body } = await sendCsv('gas', [
        `2024-12-31T22:00:00Z,${held.energyKwh.at(-1)}`,
        '2024-12-31T23:00:00Z,5',
        '2025-01-01T00:00:00Z,oops',
        '2025-01-01T01:00:00Z,7',
      ]);
      expect(status).toBe(200);
      const report = body as ReadingsPreflight;
      expect(report).toMatchObject({ inserted: 2, updated: 0, unchanged: 1, rejected: 1, format: 'csv' });
      expect(report.rejectedRows.map(({ line }) => line)).toEqual([4]);
      expect(report.heldKwhPerDay).toBeGreaterThan(20);
      expect((await database.store().readings.extent('gas'))?.count).toBe(8784);
      const changed = await sendCsv('gas', ['2024-12-31T21:00:00Z,1', '2024-12-31T22:00:00Z,2']);
      expect(changed.body).toMatchObject({ inserted: 0, updated: 2, unchanged: 0 });
    });

    it('refuses what the meter would refuse, and those who may not send', async () => {
      const rising = Array.from({ length: 40 }, (_, hour) => {
        const at = new Date(Date.UTC(2025, 5, 1) + hour * 3_600_000).toISOString();
        return `${at},${1000 + 3 * hour}`;
      });
      expect((await sendCsv('gas', rising)).body).toMatchObject({ error: { code: 'register-unsure' } });
      expect((await sendCsv('gas', rising, '?register=true')).status).toBe(200);
      expect((await sendCsv('half', rising)).body).toMatchObject({ error: { code: 'derived-meter' } });
      expect((await sendCsv('nowhere', rising)).status).toBe(404);
      expect((await sendCsv('flat-1', ['2025-01-01T00:00:00Z,5', '2025-01-01T01:00:00Z,4'])).status).toBe(
        403,
      );
      expect((await sendCsv('gas', rising, '', 'viewer')).status).toBe(403);
      expect((await sendCsv('gas', [])).status).toBe(422);
    });
  });
});

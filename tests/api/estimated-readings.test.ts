import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BuildingMeters, MeterQuality } from '../../src/client/names.ts';
import { readingFlag } from '#core/series.ts';
import { call, openApi, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';
import { hours, sampleBuilding, sampleMeter } from '../support/samples.ts';

withStores('readings that the supplier estimated', ({ store }) => {
  let api: TestApi;
  beforeAll(async () => {
    await store().buildings.save(sampleBuilding('house'));
    await store().meters.save({ ...sampleMeter('gas', 'house'), timezone: 'UTC' });
    const batch = hours(Date.UTC(2024, 0, 1), 24 * 60, (hour) => 5 + (hour % 24));
    const quality = Int16Array.from(batch.startMs, (_, i) =>
      i >= 240 && i < 264 ? readingFlag.estimated : 0,
    );
    await store().readings.upsert('gas', { ...batch, quality });
    api = await openApi(store());
  });
  afterAll(() => api.close());

  it('are told, and ask nobody to decide', async () => {
    const { findings } = (await call(`${api.url}v1/meters/gas/quality`)).body as MeterQuality;
    const told = findings.filter(({ code }) => code === 'estimated');
    expect(told).toMatchObject([{ asksPerson: false, decision: null, from: '2024-01-11' }]);
    expect(findings.filter(({ code }) => code !== 'estimated').every(({ asksPerson }) => asksPerson)).toBe(
      true,
    );
    const { meters } = (await call(`${api.url}v1/buildings/house/meters`)).body as BuildingMeters;
    expect(meters[0]?.undecided).toBe(findings.length - told.length);
  });
});

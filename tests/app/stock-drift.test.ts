import { describe, expect, it } from 'vitest';
import { startLedger } from '#app/clock.ts';
import { measurementsReport } from '#app/loop-reports.ts';
import { driftTold, forgetStockDrift, stockDriftWithout } from '#app/stock-drift.ts';
import { viewBuilding } from '#app/view-building.ts';
import { readModelRecord } from '#measure/index.ts';
import { withSampleStock } from '../support/database.ts';

withSampleStock('the drift of the stock, in the app', ({ store }) => {
  it('is learnt from the other buildings’ years without works, and told with what is worth measuring', async () => {
    const context = { store: store(), nowMs: () => Date.UTC(2026, 0, 1), startLedger };
    // The sample stock has works in most years; two meters are given a year without works, long before any, that drifted.
    const [one, other] = await context.store.models.currentOf(
      (await context.store.meters.list()).map(({ id }) => id),
    );
    for (const model of [one, other]) {
      const read = readModelRecord(model.record);
      if (!read.ok) throw new Error(read.error.message.en);
      const drift = {
        factor: 1,
        ownYears: 1,
        basis: 'test',
        years: [{ lastDay: 10_000, lnRatio: 0.4, noise: 0.02 }],
      };
      const record = JSON.parse(JSON.stringify({ ...read.value, model: { ...read.value.model, drift } }));
      const { meterId, dataHash, window } = model;
      const id = await context.store.models.add({ meterId, role: 'live', record, dataHash, window });
      await context.store.models.promote(id, { by: 'test', reason: 'test' });
    }
    forgetStockDrift(context);
    const all = await stockDriftWithout(context, 'nobody');
    expect(all.buildings).toBe(2);
    expect(all.factor).toBeGreaterThan(1);
    const building = (await context.store.meters.get(one.meterId))?.buildingId ?? '';
    expect((await stockDriftWithout(context, building)).buildings).toBe(1);
    const view = await viewBuilding(context, 'ecole-1958');
    if (!view.ok) throw new Error(view.error.message.en);
    expect(view.value.drift.en).toMatch(/^Drift from year to year/);
    const gains = view.value.measurements.map(
      ({ widthNowKwh, widthAfterKwh }) => widthNowKwh - widthAfterKwh,
    );
    expect(gains).toEqual(gains.toSorted((a, b) => b - a));
    expect(gains.every((gain) => gain > 0)).toBe(true);
    expect(view.value.measurements[0]?.sentence.fr).toContain('kWh');
    const told = { ...view.value, identifiability: view.value.calibration?.identifiability ?? [] };
    const report = measurementsReport(told, 'fr');
    expect(report).toContain('  À mesurer, le plus utile d’abord :');
    expect(report).toContain(`  1. ${view.value.measurements[0].sentence.fr}`);
    expect(report.at(-1)).toContain(view.value.drift.fr);
    expect(measurementsReport({ ...told, measurements: [] }, 'en').join('\n')).toContain(
      'No further measurement',
    );
  }, 120_000);
});

describe('the sentence on drift', () => {
  it('says when only the shipped table is known', () => {
    expect(driftTold({ factor: 1, years: 0, buildings: 0 }).fr).toContain('livrée avec l’outil');
    expect(driftTold({ factor: 1.24, years: 3, buildings: 2 }).fr).toContain('1,24 d’après 3 années');
  });
});

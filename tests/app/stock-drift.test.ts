import { describe, expect, it } from 'vitest';
import { startLedger } from '#app/clock.ts';
import { runDemo } from '#app/demo.ts';
import { driftTold, forgetStockDrift, stockDriftWithout } from '#app/stock-drift.ts';
import { viewBuilding } from '#app/view-building.ts';
import { withStores } from '../support/database.ts';

withStores('the drift of the stock, in the app', ({ store }) => {
  it('is learnt from the other buildings’ years without works, and told with what is worth measuring', async () => {
    const context = { store: store(), nowMs: () => Date.UTC(2026, 0, 1), startLedger };
    const run = await runDemo(context, () => {});
    if (!run.ok) throw new Error(run.error.message.en);
    forgetStockDrift(context);
    const rows = await context.store.models.driftYears(300);
    const all = await stockDriftWithout(context, 'nobody');
    const works = new Set((await context.store.works.list()).map(({ buildingId }) => buildingId));
    for (const { buildingId } of rows) {
      const without = await stockDriftWithout(context, buildingId);
      // A building's own years leave with it; one whose years all lie across works had none to take.
      if (!works.has(buildingId)) expect(without.buildings).toBe(all.buildings - 1);
      expect(without.years).toBeLessThanOrEqual(all.years);
    }
    const view = await viewBuilding(context, 'ecole-1958');
    if (!view.ok) throw new Error(view.error.message.en);
    expect(view.value.drift.en).toMatch(/^Drift from year to year/);
    const gains = view.value.measurements.map(
      ({ widthNowKwh, widthAfterKwh }) => widthNowKwh - widthAfterKwh,
    );
    expect(gains).toEqual(gains.toSorted((a, b) => b - a));
    expect(gains.every((gain) => gain > 0)).toBe(true);
    expect(view.value.measurements[0]?.sentence.fr).toContain('kWh');
    // What the test stands on: years were learnt at all.
    expect(rows.length).toBeGreaterThan(0);
    expect(all.years).toBeGreaterThan(0);
  }, 120_000);
});

describe('the sentence on drift', () => {
  it('says when only the shipped table is known', () => {
    expect(driftTold({ factor: 1, years: 0, buildings: 0 }).fr).toContain('livrée avec l’outil');
    expect(driftTold({ factor: 1.24, years: 3, buildings: 2 }).fr).toContain('1,24 d’après 3 années');
  });
});

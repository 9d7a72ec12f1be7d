import type { Server } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAccess } from '#api/access.ts';
import { listen } from '#api/server.ts';
import { startLedger } from '#app/clock.ts';
import type { AppContext } from '#app/context.ts';
import { importFuelPoverty } from '#app/fuel-poverty.ts';
import { fuelPovertyLines } from '#app/fuel-poverty-sheet.ts';
import { fuelPovertyImportSchema } from '#app/fuel-poverty-views.ts';
import { rankingDraws } from '#app/ranking.ts';
import { rankingSchema } from '#app/ranking-views.ts';
import { failureSchema } from '#app/views.ts';
import { administrator } from '../support/api.ts';
import { withSampleStock } from '../support/database.ts';

withSampleStock('ranking by the law and by fuel poverty', ({ store }) => {
  let server: Server;
  let url = '';
  let context: AppContext;
  const folder = mkdtempSync(join(tmpdir(), 'stacoptim-poverty-'));
  beforeAll(async () => {
    context = { store: store(), nowMs: () => Date.UTC(2026, 0, 1), startLedger };
    ({ server, url } = await listen(context, '127.0.0.1', 0, openAccess(administrator)));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const send = (method: string, path: string, body: unknown): Promise<Response> =>
    fetch(`${url}v1/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const ranking = async (query: string) =>
    rankingSchema.parse(await (await fetch(`${url}v1/ranking?${query}`)).json());
  const share = (value: number, more: object = {}) => ({
    kind: 'share',
    value,
    source: 'enquête 2025',
    ...more,
  });

  it('ranks by the days a building has before it stands outside the law, and names those it cannot judge', async () => {
    const { ranks, notEvaluated } = await ranking('by=legal-urgency&top=1');
    expect(ranks.length).toBeGreaterThan(0);
    expect(ranks.map(({ value }) => value.value)).toEqual(
      ranks.map(({ value }) => value.value).toSorted((one, other) => one - other),
    );
    expect(ranks.every(({ sentence, measures }) => sentence !== undefined && measures.length === 0)).toBe(
      true,
    );
    expect(notEvaluated.find(({ buildingId }) => buildingId === 'bureaux-1992')?.reason.fr).toContain(
      'année de référence',
    );
    const declared = { areaM2: 1900, reference: { year: 2015, finalKwh: 5000 }, otherUsesKwhYear: 0 };
    await send('PUT', 'buildings/bureaux-1992/tertiary', declared);
    const after = await ranking('by=legal-urgency&top=1');
    const office = after.ranks.find(({ buildingId }) => buildingId === 'bureaux-1992');
    // 2026-01-01 to 2030-01-01, and it surely misses the target.
    expect(office?.value.value).toBeCloseTo(1461, 0);
    expect(office?.sentence?.fr).toContain('décret tertiaire, cible de 2030 (100 %');
  }, 60_000);

  it('ranks by fuel poverty as given, ties where intervals overlap, never those of whom nothing was said', async () => {
    expect((await ranking('by=fuel-poverty')).ranks).toEqual([]);
    const answered = fuelPovertyImportSchema.parse(
      await (
        await send('POST', 'stock/fuel-poverty', {
          lines: [
            { buildingId: 'residence-1972', fuelPoverty: share(0.3, { low: 0.1, high: 0.5 }) },
            { buildingId: 'ecole-1958', fuelPoverty: share(0.35, { low: 0.15, high: 0.55 }) },
            { buildingId: 'bureaux-1992', fuelPoverty: share(0.05) },
            { buildingId: 'nowhere', fuelPoverty: share(0.2) },
            { buildingId: 'piscine-1985', fuelPoverty: share(35) },
            { buildingId: 'bureaux-1992', fuelPoverty: share(0.4) },
          ],
        })
      ).json(),
    );
    expect(answered.kept).toBe(3);
    expect(answered.refused.map(({ line, code }) => [line, code])).toEqual([
      [4, 'unknown-building'],
      [5, 'fuel-poverty-invalid'],
      [6, 'id-taken'],
    ]);
    const { ranks, notEvaluated } = await ranking('by=fuel-poverty&top=1');
    expect(ranks.map(({ buildingId, place }) => [buildingId, place])).toEqual([
      ['ecole-1958', 1],
      ['residence-1972', 1],
      ['bureaux-1992', 3],
    ]);
    expect(ranks[0]?.value).toMatchObject({ unit: '%', provenance: 'declared' });
    expect(ranks[0]?.value.value).toBeCloseTo(35, 0);
    expect(notEvaluated[0]?.reason.fr).toContain('ne se devine pas');
    expect((await ranking('by=fuel-poverty-score')).ranks).toEqual([]);
  }, 60_000);

  it('reads a sheet as people fill it: percent or share, commas, bad lines told and the others kept', async () => {
    const path = join(folder, 'precarite.csv');
    writeFileSync(
      path,
      'Identifiant;Part;Bas;Haut;Source\nresidence-1972;42 %;30 %;55 %;CCAS\necole-1958;0,18;;;CCAS\npiscine-1985;beaucoup;;;CCAS\n;0,2;;;CCAS\n',
    );
    const lines = await fuelPovertyLines(path);
    if (!lines.ok) throw new Error(lines.error.code);
    const done = await importFuelPoverty(context, lines.value);
    expect(done.kept).toBe(2);
    expect(done.refused.map(({ line, code }) => [line, code])).toEqual([
      [4, 'fuel-poverty-invalid'],
      [5, 'unknown-building'],
    ]);
    const { ranks } = await ranking('by=fuel-poverty&top=1');
    expect(ranks[0]?.buildingId).toBe('residence-1972');
    expect(ranks[0]?.value.value).toBeCloseTo(42, 0);
    writeFileSync(path, 'Nom;Valeur\na;1\n');
    expect(await fuelPovertyLines(path)).toMatchObject({ ok: false, error: { code: 'columns-missing' } });
  }, 60_000);

  it('refuses a number that would tell of single households', async () => {
    const building = await context.store.buildings.get('residence-1972');
    if (building === undefined) throw new Error('no residence');
    await context.store.buildings.save({ ...building, facts: { ...building.facts, dwellings: 3 } });
    const refused = await send('PUT', 'buildings/residence-1972/fuel-poverty', share(0.3));
    expect(failureSchema.parse(await refused.json()).error.code).toBe('fuel-poverty-household');
    await context.store.buildings.save(building);
  });

  it('keeps as many draws as fifty thousand buildings bear', () => {
    expect([1, 5000, 20_000, 50_000].map(rankingDraws)).toEqual([2000, 2000, 500, 200]);
  });
});

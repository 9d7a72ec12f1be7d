import type { Server } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { openAccess } from '#api/access.ts';
import { listen } from '#api/server.ts';
import { benchmarksSchema } from '#app/benchmark-views.ts';
import { startLedger } from '#app/clock.ts';
import type { AppContext } from '#app/context.ts';
import { lawCalendarSchema, tertiaryAnswerSchema } from '#app/law-views.ts';
import { meteringChoiceSchema, meteringPlanSchema } from '#app/metering-views.ts';
import { programmeComparisonSchema, programmeSchema } from '#app/programme-views.ts';
import { failureSchema } from '#app/views.ts';
import { readXlsx } from '#formats/xlsx/index.ts';
import { administrator } from '../support/api.ts';
import { withSampleStock } from '../support/database.ts';

withSampleStock('the law, benchmarks and the metering plan of a stock', ({ store }) => {
  let server: Server;
  let url = '';
  beforeAll(async () => {
    const context: AppContext = { store: store(), nowMs: () => Date.UTC(2026, 0, 1), startLedger };
    ({ server, url } = await listen(context, '127.0.0.1', 0, openAccess(administrator)));
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const get = (path: string): Promise<Response> => fetch(`${url}v1/${path}`);
  const send = (method: string, path: string, body: unknown): Promise<Response> =>
    fetch(`${url}v1/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const codeOf = async (response: Response) => failureSchema.parse(await response.json()).error.code;
  const calendar = async (query = '') =>
    lawCalendarSchema.parse(await (await get(`stock/law${query}`)).json());
  const planned = async (body: unknown) => {
    const response = await send('POST', 'programmes', body);
    const json: unknown = await response.json();
    if (response.status !== 200) throw new Error(JSON.stringify(json));
    return programmeSchema.parse(json);
  };
  /** An office of which far more is asked than it can save without works. */
  const declared = { areaM2: 1900, reference: { year: 2015, finalKwh: 50_000 }, otherUsesKwhYear: 0 };

  it('a declared office gets its tertiary dates; before that it is not evaluated, and housing has a label', async () => {
    const before = await calendar();
    const homes = before.buildings.find(({ use }) => use === 'housing');
    expect(homes?.label?.chances).toBeDefined();
    expect(Object.values(homes?.label?.chances ?? {}).reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(
      1,
      6,
    );
    expect(before.buildings.find(({ buildingId }) => buildingId === 'bureaux-1992')?.evaluated).toBe(false);
    const kept = await send('PUT', 'buildings/bureaux-1992/tertiary', declared);
    expect(tertiaryAnswerSchema.parse(await kept.json()).tertiary).toEqual(declared);
    const after = await calendar();
    const office = after.buildings.find(({ buildingId }) => buildingId === 'bureaux-1992');
    expect(office).toMatchObject({ evaluated: true, legalUntil: '2029-12-31' });
    // −40 % of 50 MWh: 30 MWh may be used in 2030.
    expect(office?.tertiary?.landings[0]).toMatchObject({ year: 2030, targetKwh: 30_000 });
    expect(office?.tertiary?.landings[0]?.gapKwh).toBeCloseTo((office?.tertiary?.finalKwh ?? 0) - 30_000, 6);
    expect(after.notEvaluated).toBe(before.notEvaluated - 1);
    const report = Buffer.from(await (await get('stock/report?lang=en')).arrayBuffer());
    const workbook = await readXlsx('audit-parc.xlsx', report);
    if (!workbook.ok) throw new Error(workbook.error.message.en);
    const law = workbook.value.find(({ name }) => name === 'Law');
    expect(law?.rows.find(([id]) => id === 'bureaux-1992')).toContain('2029-12-31');
  }, 60_000);

  it('a programme tells the dates, keeps them where they are hard, and says what would make an impossible one possible', async () => {
    await send('PUT', 'buildings/bureaux-1992/tertiary', declared);
    const told = await planned({ budgetEur: 600_000, years: 4 });
    expect(told.law?.mode).toBe('told');
    expect(told.law?.buildings.map(({ buildingId }) => buildingId)).toContain('bureaux-1992');
    expect(told.robustness?.surelyKwh).toBeLessThan(told.robustness?.expectedKwh ?? 0);
    expect(told.chosen.every(({ reason }) => reason !== undefined)).toBe(true);
    // No package known takes the office to its target: hard dates cannot hold, and dwellings say so.
    const hard = await send('POST', 'programmes', { budgetEur: 600_000, years: 4, legalDates: 'hard' });
    const refused = failureSchema.parse(await hard.json());
    expect(refused.error.code).toBe('programme-infeasible');
    expect(refused.error.message.fr).toMatch(
      /• laisser \d+ (logement après sa|logements après leur) date légale \(2030\)/,
    );
    const priced = await planned({ budgetEur: 600_000, years: 4, legalDates: 1000 });
    expect(priced.law).toMatchObject({ mode: 'priced', price: 1000 });
    const compared = programmeComparisonSchema.parse(
      await (await get(`programmes/${priced.id}/changes?from=${told.id}`)).json(),
    );
    expect(compared.summary[0]?.fr).toBe(
      'dates de la loi : tenues au prix de 1\u202f000 kWh par logement et par an, au lieu de : seulement dites.',
    );
    const drawn = z
      .object({
        type: z.literal('FeatureCollection'),
        features: z.array(
          z.object({
            geometry: z.object({ coordinates: z.tuple([z.number(), z.number()]) }).nullable(),
            properties: z.looseObject({ status: z.string() }),
          }),
        ),
      })
      .parse(await (await get(`programmes/${told.id}/document?format=geojson`)).json());
    expect(drawn.features).toHaveLength(told.chosen.length + told.notChosen.length);
  }, 60_000);

  it('a metering plan keeps to its money and narrows; benchmarks know every building', async () => {
    const { id } = await planned({ budgetEur: 900_000 });
    const plan = meteringPlanSchema.parse(
      await (await send('POST', `programmes/${id}/metering-plan`, { budgetEur: 4000 })).json(),
    );
    expect(plan.costEur).toBeLessThanOrEqual(4000);
    expect(plan.instruments).toBeGreaterThan(0);
    expect(plan.widthAfterKwh).toBeLessThan(plan.widthNowKwh);
    const nothing = meteringPlanSchema.parse(
      await (await send('POST', `programmes/${id}/metering-plan`, { budgetEur: 0 })).json(),
    );
    expect(nothing).toMatchObject({ instruments: 0, costEur: 0 });
    const unused = await send('POST', `programmes/${id}/metering-plan`, {
      budgetEur: 4000,
      costsEur: { 'heat-meter': null, 'room-sensor': null },
    });
    const ids = meteringPlanSchema
      .parse(await unused.json())
      .buildings.flatMap(({ instruments }) => instruments.map((one) => one.id));
    expect(ids).not.toContain('heat-meter');
    const { buildings } = benchmarksSchema.parse(await (await get('stock/benchmarks')).json());
    expect(buildings).toHaveLength(7);
  }, 60_000);

  it('what to measure before deciding pays for itself, or nothing does and it says so', async () => {
    const { id } = await planned({ budgetEur: 900_000 });
    const choice = meteringChoiceSchema.parse(
      await (await send('POST', `programmes/${id}/metering-for-choice`, { budgetEur: 4000 })).json(),
    );
    expect(choice.looked).toBe(7);
    expect(choice.costEur).toBeLessThanOrEqual(4000);
    // Fewest sensors: none that does not gain more than it costs, and where none does the sentence says so.
    expect(choice.buildings.every(({ gainEur, costEur }) => gainEur > costEur)).toBe(true);
    expect(choice.sentence.fr).toMatch(choice.buildings.length === 0 ? /aucune mesure/ : /décider ensuite/);
    const dear = await send('POST', `programmes/${id}/metering-for-choice`, { budgetEur: 0 });
    expect(meteringChoiceSchema.parse(await dear.json())).toMatchObject({ buildings: [], gainEur: 0 });
    const legal = await planned({ budgetEur: 900_000, objective: 'legal-risk' });
    const noValue = await send('POST', `programmes/${legal.id}/metering-for-choice`, { budgetEur: 4000 });
    expect(await codeOf(noValue)).toBe('metering-no-value');
  }, 60_000);

  it.each([
    [
      'a reference of 2005',
      'bureaux-1992',
      { ...declared, reference: { year: 2005, finalKwh: 1 } },
      'tertiary-reference-year',
    ],
    ['a small site', 'bureaux-1992', { ...declared, areaM2: 400 }, 'tertiary-not-subject'],
    ['a home', 'residence-1972', declared, 'tertiary-housing'],
    ['a building nobody knows', 'nulle-part', declared, 'unknown-building'],
    ['a negative area', 'bureaux-1992', { ...declared, areaM2: -1 }, 'bad-request'],
  ])('refuses the declaration of %s', async (_what, building, body, code) => {
    expect(await codeOf(await send('PUT', `buildings/${building}/tertiary`, body))).toBe(code);
  });

  it('refuses a threshold of one, an unknown instrument and an unknown programme', async () => {
    expect(await codeOf(await get('stock/law?chance=1'))).toBe('bad-request');
    const { id } = await planned({ budgetEur: 100_000 });
    const unknown = await send('POST', `programmes/${id}/metering-plan`, {
      budgetEur: 1,
      costsEur: { radar: 3 },
    });
    expect(await codeOf(unknown)).toBe('unknown-instrument');
    expect(await codeOf(await send('POST', 'programmes/999999/metering-plan', { budgetEur: 1 }))).toBe(
      'unknown-programme',
    );
  });
});

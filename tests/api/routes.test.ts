import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openAccess } from '#api/access.ts';
import { listen } from '#api/server.ts';
import { startLedger } from '#app/clock.ts';
import type { AppContext } from '#app/context.ts';
import { buildingMeasuresSchema, comparisonSchema } from '#app/comparison-views.ts';
import {
  buildingSchema,
  failureSchema,
  ledgerSchema,
  savingsSchema,
  signatureSchema,
  stockSchema,
} from '#app/views.ts';
import { savedScenarioSchema } from '#app/scenario-views.ts';
import { frontSchema, programmeSchema } from '#app/programme-views.ts';
import { rankingSchema } from '#app/ranking-views.ts';
import { administrator } from '../support/api.ts';
import { withSampleStock } from '../support/database.ts';

withSampleStock('the API on the sample stock', ({ store }) => {
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

  const post = (path: string, body: unknown): Promise<Response> =>
    fetch(`${url}v1/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  describe('answers as its document says', () => {
    const school = 'buildings/ecole-1958';
    it.each<[string, z.ZodType]>([
      ['stock', stockSchema],
      ['ledger', ledgerSchema],
      [school, buildingSchema],
      [`${school}/signature`, signatureSchema],
      [`${school}/savings`, savingsSchema.array()],
      [`${school}/measures`, buildingMeasuresSchema],
      ['ranking?by=saving-per-euro&top=3', rankingSchema],
      ['programmes/latest', programmeSchema],
    ])('GET /v1/%s', async (path, schema) => {
      const response = await fetch(`${url}v1/${path}`);
      expect(response.status).toBe(200);
      const parsed = schema.safeParse(await response.json());
      expect(parsed.error?.issues ?? []).toEqual([]);
    });

    it('POST a comparison', async () => {
      const response = await post(`${school}/comparisons`, {
        options: [{ measures: ['windows'] }, { measures: ['wall-insulation-outside', 'heat-pump-air'] }],
      });
      expect(response.status).toBe(200);
      const { scenarios, doNothing, beforeKwh: idle, money } = comparisonSchema.parse(await response.json());
      expect(scenarios).toHaveLength(2);
      expect(idle).toEqual(scenarios[0]?.beforeKwh);
      expect(money.sentence.fr).toMatch(/^Euros constants de 2024 .* TVA de 20 %/);
      for (const criterion of ['energy', 'netValue', 'carbon', 'comfort'] as const) {
        const all = [doNothing, ...scenarios].map(({ chanceOfBest }) => chanceOfBest[criterion] ?? 0);
        expect(all.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 9);
      }
      for (const { paybackYears, paybackWithin } of scenarios)
        expect(paybackYears === null).toBe((paybackWithin?.chance ?? 1) < 0.5);
      for (const { savingKwh, beforeKwh } of scenarios) expect(savingKwh.value).toBeLessThan(beforeKwh.value);
    });

    it('saves a scenario, branches it, lists both and deletes one', async () => {
      const saved = async (body: object): Promise<Response> => post(`${school}/scenarios`, body);
      const first = savedScenarioSchema.parse(
        await (await saved({ name: 'Toit', measures: [{ measure: 'windows', year: 2028 }] })).json(),
      );
      expect(first.versions).toHaveProperty('measure:windows');
      const branch = savedScenarioSchema.parse(
        await (
          await saved({
            name: 'Toit et murs',
            branchOf: first.id,
            measures: [
              { measure: 'windows', year: 2028 },
              { measure: 'wall-insulation-outside', year: 2030 },
            ],
          })
        ).json(),
      );
      expect(branch.branchOf).toBe(first.id);
      const list = savedScenarioSchema
        .array()
        .parse(await (await fetch(`${url}v1/${school}/scenarios`)).json());
      expect(list.map(({ id }) => id)).toEqual([branch.id, first.id]);
      const gone = await fetch(`${url}v1/${school}/scenarios/${first.id}`, { method: 'DELETE' });
      expect(gone.status).toBe(200);
      expect((await fetch(`${url}v1/${school}/scenarios/${first.id}`)).status).toBe(404);
    });

    it('computes a saved scenario by its number, with its years and elements', async () => {
      const id = z.object({ id: z.number() }).parse(
        await (
          await post(`${school}/scenarios`, {
            name: 'Fenêtres plus tard',
            measures: [{ measure: 'windows', year: new Date().getUTCFullYear() + 5 }],
          })
        ).json(),
      ).id;
      const compared = async (body: object): Promise<z.infer<typeof comparisonSchema>> =>
        comparisonSchema.parse(await (await post(`${school}/scenarios/${id}/comparison`, body)).json());
      const later = await compared({ summer: false });
      const now = comparisonSchema.parse(
        await (
          await post(`${school}/comparisons`, { options: [{ measures: ['windows'] }], summer: false })
        ).json(),
      );
      expect(later.scenarios[0]?.savingKwh.value).toBeCloseTo(now.scenarios[0]?.savingKwh.value ?? 0, 6);
      expect(later.scenarios[0]?.economy.netValueEur?.value).not.toBe(
        now.scenarios[0]?.economy.netValueEur?.value,
      );
      expect((await post(`${school}/scenarios/999999/comparison`, {})).status).toBe(404);
    });

    it('compares under 2050, with summer comfort and the tertiary decree', async () => {
      const body = {
        options: [{ measures: ['windows'] }],
        weather: { kind: 'warmer-2050' },
        tertiary: { areaM2: 2000, reference: { year: 2015, finalKwh: 400_000 }, otherUsesKwhYear: 50_000 },
      };
      const compared = comparisonSchema.parse(await (await post(`${school}/comparisons`, body)).json());
      const [option] = compared.scenarios;
      expect(option?.comfort?.overheatingHours.unit).toBe('h');
      expect(option?.tertiary?.landings.map(({ year }) => year)).toEqual([2030, 2040, 2050]);
      expect(option?.tertiary?.verified).toBe(false);
      expect(compared.weather).toContain('2050');
      expect(compared.warnings.map(({ code }) => code)).toContain('made-hourly-year');
    });

    it('judges in the climate of the department, and says so', async () => {
      const asked = async (more: object) =>
        post(`${school}/comparisons`, { options: [{ measures: ['windows'] }], summer: false, ...more });
      const own = comparisonSchema.parse(await (await asked({})).json());
      expect(own.place).toEqual({ department: '33', zone: 'H2c', ceeZone: 'H2' });
      expect(own.ownCatalogue).toEqual([]);
      const alsace = comparisonSchema.parse(await (await asked({ department: '67' })).json());
      expect(alsace.place).toEqual({ department: '67', zone: 'H1b', ceeZone: 'H1' });
      expect(alsace.warnings.map(({ code }) => code)).toContain('weather-elsewhere');
      const nowhere = await asked({ department: '974' });
      expect(failureSchema.parse(await nowhere.json()).error.code).toBe('unknown-department');
    });

    it('refuses a heat pump without electricity and elements the twin does not have', async () => {
      const code = async (body: object): Promise<string> =>
        failureSchema.parse(await (await post(`${school}/comparisons`, { summer: false, ...body })).json())
          .error.code;
      expect(await code({ options: [{ measures: ['heat-pump-air'] }], supplies: ['gas'] })).toBe(
        'missing-supply',
      );
      const nowhere = { measure: 'windows', elementIds: ['nowhere'] };
      expect(await code({ options: [{ measures: [nowhere] }] })).toBe('missing-element');
    });

    it.each<[string, object, string]>([
      ['a year past the horizon', [{ measure: 'windows', year: 2090 }], 'year-past-horizon'],
      [
        'both sides of one wall',
        [
          { measure: 'wall-insulation-outside', year: 2028 },
          { measure: 'wall-insulation-inside', year: 2029 },
        ],
        'conflicting-measures',
      ],
      ['an unknown measure', [{ measure: 'magic', year: 2028 }], 'unknown-measure'],
    ])('refuses a scenario with %s', async (_, measures, code) => {
      const response = await post(`${school}/scenarios`, { name: 'x', measures });
      expect(response.ok).toBe(false);
      expect(failureSchema.parse(await response.json()).error.code).toBe(code);
    });

    it('POST a programme, whose cost is that of its choices', async () => {
      const response = await post('programmes', { budgetEur: 700_000, years: 2, objective: 'carbon' });
      expect(response.status).toBe(200);
      const plan = programmeSchema.parse(await response.json());
      expect(plan.chosen.reduce((sum, { costEur }) => sum + costEur, 0)).toBeCloseTo(plan.costEur, 2);
      expect(plan.costEur).toBeLessThanOrEqual(700_000);
    });

    it('POST a front, where each dearer plan brings more and none is kept', async () => {
      const count = async (): Promise<number> =>
        ((await (await fetch(`${url}v1/programmes`)).json()) as unknown[]).length;
      const before = await count();
      const response = await post('programmes/front', { budgetEur: 700_000, years: 2, points: 3 });
      expect(response.status).toBe(200);
      const { points } = frontSchema.parse(await response.json());
      expect(points.length).toBeGreaterThan(0);
      for (const [index, point] of points.entries()) {
        expect(point.costEur).toBeLessThanOrEqual(700_000);
        const cheaper = points[index - 1];
        if (cheaper === undefined) continue;
        expect(point.costEur).toBeGreaterThan(cheaper.costEur);
        expect(point.value).toBeGreaterThan(cheaper.value);
      }
      expect(await count()).toBe(before);
    });

    it('lists every path of the document, none of them unknown', async () => {
      const document = (await (await fetch(`${url}v1/openapi.json`)).json()) as {
        openapi: string;
        paths: Record<string, unknown>;
      };
      expect(document.openapi).toBe('3.1.0');
      expect(Object.keys(document.paths).length).toBeGreaterThanOrEqual(10);
    });
  });

  describe('refuses in words, in both languages, with a stable code', () => {
    const refusal = async (response: Response): Promise<z.infer<typeof failureSchema>> =>
      failureSchema.parse(await response.json());

    it.each([
      ['an unknown building', 'buildings/nowhere', 404, 'unknown-building'],
      ['a traversal', 'buildings/..%2F..%2Fetc%2Fpasswd', 404, 'unknown-building'],
      ['an injection', "buildings/x'%3B%20drop%20table%20buildings%3B--", 404, 'unknown-building'],
      ['an unknown path', 'nothing/here', 404, 'unknown-path'],
      ['an unknown criterion', 'ranking?by=beauty', 400, 'bad-request'],
    ])('%s', async (_what, path, status, code) => {
      const response = await fetch(`${url}v1/${path}`);
      expect(response.status).toBe(status);
      const { error } = await refusal(response);
      expect(error.code).toBe(code);
      expect(error.message.fr).not.toBe(error.message.en);
    });

    it.each([
      ['no budget', {}],
      ['a negative budget', { budgetEur: -1 }],
      ['thirty-one years', { budgetEur: 1, years: 31 }],
      ['money of another currency', { budgetEur: 1, currency: 'CHF' }],
      ['an amount with its currency', { budgetEur: '500 000 USD' }],
      ['no JSON', '{"budgetEur":'],
      ['a body of the wrong kind', '[]'],
    ])('a programme with %s', async (_what, body) => {
      const response = await post('programmes', body);
      expect(response.status).toBe(400);
      expect((await refusal(response)).error.code).toBe('bad-request');
    });

    it('a comparison of a measure that does not exist', async () => {
      const response = await post('buildings/ecole-1958/comparisons', { options: [{ measures: ['magic'] }] });
      expect(response.status).toBe(422);
      expect((await refusal(response)).error.code).toBe('unknown-measure');
    });

    it('a front against beauty', async () => {
      const response = await post('programmes/front', { budgetEur: 1000, against: 'beauty' });
      expect(response.status).toBe(400);
      expect((await refusal(response)).error.code).toBe('bad-request');
    });

    it('a body larger than the limit', async () => {
      const response = await post(
        'programmes',
        JSON.stringify({ budgetEur: 1, note: 'x'.repeat(2_000_000) }),
      );
      expect(response.status).toBe(413);
    });
  });

  it('sends the headers that keep a page to itself', async () => {
    const { headers } = await fetch(url);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
    // Asked for anew each time: after an upgrade nobody is left on a page whose parts are gone.
    expect(headers.get('cache-control')).toBe('no-cache');
  });

  describe('a lone reading long after the others', () => {
    const museum = async () =>
      buildingSchema.parse(await (await fetch(`${url}v1/buildings/musee-pierre`)).json());

    it('leaves the known year as it was, and says where that year ends', async () => {
      const before = await museum();
      const late = { start: '2026-11-02T23:00:00Z', end: '2026-11-03T23:00:00Z', kwh: 100 };
      expect((await post('meters/musee-pierre-gas/readings', { readings: [late] })).status).toBe(200);
      const after = await museum();
      expect(after.annualKwh?.value).toBeCloseTo(before.annualKwh?.value ?? Number.NaN, 6);
      expect(before.warnings.map(({ code }) => code)).not.toContain('recent-readings-sparse');
      const told = after.warnings.find(({ code }) => code === 'recent-readings-sparse');
      expect(told?.message.en).toContain('ends on 31 December 2024');
    });

    it('is dated by the meter’s calendar, not that of Greenwich', async () => {
      const [meter] = (await museum()).meters;
      expect(meter).toMatchObject({ firstDay: '2022-01-01', lastDay: '2026-11-03' });
    });
  });
});

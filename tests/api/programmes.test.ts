import type { Server } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { listen } from '#api/server.ts';
import { shipped } from '#app/catalogue.ts';
import { startLedger } from '#app/clock.ts';
import type { AppContext } from '#app/context.ts';
import { findProgramme } from '#app/programme.ts';
import {
  keptFrontsSchema,
  programmeComparisonSchema,
  programmeRequestSchema,
  programmeSchema,
  programmeSummarySchema,
} from '#app/programme-views.ts';
import { rankStock } from '#app/ranking.ts';
import { failureSchema } from '#app/views.ts';
import { readXlsx } from '#formats/xlsx/index.ts';
import { basisInFrench } from '../../src/web/basis-text.ts';
import { openAccess } from '#api/access.ts';
import { administrator } from '../support/api.ts';
import { withSampleStock } from '../support/database.ts';

withSampleStock('programmes kept', ({ store }) => {
  let server: Server;
  let url = '';
  let context: AppContext;
  beforeAll(async () => {
    context = { store: store(), nowMs: () => Date.UTC(2026, 0, 1), startLedger };
    ({ server, url } = await listen(
      context,
      '127.0.0.1',
      0,
      openAccess({ ...administrator, name: 'Claire Martin' }),
    ));
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const get = (path: string): Promise<Response> => fetch(`${url}v1/programmes${path}`);
  const post = (path: string, body: unknown): Promise<Response> =>
    fetch(`${url}v1/programmes${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const planned = async (body: unknown) => {
    const response = await post('', body);
    const json: unknown = await response.json();
    if (response.status !== 200) throw new Error(JSON.stringify(json));
    return programmeSchema.parse(json);
  };
  const codeOf = async (response: Response) => failureSchema.parse(await response.json()).error.code;

  it('and rankings count a user’s own catalogue, and say so', async () => {
    // A measure that nobody would leave out: the inside insulation of the walls, almost for nothing.
    const free = shipped.measures.find(({ id }) => id === 'wall-insulation-inside');
    if (free?.cost === null || free === undefined) throw new Error('No costed measure');
    const own = {
      ...free,
      id: 'hemp-inside',
      name: { fr: 'Chanvre', en: 'Hemp' },
      cost: { ...free.cost, fixedEur: 1, perUnitEur: 0.01 },
    };
    const mine = {
      ...context,
      catalogue: { ...shipped, measures: [...shipped.measures, own], own: ['hemp-inside 1'] },
    };
    const ranking = await rankStock(mine, { by: 'saving-per-euro', top: 3 });
    if (!ranking.ok) throw new Error(ranking.error.message.en);
    expect(ranking.value.ownCatalogue).toEqual(['hemp-inside 1']);
    expect(ranking.value.ranks[0]?.measures).toEqual([{ id: 'hemp-inside', name: own.name }]);
    const found = await findProgramme(mine, programmeRequestSchema.parse({ budgetEur: 100_000, years: 1 }));
    if (!found.ok) throw new Error(found.error.message.en);
    expect(found.value.view.ownCatalogue).toEqual(['hemp-inside 1']);
    const chosen = found.value.view.chosen.flatMap(({ measures }) => measures);
    expect(chosen).toContainEqual({ id: 'hemp-inside', name: own.name });
    // The shipped catalogue knows nothing of it.
    const usual = await rankStock(context, { by: 'saving-per-euro', top: 3 });
    expect(usual.ok && usual.value.ownCatalogue).toEqual([]);
  });

  it('are listed, compared in words, and accepted once by a named person with its audit', async () => {
    const poor = await planned({ budgetEur: 300_000, years: 2 });
    const rich = await planned({ budgetEur: 1_500_000, years: 2 });
    const list = z.array(programmeSummarySchema).parse(await (await get('')).json());
    expect(list.slice(0, 2).map(({ id }) => id)).toEqual([rich.id, poor.id]);
    const compared = programmeComparisonSchema.parse(
      await (await get(`/${rich.id}/changes?from=${poor.id}`)).json(),
    );
    expect(compared.changes.length).toBeGreaterThan(0);
    expect(compared.costEur).toBeCloseTo(rich.costEur - poor.costEur, 2);
    const decision = { by: 'Claire Martin', reason: 'Vote du conseil du 12 janvier' };
    const accepted = await post(`/${rich.id}/acceptance`, decision);
    expect(programmeSummarySchema.parse(await accepted.json()).accepted?.by).toBe('Claire Martin');
    const forged = await post(`/${poor.id}/acceptance`, { by: 'Autre', reason: 'pour lui' });
    expect([forged.status, await codeOf(forged)]).toEqual([403, 'signed-by-another']);
    const again = await post(`/${rich.id}/acceptance`, { reason: 'encore une fois' });
    expect(again.status).toBe(409);
    expect(await codeOf(again)).toBe('programme-not-open');
    expect((await post(`/${poor.id}/acceptance`, { by: '' })).status).toBe(400);
  });

  it('are written as PDF, xlsx, CSV and JSON with every building of the plan', async () => {
    const plan = await planned({ budgetEur: 700_000, years: 2 });
    const rows = plan.chosen.length + plan.notChosen.length + 1;
    const document = async (query: string) =>
      Buffer.from(await (await get(`/${plan.id}/document?format=${query}`)).arrayBuffer());
    expect((await document('pdf')).subarray(0, 5).toString()).toBe('%PDF-');
    const sheet = await readXlsx('programme.xlsx', await document('xlsx'));
    if (!sheet.ok) throw new Error(sheet.error.message.en);
    expect(sheet.value[0]?.rows).toHaveLength(rows);
    const costs = sheet.value[0]?.rows.slice(1).map((row) => Number(row[4] ?? 0)) ?? [];
    expect(costs.reduce((sum, cost) => sum + cost, 0)).toBeCloseTo(plan.costEur, 2);
    const csv = (await document('csv&lang=en')).toString();
    expect(csv.startsWith('\uFEFF"Building","Name"')).toBe(true);
    expect(csv.trimEnd().split('\r\n')).toHaveLength(rows);
    expect(programmeSchema.parse(JSON.parse((await document('json')).toString())).id).toBe(plan.id);
  });

  it('keep what the request constrains: yearly budgets, buildings together, one after another', async () => {
    const free = await planned({ budgetEur: 1_200_000, years: 3 });
    const [first, second] = free.chosen.map(({ buildingId }) => buildingId);
    if (first === undefined || second === undefined)
      throw new Error('the sample stock has two works at least');
    const tied = await planned({
      budgetEur: 1_200_000,
      budgetsEur: [600_000, 0, 600_000],
      together: [[first, second]],
    });
    const yearOf = (id: string) => tied.chosen.find(({ buildingId }) => buildingId === id)?.year;
    expect(yearOf(first)).toBe(yearOf(second));
    expect(tied.chosen.filter(({ year }) => year === tied.firstYear + 1)).toEqual([]);
    for (const t of [0, 2]) {
      const own = tied.chosen.filter(({ year }) => year === tied.firstYear + t);
      expect(own.reduce((sum, { costEur }) => sum + costEur, 0)).toBeLessThanOrEqual(600_000);
    }
    const ordered = await planned({ budgetEur: 1_200_000, after: [{ building: first, waitsFor: second }] });
    const when = (id: string) => ordered.chosen.find(({ buildingId }) => buildingId === id)?.year;
    const own = when(first);
    if (own !== undefined) expect(when(second)).toBeLessThanOrEqual(own);
  });

  it('are told year by year, and keep a least saving given as a share of the stock', async () => {
    const result = await planned({
      budgetEur: 800_000,
      budgetsEur: [500_000, 300_000],
      minimumSavingShare: 0.05,
    });
    expect(result.byYear?.map(({ budgetEur }) => budgetEur)).toEqual([500_000, 300_000]);
    const spent = result.byYear?.reduce((sum, { costEur }) => sum + costEur, 0);
    expect(spent).toBeCloseTo(result.costEur, 6);
    expect(result.byYear?.at(-1)?.savingKwh.value).toBeCloseTo(result.savingKwh.value, 6);
    expect(await codeOf(await post('', { budgetEur: 1000, minimumSavingShare: 0.5 }))).toBe(
      'programme-infeasible',
    );
  });

  it('keep the front that was asked for beside them, for whoever comes back', async () => {
    const { id } = await planned({ budgetEur: 600_000, years: 2 });
    const fronts = async () => keptFrontsSchema.parse(await (await get(`/${id}/fronts`)).json());
    expect(await fronts()).toEqual([]);
    const drawn = await post(`/${id}/front`, { points: 3 });
    expect(drawn.status).toBe(200);
    const [kept, ...others] = await fronts();
    expect(others).toEqual([]);
    expect(kept?.points).toEqual(keptFrontsSchema.element.parse(await drawn.json()).points);
    // It looks past the money that the programme has, as far as it is told.
    expect(kept?.points.at(-1)?.costEur).toBeLessThanOrEqual(1.4 * 600_000);
    expect(await codeOf(await post('/9999/front', {}))).toBe('unknown-programme');
    expect(await codeOf(await post(`/${id}/front`, { times: 0 }))).toBe('bad-request');
  });

  it('that cannot be say what would make them possible, one concession a line', async () => {
    const refused = failureSchema.parse(
      await (await post('', { budgetEur: 60_000, years: 2, minimumSavingShare: 0.6 })).json(),
    ).error;
    expect(refused.code).toBe('programme-infeasible');
    expect(refused.message.fr).toContain('\n• viser ');
    expect(refused.message.fr).toMatch(/\n• (donner|viser) /);
  });

  it('explains every figure of the sample stock in French too', async () => {
    const ask = async (path: string): Promise<unknown> => (await fetch(`${url}v1/${path}`)).json();
    const found = new Set<string>();
    const collect = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      if ('basis' in value && typeof value.basis === 'string') found.add(value.basis);
      for (const one of Object.values(value)) collect(one);
    };
    for (const path of ['stock', 'savings', 'rates', 'ledger', 'programmes/latest', 'ranking'])
      collect(await ask(path));
    for (const id of ['ecole-1958', 'residence-1972', 'piscine-1985'])
      for (const path of ['', '/savings']) collect(await ask(`buildings/${id}${path}`));
    expect(found.size).toBeGreaterThan(50);
    const untold = [...found].flatMap((basis) =>
      basisInFrench(basis)
        .filter(({ french }) => !french)
        .map(({ text }) => text),
    );
    expect([...new Set(untold)]).toEqual([]);
  });

  it.each([
    ['an unknown number', '/999999', 404, 'unknown-programme'],
    ['no number', '/abc', 404, 'unknown-programme'],
    ['a huge number', '/99999999999999999999', 404, 'unknown-programme'],
    ['another format', '/1/document?format=docx', 400, 'bad-request'],
  ])('refuses %s', async (_what, path, status, code) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    expect(await codeOf(response)).toBe(code);
  });

  it.each([
    [
      'budgets that do not make the total',
      { budgetEur: 100, budgetsEur: [10, 20] },
      'programme-budgets-differ',
    ],
    ['a building nobody knows', { budgetEur: 1e6, together: [['x', 'y']] }, 'programme-unknown-building'],
    [
      'a commune nobody is in',
      { budgetEur: 1e6, fairness: [{ group: '?', minimumShare: 0.1 }] },
      'programme-unknown-group',
    ],
  ])('refuses %s', async (_what, body, code) => {
    expect(await codeOf(await post('', body))).toBe(code);
  });
});

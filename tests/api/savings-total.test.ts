import { createHash } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { correctStock } from '#app/correct-stock.ts';
import { retrain } from '#app/train.ts';
import {
  type SavingsScope,
  savingsReportSchema,
  type StockSavings,
  stockSavingsSchema,
} from '#app/stock-savings-views.ts';
import { readXlsx } from '#formats/xlsx/index.ts';
import { savingsReportBlocks } from '#app/savings-report-blocks.ts';
import { stockSavings } from '#app/stock-savings.ts';
import { counted } from '../support/counted.ts';
import { call, openApi, postJson, type TestApi } from '../support/api.ts';
import {
  contextAt,
  dayAt,
  heating,
  ripple,
  saveBuilding,
  saveStation,
  sendDays,
} from '../support/daily-stock.ts';
import { withStores } from '../support/database.ts';

const days = 1820;
/** Two works on the school: heating falls by 25 %, then by a fifth of what is left. */
const [firstWorks, secondWorks] = [dayAt(2021, 3, 1), dayAt(2023, 3, 1)];
const left = (i: number): number => (i < firstWorks ? 1 : i < secondWorks ? 0.75 : 0.6);
/** The town hall leaves gas for a heat pump that gives three kWh of heat a kWh. */
const switched = dayAt(2022, 6, 1);
const percent = (from: number, to: number, saved: (i: number) => number, without: (i: number) => number) => {
  let [sum, all] = [0, 0];
  for (let i = from; i < to; i++) {
    sum += saved(i);
    all += without(i);
  }
  return { kwh: sum, percent: (100 * sum) / all };
};

withStores('savings of a building, a programme and the stock', ({ store }) => {
  let api: TestApi;
  const context = () => contextAt(store(), () => days);
  const total = async (query = ''): Promise<StockSavings> => {
    const answer = await call(`${api.url}v1/savings${query}`);
    expect(answer.status).toBe(200);
    return stockSavingsSchema.parse(answer.body);
  };

  beforeAll(async () => {
    await saveStation(store(), days);
    await saveBuilding(store(), 'ecole', [{ id: 'gaz-ecole' }]);
    await saveBuilding(store(), 'mairie', [
      { id: 'gaz-mairie' },
      { id: 'elec-mairie', carrier: 'electricity', use: 'all' },
    ]);
    await saveBuilding(store(), 'creche', [{ id: 'gaz-creche' }]);
    await sendDays(store(), 'gaz-ecole', 0, days, (i) => (50 + heating(i) * left(i)) * ripple(i));
    await sendDays(store(), 'gaz-mairie', 0, days, (i) => (i < switched ? heating(i) : 0) * ripple(i));
    await sendDays(
      store(),
      'elec-mairie',
      0,
      days,
      (i) => (40 + (i < switched ? 0 : heating(i) / 3)) * ripple(i),
    );
    const works = (id: string, buildingId: string, day: string, more: object) =>
      store().works.save({
        id,
        buildingId,
        measures: ['roof-insulation'],
        startDay: day,
        endDay: day,
        ...more,
      });
    // Heating alone, and a last month of one warm day: nothing would have been used on it.
    await sendDays(store(), 'gaz-creche', 0, dayAt(2024, 7, 2), (i) => heating(i) * ripple(i));
    await works('petits', 'creche', '2023-06-01', { measures: ['windows'] });
    await works('toit', 'ecole', '2021-03-01', {});
    await works('murs', 'ecole', '2023-03-01', { measures: ['wall-insulation-outside'] });
    await works('pac', 'mairie', '2022-06-01', {
      measures: ['heat-pump-air'],
      carrierAfter: 'electricity',
    });
    await works('plus-tard', 'creche', '2027-06-01', {});
    await retrain(context());
    const corrected = await correctStock(context());
    expect(corrected.ok).toBe(true);
    api = await openApi(store(), context().nowMs);
    return () => api.close();
  }, 120_000);

  it('judges each works on a baseline of its own, and not into the works that follow', async () => {
    const { works } = await total('?building=ecole');
    expect(works.map(({ savings }) => [savings.worksId, savings.baseline, savings.sinceWorks?.to])).toEqual([
      ['toit', { from: '2020-03-01', to: '2021-02-28' }, '2023-02-28'],
      ['murs', { from: '2022-03-01', to: '2023-02-28' }, '2024-12-24'],
    ]);
    const first = percent(
      firstWorks + 1,
      firstWorks + 366,
      (i) => 0.25 * heating(i),
      (i) => 50 + heating(i),
    );
    const second = percent(
      secondWorks + 1,
      secondWorks + 366,
      (i) => 0.15 * heating(i),
      (i) => 50 + 0.75 * heating(i),
    );
    const [one, other] = works.map(({ savings }) => savings.savingsPercent.value);
    expect(Math.abs((one ?? 0) - first.percent)).toBeLessThan(1);
    expect(Math.abs((other ?? 0) - second.percent)).toBeLessThan(1);
  });

  it('is the sum of its works: first year, months and years', async () => {
    const view = await total('?building=ecole');
    const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
    expect(view.firstYear?.savings.value).toBeCloseTo(
      sum(view.works.map(({ savings }) => savings.savings.value)),
      6,
    );
    expect(view.firstYear).toMatchObject({ works: 2, meters: 1 });
    const months = view.months.map(({ savings }) => savings.value);
    expect(sum(view.years.map(({ savings }) => savings.value))).toBeCloseTo(sum(months), 6);
    expect(view.years.map(({ year }) => year)).toEqual([2021, 2022, 2023, 2024]);
    const in2022 = percent(
      dayAt(2022, 1, 1),
      dayAt(2023, 1, 1),
      (i) => 0.25 * heating(i),
      (i) => 50 + heating(i),
    );
    const told = view.years.find(({ year }) => year === 2022);
    expect(Math.abs((told?.savingsPercent?.value ?? 0) - in2022.percent)).toBeLessThan(1);
    expect(told?.savings.low).toBeLessThan(in2022.kwh);
    expect(told?.savings.high).toBeGreaterThan(in2022.kwh);
  });

  it('counts a change of fuel over all energies of the building, by energy', async () => {
    const view = await total('?building=mairie');
    const truth = percent(
      switched + 1,
      switched + 366,
      (i) => heating(i) - heating(i) / 3,
      (i) => heating(i) + 40,
    );
    expect(Math.abs((view.firstYear?.savingsPercent?.value ?? 0) - truth.percent)).toBeLessThan(1.5);
    const carriers = new Map(view.byCarrier.map(({ carrier, savings }) => [carrier, savings.value]));
    expect([...carriers.keys()]).toEqual(['gas', 'electricity']);
    expect(carriers.get('electricity')).toBeLessThan(0);
    expect((carriers.get('gas') ?? 0) + (carriers.get('electricity') ?? 0)).toBeCloseTo(
      view.firstYear?.savings.value ?? 0,
      6,
    );
    expect(view.works[0]?.savings.allCarriers?.carriers).toEqual(['gas', 'electricity']);
    expect(view.warnings.map(({ code }) => code)).toContain('fuel-switch');
    expect(view.months).toEqual([]);
  });

  it('tells no share of a month on which nothing would have been used', async () => {
    const { works } = await total('?building=creche');
    const last = works[0]?.savings.months.at(-1);
    expect(last).toMatchObject({ from: '2024-07-01', to: '2024-07-01', actualKwh: 0, savingsPercent: null });
  });

  it('of a change of fuel without the meter of the new one is not evaluated', async () => {
    await store().works.save({
      id: 'pac',
      buildingId: 'mairie',
      measures: ['heat-pump-air'],
      startDay: '2022-06-01',
      endDay: '2022-06-01',
      carrierAfter: 'district-heat',
    });
    await correctStock(context(), 'mairie');
    const view = await total('?building=mairie');
    expect(view.firstYear).toBeNull();
    expect(view.works[0]?.leftOut?.fr).toMatch(/^non recevable/);
    await store().works.save({
      id: 'pac',
      buildingId: 'mairie',
      measures: ['heat-pump-air'],
      startDay: '2022-06-01',
      endDay: '2022-06-01',
      carrierAfter: 'electricity',
    });
    await correctStock(context(), 'mairie');
  });

  it('of the stock holds every works, and names those without a figure', async () => {
    const view = await total();
    expect(view.firstYear).toMatchObject({ works: 4, meters: 4 });
    expect(view.notEvaluated).toMatchObject([{ buildingId: 'creche', worksId: 'plus-tard' }]);
    const parts = await Promise.all(['creche', 'ecole', 'mairie'].map((id) => total(`?building=${id}`)));
    const half = (one: StockSavings): number =>
      (one.firstYear?.savings.high ?? 0) - (one.firstYear?.savings.value ?? 0);
    // Drifts of two buildings are nearly independent: narrower than both added, wider than either.
    expect(half(view)).toBeLessThan(parts.reduce((sum, part) => sum + half(part), 0));
    expect(half(view)).toBeGreaterThan(Math.max(...parts.map(half)));
  });

  it('of the stock is as many queries however many buildings there are', async () => {
    const queries = async (scope: SavingsScope): Promise<ReadonlyMap<string, number>> => {
      const { store: watched, calls } = counted(store());
      expect((await stockSavings({ ...context(), store: watched }, scope)).ok).toBe(true);
      return calls;
    };
    const [one, stock] = [await queries({ building: 'creche' }), await queries({})];
    expect(Math.max(...stock.values())).toBe(1);
    expect(stock.size).toBeLessThanOrEqual(one.size + 1);
  });

  it('of a programme holds the works it chose, the promise, and what has not begun', async () => {
    const quantity = { value: 9000, low: 7000, high: 11_000, unit: 'kWh/yr', level: 0.9 };
    const promise = { ...quantity, provenance: 'computed', basis: 'test' };
    const chosen = (buildingId: string, measure: string) => ({
      buildingId,
      name: { fr: buildingId, en: buildingId },
      year: 2023,
      measures: [{ id: measure, name: { fr: measure, en: measure } }],
      costEur: 1,
      savingKwh: promise,
    });
    const id = await store().programmes.add({
      budgetEur: 2,
      firstYear: 2023,
      years: 1,
      costEur: 2,
      savingKwh: promise,
      savingPercent: { ...promise, unit: '%' },
      chosen: [chosen('ecole', 'wall-insulation-outside'), chosen('creche', 'roof-insulation')],
      chanceOf30Percent: 0.5,
      target: null,
      notChosen: [],
      late: [],
      gapPercent: 0,
    });
    const { store: watched, calls } = counted(store());
    await stockSavings({ ...context(), store: watched }, { programme: id });
    expect(Math.max(...calls.values())).toBe(1);
    const view = await total(`?programme=${id}`);
    expect(view.works.map(({ savings }) => savings.worksId)).toEqual(['murs']);
    expect(view.promisedKwh?.value).toBe(9000);
    expect(view.notEvaluated.map(({ buildingId }) => buildingId)).toEqual(['creche']);
  });

  const report = (query: string) => fetch(`${api.url}v1/savings/report?${query}`);

  it('is reported for a year, with what was decided and what is not evaluated, and a hash of it all', async () => {
    const declared = await postJson(`${api.url}v1/buildings/ecole/events`, {
      worksId: 'toit',
      from: '2022-01-03',
      to: '2022-01-16',
      reason: 'école fermée pour dégât des eaux',
    });
    expect(declared.status).toBe(200);
    const text = await (await report('building=ecole&year=2022&format=json')).text();
    const told = savingsReportSchema.parse(JSON.parse(text));
    const { digest, ...rest } = JSON.parse(text) as { digest: string };
    expect(createHash('sha256').update(JSON.stringify(rest)).digest('hex')).toBe(digest);
    expect(told.works.map(({ worksId, days: all, validDays }) => [worksId, all, validDays])).toEqual([
      ['toit', 365, 351],
    ]);
    expect(told.total?.savings.value).toBeCloseTo(told.works[0]?.savings.value ?? 0, 9);
    expect(told.events[0]).toMatchObject({
      state: 'accepted',
      decided: { by: 'test', reason: 'école fermée pour dégât des eaux' },
    });
    expect(told.savings.works.every(({ baselineHash }) => /^[0-9a-f]{64}$/.test(baselineHash ?? ''))).toBe(
      true,
    );
    const written = (of: typeof told): string => JSON.stringify(savingsReportBlocks(of, 'fr').blocks);
    // What a person adds up comes out to the kWh: without works, less what was read, is what was saved.
    const kwhOf = (cell: string | undefined): number =>
      Number((/^-?[\d\s\u202F]+/.exec(cell ?? '')?.[0] ?? '').replaceAll(/\D/g, ''));
    const totals = savingsReportBlocks(told, 'fr').blocks.flatMap((block) =>
      block.kind === 'table' && block.caption === 'Le périmètre entier, en énergie finale' ? block.rows : [],
    );
    const [, without, read, saved] = totals[0] ?? [];
    expect(Math.abs(kwhOf(without) - kwhOf(read) - kwhOf(saved))).toBeLessThanOrEqual(1);
    expect(kwhOf(without)).toBe(Math.round(told.total?.counterfactual.value ?? 0));
    const [fitted] = told.savings.works.map(({ baselineFit }) => baselineFit);
    expect(fitted?.days).toBeGreaterThan(300);
    expect(fitted?.cvRmsePercent).toBeGreaterThan(0);
    expect(written(told)).toContain(`\\n${fitted?.days} jours"`);
    expect(written(told)).toContain('par simple différence : ');
    expect(written(told)).toContain('"03/01/2022 16/01/2022"');
    expect(written(told)).toContain('"jours écartés"');
    expect(written(told)).not.toMatch(/\d{4}-\d{2}-\d{2}/);
    expect(written(told)).not.toContain('la référence n’est pas gelée');
    // A proposal moves no figure, and is not written as if it did; a baseline that nobody froze is a reserve.
    const open = written({
      ...told,
      events: told.events.map((one) => ({ ...one, state: 'proposed', decided: null })),
      savings: {
        ...told.savings,
        works: told.savings.works.map((one) => ({ ...one, savings: { ...one.savings, frozenModel: null } })),
      },
    });
    expect(open).not.toContain('"jours écartés"');
    expect(open).toContain('"proposé, à trancher"');
    expect(open).toMatch(/toit[^"]* : la référence n’est pas gelée/);
    const promised = (shift: number): string =>
      written({
        ...told,
        savings: {
          ...told.savings,
          works: told.savings.works.map((one) => {
            const { savingsPercent } = one.savings;
            const value = savingsPercent.value + shift;
            const predictedPercent = { ...savingsPercent, value, low: value - 1, high: value + 1 };
            return { ...one, savings: { ...one.savings, status: 'final', predictedPercent } };
          }),
        },
      });
    expect(promised(300)).toMatch(/"Moins que prédit : [^"]*toit/);
    expect(promised(-300)).toMatch(/"Plus que prédit : [^"]*toit/);
    expect(promised(0)).not.toContain('que prédit');
    expect(written(told)).toContain(`d’empreinte ${digest}.`);
  });

  it('is the same in its sheet as in its JSON, and is a tagged PDF', async () => {
    const told = savingsReportSchema.parse(await (await report('format=json')).json());
    const workbook = await readXlsx(
      'report.xlsx',
      Buffer.from(await (await report('format=xlsx')).arrayBuffer()),
    );
    if (!workbook.ok) throw new Error(workbook.error.message.en);
    const [totals, works] = workbook.value;
    const year = totals?.rows.find(([title]) => title === `Année ${told.year}`);
    expect(year?.slice(1, 6)).toEqual([
      told.total?.counterfactual.value,
      told.total?.actualKwh,
      told.total?.savings.value,
      told.total?.savings.low,
      told.total?.savings.high,
    ]);
    expect(works?.rows.map(([id]) => id)).toEqual(['Opération', 'petits', 'toit', 'murs', 'pac']);
    const pdf = Buffer.from(await (await report('format=pdf')).arrayBuffer()).toString('latin1');
    expect(pdf.startsWith('%PDF-1.7')).toBe(true);
    expect(pdf).toContain('/Lang (fr)');
  });

  it.each([
    ['a year without savings', 'building=ecole&year=2019&format=pdf', 422, 'year-not-measured'],
    ['a building without works', 'building=vide&format=pdf', 422, 'no-works'],
    ['an unknown format', 'format=docx', 400, 'bad-request'],
  ])('reports nothing for %s', async (_what, query, status, code) => {
    await saveBuilding(store(), 'vide', []);
    const response = await report(query);
    expect([response.status, await response.json()]).toMatchObject([status, { error: { code } }]);
  });

  it.each([
    ['an unknown building', '?building=nowhere', 404, 'unknown-building'],
    ['an unknown programme', '?programme=999', 404, 'unknown-programme'],
    ['a programme that is no number', '?programme=un', 400, 'bad-request'],
    ['both', '?building=ecole&programme=1', 400, 'bad-request'],
  ])('refuses %s', async (_what, query, status, code) => {
    const answer = await call(`${api.url}v1/savings${query}`);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ error: { code } });
  });
});

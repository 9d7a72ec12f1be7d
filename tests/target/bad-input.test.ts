import { describe, expect, it } from 'vitest';
import { checkProblem, optimiseProgramme, type ProgrammeProblem } from '#target/index.ts';
import { candidate, pack, planOf, searchOptions } from './support.ts';

const years = { firstYear: 2027, budgetsEur: [100_000, 100_000] };

describe('a stock with bad buildings', () => {
  it('says of a building without options that it has none, and plans the others', async () => {
    const plan = await planOf({
      ...years,
      candidates: [candidate('A', []), candidate('B', [pack('p', 50_000, 9000)])],
    });
    expect(plan.choices.map(({ buildingId }) => buildingId)).toEqual(['B']);
    const [reason] = plan.notChosen;
    expect(reason).toMatchObject({ buildingId: 'A', entryCostEur: null });
    expect(reason?.reason.fr).toMatch(/aucun/);
    expect(reason?.reason.en).toMatch(/no /);
  });

  it('never takes works that cost energy, says so, and is not drawn to them by a budget it could spend', async () => {
    const plan = await planOf({
      ...years,
      candidates: [
        candidate('A', [pack('worse', 10_000, -5000)]),
        candidate('B', [pack('worse', 10_000, -1), pack('good', 80_000, 8000)]),
      ],
    });
    expect(plan.choices).toMatchObject([{ buildingId: 'B', packageId: 'good' }]);
    expect(plan.notChosen[0]?.reason.fr).toBe('aucun lot ne lui ferait économiser d’énergie.');
  });

  it('takes no works that cost energy for a legal date either: it says that the date cannot hold', async () => {
    const plan = await optimiseProgramme(
      {
        ...years,
        legalDates: 'hard',
        candidates: [
          candidate('A', [pack('lawful', 10_000, -500, { meetsLaw: true })], { deadlineYear: 2027 }),
        ],
      },
      searchOptions,
    );
    expect(plan).toMatchObject({ ok: false, error: { code: 'programme-infeasible' } });
  });

  it('with no option at all anywhere, is an empty plan that says why of each', async () => {
    const plan = await planOf({ ...years, candidates: [candidate('A', []), candidate('B', [])] });
    expect(plan.choices).toEqual([]);
    expect(plan.notChosen).toHaveLength(2);
  });
});

describe('what no plan can be made from', () => {
  const twice: ProgrammeProblem = { ...years, candidates: [candidate('A', []), candidate('A', [])] };
  it.each<[string, ProgrammeProblem, RegExp]>([
    ['programme-duplicate-building', twice, /« A » figure deux fois/],
    [
      'programme-cost',
      { ...years, candidates: [candidate('A', [pack('free', -1, 10)])] },
      /« free » de « A »/,
    ],
    [
      'programme-saving',
      { ...years, candidates: [candidate('A', [pack('odd', 1, Number.NaN)])] },
      /« odd » de « A »/,
    ],
    ['programme-budget', { ...years, budgetsEur: [], candidates: [candidate('A', [])] }, /budget/],
  ])('is refused as %s, naming what is wrong', (code, problem, said) => {
    const checked = checkProblem(problem);
    expect(checked).toMatchObject({ ok: false, error: { code } });
    expect(checked.ok ? '' : checked.error.message.fr).toMatch(said);
  });

  it('a date that no package keeps is no feasible plan, and names the building', async () => {
    const plan = await optimiseProgramme(
      {
        ...years,
        legalDates: 'hard',
        candidates: [candidate('A', [pack('light', 10_000, 500)], { deadlineYear: 2027 })],
      },
      searchOptions,
    );
    expect(plan).toMatchObject({ ok: false, error: { code: 'programme-infeasible' } });
    expect(plan.ok ? '' : plan.error.message.fr).toContain('A');
  });
});

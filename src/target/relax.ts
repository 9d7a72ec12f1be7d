import { type Message, message } from '../core/message.ts';
import { countEn, countFr, precisionEn, precisionFr } from '../core/wording.ts';
import { keuros } from './explain-words.ts';
import { compileProgramme, mustAct, type Worth } from './compile.ts';
import { choicesOf, searchPlan, type SearchOptions } from './search.ts';
import type { Candidate, ProgrammeProblem } from './types.ts';

/** One way to make a programme possible that is not. */
export type Relaxation = {
  readonly kind: 'money' | 'dates' | 'saving' | 'carbon' | 'sites' | 'dwellings' | 'constraint';
  /** EUR more in all, dwellings late, kWh or kg within reach, sites or dwellings a year. */
  readonly amount: number;
  readonly message: Message;
};

const MORE_MONEY_STEPS = 22;
const ENOUGH = 0.01;

const possible = async (problem: ProgrammeProblem, options: SearchOptions): Promise<boolean> => {
  const nothing: Worth = () => 0;
  const compiled = compileProgramme(problem, nothing);
  const { plan } = await searchPlan(compiled, options);
  return plan !== undefined;
};

const richer = (problem: ProgrammeProblem, factor: number, addedEur: number): ProgrammeProblem => ({
  ...problem,
  budgetsEur: problem.budgetsEur.map((budget) => budget * factor + addedEur),
});

/** Least money, spread over the years as the budgets are, with which every other constraint can hold. */
const moneyNeeded = async (
  problem: ProgrammeProblem,
  options: SearchOptions,
): Promise<number | undefined> => {
  const total = problem.budgetsEur.reduce((sum, budget) => sum + budget, 0);
  const dearest = problem.candidates.reduce(
    (sum, { packages }) => sum + packages.reduce((most, { costEur }) => Math.max(most, costEur), 0),
    0,
  );
  const years = problem.budgetsEur.length;
  // Where nothing is budgeted, more money comes evenly.
  const withMore = (more: number): ProgrammeProblem =>
    total > 0 ? richer(problem, 1 + more / total, 0) : richer(problem, 1, more / years);
  let [low, high] = [0, Math.max(dearest * years, total)];
  if (!(await possible(withMore(high), options))) return undefined;
  for (let step = 0; step < MORE_MONEY_STEPS && high - low > ENOUGH * high; step++) {
    const middle = (low + high) / 2;
    if (await possible(withMore(middle), options)) high = middle;
    else low = middle;
  }
  return high;
};

const bestValue = async (
  problem: ProgrammeProblem,
  worth: Worth,
  options: SearchOptions,
): Promise<number | undefined> => {
  const { plan } = await searchPlan(compileProgramme(problem, worth), options);
  return plan?.value;
};

/** The dated candidates that must act within the programme, and whether a choice keeps them. */
const datesLate = async (
  problem: ProgrammeProblem,
  options: SearchOptions,
): Promise<{ readonly dwellings: number; readonly dates: readonly number[] } | undefined> => {
  const { legalDates: _dates, ...free } = problem;
  const dated = problem.candidates.filter((one) => mustAct(problem, one));
  const byId = new Map(dated.map((one) => [one.buildingId, one]));
  const keeps = ({ deadlineYear }: Candidate, lawful: boolean | undefined, year: number): boolean =>
    lawful === true && year <= Math.max(deadlineYear ?? 0, problem.firstYear);
  const inTime: Worth = (candidate, k, t) =>
    byId.has(candidate.buildingId) && keeps(candidate, candidate.packages[k].meetsLaw, problem.firstYear + t)
      ? (candidate.dwellings ?? 1)
      : 0;
  const compiled = compileProgramme(free, inTime);
  const { plan } = await searchPlan(compiled, options);
  if (plan === undefined) return undefined;
  const kept = new Set(
    choicesOf(compiled, plan.options).flatMap(({ buildingId, packageId, year }) => {
      const candidate = byId.get(buildingId);
      const packaged = candidate?.packages.find(({ id }) => id === packageId);
      return candidate !== undefined && keeps(candidate, packaged?.meetsLaw, year) ? [buildingId] : [];
    }),
  );
  const late = dated.filter(({ buildingId }) => !kept.has(buildingId));
  return {
    dwellings: late.reduce((sum, { dwellings = 1 }) => sum + dwellings, 0),
    dates: [...new Set(late.map(({ deadlineYear = 0 }) => deadlineYear + 1))].toSorted((a, b) => a - b),
  };
};

const savedUnit = message('MWh économisés', 'MWh saved');
const carbonUnit = message('t de CO₂ évitées', 't of CO2 avoided');

const thousands = (round: (value: number) => number, value: number): Message => {
  // Three figures, rounded to the side on which the constraint still holds.
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 2);
  const rounded = (round(value / step) * step) / 1000;
  return message(precisionFr(rounded, 6), precisionEn(rounded, 6));
};

/** A figure of thousands that is reached, and one that is asked. */
const within = (value: number): Message => thousands(Math.floor, value);
const asked = (value: number): Message => thousands(Math.ceil, value);

/** Least yearly capacity with which every other constraint can hold; undefined where none would do. */
const capacityNeeded = async (
  problem: ProgrammeProblem,
  limit: 'sitesAYear' | 'dwellingsAYear',
  options: SearchOptions,
): Promise<number | undefined> => {
  let low = problem[limit] ?? 0;
  let high = problem.candidates.reduce(
    (sum, { dwellings = 1 }) => sum + (limit === 'sitesAYear' ? 1 : dwellings),
    0,
  );
  if (high <= low || !(await possible({ ...problem, [limit]: high }, options))) return undefined;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (await possible({ ...problem, [limit]: middle }, options)) high = middle;
    else low = middle;
  }
  return high;
};

/** One thing at a time, every other constraint kept. */
const singleWays = async (problem: ProgrammeProblem, options: SearchOptions): Promise<Relaxation[]> => {
  const found: Relaxation[] = [];
  const total = problem.budgetsEur.reduce((sum, budget) => sum + budget, 0);
  const more = await moneyNeeded(problem, options);
  if (more !== undefined && more > 0)
    found.push({
      kind: 'money',
      amount: more,
      message: message(
        `donner ${keuros(more).fr} de plus en tout (${keuros(total + more).fr} au lieu de ${keuros(total).fr}), répartis comme le budget`,
        `give ${keuros(more).en} more in all (${keuros(total + more).en} instead of ${keuros(total).en}), spread as the budget is`,
      ),
    });
  if (problem.legalDates === 'hard') {
    const late = await datesLate(problem, options);
    if (late !== undefined && late.dwellings > 0)
      found.push({
        kind: 'dates',
        amount: late.dwellings,
        message: message(
          `laisser ${countFr(late.dwellings, 'logement après sa', 'logements après leur')} date légale (${late.dates.join(', ')}) : compter les dates contre un prix, ou seulement les dire`,
          `leave ${countEn(late.dwellings, 'dwelling after its', 'dwellings after their')} legal date (${late.dates.join(', ')}): count the dates at a price, or only tell them`,
        ),
      });
  }
  const reach = async (
    kind: 'saving' | 'carbon',
    free: ProgrammeProblem,
    worth: Worth,
    least: number,
    unit: Message,
  ): Promise<void> => {
    const best = await bestValue(free, worth, options);
    if (best !== undefined && best < least)
      found.push({
        kind,
        amount: best,
        message: message(
          `viser ${within(best).fr} ${unit.fr} par an au lieu de ${asked(least).fr}`,
          `aim at ${within(best).en} ${unit.en} a year instead of ${asked(least).en}`,
        ),
      });
  };
  for (const [kind, limit, doFr, fr, doEn, en] of [
    ['sites', 'sitesAYear', 'mener', 'chantiers par an', 'run', 'sites a year'],
    [
      'dwellings',
      'dwellingsAYear',
      'mettre en travaux',
      'logements par an',
      'have at work',
      'dwellings a year',
    ],
  ] as const) {
    if (problem[limit] === undefined) continue;
    const needed = await capacityNeeded(problem, limit, options);
    if (needed !== undefined)
      found.push({
        kind,
        amount: needed,
        message: message(
          `${doFr} ${needed} ${fr} au lieu de ${problem[limit]}`,
          `${doEn} ${needed} ${en} instead of ${problem[limit]}`,
        ),
      });
  }
  if (problem.minimumSavingKwh !== undefined) {
    const { minimumSavingKwh, ...free } = problem;
    await reach('saving', free, ({ packages }, k) => packages[k].savingKwh, minimumSavingKwh, savedUnit);
  }
  if (problem.minimumCarbonKg !== undefined) {
    const { minimumCarbonKg, ...free } = problem;
    await reach('carbon', free, ({ packages }, k) => packages[k].carbonKg ?? 0, minimumCarbonKg, carbonUnit);
  }
  return found;
};

type Dropped = {
  readonly fr: string;
  readonly en: string;
  readonly problem: ProgrammeProblem;
  /** True of a constraint that is kept or given up whole: no amount of it can be conceded. */
  readonly whole: boolean;
};

/** The problem without each of its constraints in turn, money apart: with no budget there is nothing to plan. */
const withoutOne = (problem: ProgrammeProblem): Dropped[] => {
  const { minimumSavingKwh, minimumCarbonKg, sitesAYear, dwellingsAYear, maximumCostEur } = problem;
  const dropped: Dropped[] = [];
  const drop = (given: boolean, free: ProgrammeProblem, fr: string, en: string, whole = false): void => {
    if (given) dropped.push({ fr, en, problem: free, whole });
  };
  {
    const { legalDates: _out, ...free } = problem;
    drop(problem.legalDates === 'hard', free, 'renoncer aux dates légales', 'give up the legal dates');
  }
  {
    const { minimumSavingKwh: _out, ...free } = problem;
    drop(minimumSavingKwh !== undefined, free, 'renoncer à l’économie minimale', 'give up the least saving');
  }
  {
    const { minimumCarbonKg: _out, ...free } = problem;
    drop(
      minimumCarbonKg !== undefined,
      free,
      'renoncer au minimum de CO₂ évité',
      'give up the least avoided CO2',
    );
  }
  {
    const { sitesAYear: _out, ...free } = problem;
    drop(
      sitesAYear !== undefined,
      free,
      'lever la limite de chantiers par an',
      'lift the limit of sites a year',
    );
  }
  {
    const { dwellingsAYear: _out, ...free } = problem;
    drop(
      dwellingsAYear !== undefined,
      free,
      'lever la limite de logements en travaux',
      'lift the limit of dwellings at work',
    );
  }
  {
    const { maximumCostEur: _out, ...free } = problem;
    drop(
      maximumCostEur !== undefined,
      free,
      'lever le plafond du coût total',
      'lift the highest cost in all',
      true,
    );
  }
  {
    const { fairness: _out, ...free } = problem;
    drop(
      (problem.fairness?.length ?? 0) > 0,
      free,
      'renoncer aux parts réservées',
      'give up the shares that are kept',
      true,
    );
  }
  {
    const { together: _out, ...free } = problem;
    drop(
      (problem.together?.length ?? 0) > 0,
      free,
      'délier les travaux qui vont ensemble',
      'untie the works that go together',
      true,
    );
  }
  {
    const { after: _out, ...free } = problem;
    drop(
      (problem.after?.length ?? 0) > 0,
      free,
      'lever l’ordre imposé entre bâtiments',
      'lift the order set between buildings',
      true,
    );
  }
  return dropped;
};

/**
 * What would make an infeasible programme possible, the smallest sets first: one thing relaxed, every other constraint kept (more
 * money to 1 %, fewer dwellings in time, a larger capacity, a smaller target) or given up whole; where no single one would do, one constraint
 * given up with the least relaxed beside it. Empty where even two are not enough.
 */
export const relaxations = async (
  problem: ProgrammeProblem,
  options: SearchOptions,
): Promise<Relaxation[]> => {
  const givenUp = ({ fr, en }: Dropped): Relaxation => ({
    kind: 'constraint',
    amount: 1,
    message: message(fr, en),
  });
  const dropped = withoutOne(problem);
  const single = await singleWays(problem, options);
  for (const one of dropped)
    if (one.whole && (await possible(one.problem, options))) single.push(givenUp(one));
  if (single.length > 0) return single;
  const pairs: Relaxation[] = [];
  for (const one of dropped) {
    const { fr, en, problem: free, whole } = one;
    if (!whole && (await possible(free, options))) pairs.push(givenUp(one));
    else
      for (const way of await singleWays(free, options))
        pairs.push({
          ...way,
          message: message(`${fr} et ${way.message.fr}`, `${en} and ${way.message.en}`),
        });
  }
  return pairs;
};

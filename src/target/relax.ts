import { type Message, message } from '../core/message.ts';
import { compileProgramme, type Worth } from './compile.ts';
import { searchPlan, type SearchOptions } from './search.ts';
import type { ProgrammeProblem } from './types.ts';

/** One way to make a programme possible that is not. */
export type Relaxation = {
  readonly kind: 'money' | 'dates' | 'saving' | 'carbon';
  /** EUR more in all, dwellings late, kWh or kg within reach. */
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

const datesLate = async (problem: ProgrammeProblem, options: SearchOptions): Promise<number | undefined> => {
  const { legalDates: _dates, ...free } = problem;
  const inTime: Worth = ({ packages, deadlineYear, dwellings = 1 }, k, t) =>
    deadlineYear !== undefined &&
    packages[k].meetsLaw === true &&
    problem.firstYear + t <= Math.max(deadlineYear, problem.firstYear)
      ? dwellings
      : 0;
  const kept = await bestValue(free, inTime, options);
  const dated = problem.candidates.reduce(
    (sum, { deadlineYear, dwellings = 1 }) => sum + (deadlineYear === undefined ? 0 : dwellings),
    0,
  );
  return kept === undefined ? undefined : dated - kept;
};

const million = (euros: number): string => (euros / 1e6).toPrecision(3);

/**
 * What would make an infeasible programme possible, one thing at a time: more money (to 1 %), fewer dwellings in time, or a
 * smaller target. Each is tried for itself with all other constraints kept; none is given where it would not do.
 */
export const relaxations = async (
  problem: ProgrammeProblem,
  options: SearchOptions,
): Promise<Relaxation[]> => {
  const found: Relaxation[] = [];
  const total = problem.budgetsEur.reduce((sum, budget) => sum + budget, 0);
  const more = await moneyNeeded(problem, options);
  if (more !== undefined && more > 0)
    found.push({
      kind: 'money',
      amount: more,
      message: message(
        `avec ${million(total)} M€ ce n’est pas possible : il faut ${million(more)} M€ de plus`,
        `with ${million(total)} M€ it is not possible: ${million(more)} M€ more are needed`,
      ),
    });
  if (problem.legalDates === 'hard') {
    const late = await datesLate(problem, options);
    if (late !== undefined && late > 0)
      found.push({
        kind: 'dates',
        amount: late,
        message: message(
          `ou ${Math.round(late)} logements après leur date légale`,
          `or ${Math.round(late)} dwellings after their legal date`,
        ),
      });
  }
  const reach = async (
    kind: 'saving' | 'carbon',
    free: ProgrammeProblem,
    worth: Worth,
    least: number,
    unit: string,
  ): Promise<void> => {
    const best = await bestValue(free, worth, options);
    if (best !== undefined && best < least)
      found.push({
        kind,
        amount: best,
        message: message(
          `ou viser ${Math.floor(best)} ${unit} par an au lieu de ${Math.ceil(least)}`,
          `or aim at ${Math.floor(best)} ${unit} a year instead of ${Math.ceil(least)}`,
        ),
      });
  };
  if (problem.minimumSavingKwh !== undefined) {
    const { minimumSavingKwh, ...free } = problem;
    await reach('saving', free, ({ packages }, k) => packages[k].savingKwh, minimumSavingKwh, 'kWh');
  }
  if (problem.minimumCarbonKg !== undefined) {
    const { minimumCarbonKg, ...free } = problem;
    await reach('carbon', free, ({ packages }, k) => packages[k].carbonKg ?? 0, minimumCarbonKg, 'kg CO2e');
  }
  return found;
};

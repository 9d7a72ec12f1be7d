import {
  chanceOfSaving,
  type LinearSolver,
  mostCertainPlan,
  type Package,
  planBaselineDraws,
  planSavingDraws,
  type ProgrammePlan,
  type ProgrammeProblem,
  type Reason,
  savingAtRisk,
  unspentMoney,
  yearWeights,
} from '#target/index.ts';
import type { Measure } from '#simulate/index.ts';
import { meanOf } from '../core/random.ts';
import { measuresNamed } from './building-state.ts';
import type { ProgrammeView } from './programme-views.ts';
import { message } from '../core/message.ts';
import { drawsQuantity } from './quantities.ts';
import { plain } from './report.ts';

/** What the figures of a plan rest on. */
export const PLAN_BASIS =
  'Sum over the chosen packages on 2,000 draws of each calibrated twin, twins drawn apart from one another, the effect of works and the stock’s realisation rates common to all';

/** Expected net value of all works of a plan at its first year, EUR; null where that of one of them is unknown. */
const netValueOf = (
  problem: ProgrammeProblem,
  { choices }: Pick<ProgrammePlan, 'choices'>,
): number | null => {
  const weights = yearWeights('net-value', problem.budgetsEur.length);
  const byId = new Map(problem.candidates.map((one) => [one.buildingId, one]));
  let sum = 0;
  for (const { buildingId, packageId, year } of choices) {
    const value = byId.get(buildingId)?.packages.find(({ id }) => id === packageId)?.netValueEur;
    if (value === undefined) return null;
    sum += value * (weights[year - problem.firstYear] ?? 0);
  }
  return sum;
};

/** A plan as people read it, without its target and the law. */
export const planView = (
  problem: ProgrammeProblem,
  plan: ProgrammePlan,
  budgetEur: number,
  catalogue?: readonly Measure[],
): Omit<
  ProgrammeView,
  'id' | 'target' | 'law' | 'request' | 'rates' | 'defaults' | 'stale' | 'robustness'
> => {
  const packageOf = (buildingId: string, packageId: string): Package | undefined =>
    problem.candidates
      .find((one) => one.buildingId === buildingId)
      ?.packages.find(({ id }) => id === packageId);
  const nameOf = (buildingId: string) =>
    problem.candidates.find((one) => one.buildingId === buildingId)?.name ?? {
      fr: buildingId,
      en: buildingId,
    };
  const named = (ids: readonly string[]) =>
    measuresNamed(ids, catalogue).map(({ id, name }) => ({ id, name }));
  const reasonView = ({ buildingId, packageId, ...rest }: Reason) => {
    const packaged = packageId === undefined ? undefined : packageOf(buildingId, packageId);
    return {
      buildingId,
      name: nameOf(buildingId),
      ...rest,
      ...(packaged === undefined ? {} : { measures: named(packaged.measures) }),
    };
  };
  const kept = new Map(plan.kept.map((one) => [one.buildingId, one]));
  const unspent = unspentMoney(problem, plan.choices);
  const draws = planSavingDraws(problem, plan);
  const savingKwh = drawsQuantity(draws.length === 0 ? Float64Array.of(0) : draws, 'kWh', PLAN_BASIS);
  // Nothing chosen saves nothing, also of nothing.
  const baseline = planBaselineDraws(problem, plan, draws.length);
  const percent =
    baseline.length > 0 && baseline.every((value) => value > 0)
      ? draws.map((value, draw) => (100 * value) / baseline[draw])
      : Float64Array.of(0);
  return {
    budgetEur,
    byYear: problem.budgetsEur.map((budget, t) => {
      const year = problem.firstYear + t;
      const sofar = planSavingDraws(problem, { choices: plan.choices.filter((one) => one.year <= year) });
      return {
        year,
        budgetEur: budget,
        costEur: plan.costByYearEur[t] ?? 0,
        buildings: plan.choices.filter((one) => one.year === year).length,
        unspent: unspent[t] ?? null,
        savingKwh: drawsQuantity(sofar.length === 0 ? Float64Array.of(0) : sofar, 'kWh', PLAN_BASIS),
      };
    }),
    firstYear: problem.firstYear,
    years: problem.budgetsEur.length,
    costEur: plan.costByYearEur.reduce((sum, cost) => sum + cost, 0),
    savingKwh,
    savingPercent: drawsQuantity(
      percent,
      '%',
      `${PLAN_BASIS}, over the present consumption of the buildings chosen`,
    ),
    chosen: plan.choices.flatMap(({ buildingId, packageId, year }) => {
      const packaged = packageOf(buildingId, packageId);
      const why = kept.get(buildingId);
      if (packaged === undefined) return [];
      return [
        {
          buildingId,
          name: nameOf(buildingId),
          year,
          measures: named(packaged.measures),
          costEur: packaged.costEur,
          netValueEur: packaged.netValueEur ?? null,
          savingKwh: drawsQuantity(
            packaged.savingDraws,
            'kWh',
            'Draws of the calibrated twin with the stock’s realisation rates',
          ),
          ...(why === undefined ? {} : { reason: why.reason, exitCostEur: why.exitCostEur }),
        },
      ];
    }),
    netValueEur: netValueOf(problem, plan),
    chanceOf30Percent: chanceOfSaving(percent, 30),
    notChosen: plan.notChosen.map(reasonView),
    late: plan.late.map(reasonView),
    gapPercent: plan.gapPercent,
    shadowPrices: plan.shadowPrices.map((one) => ({ ...one })),
  };
};

/** Chance of a saving, and that of the plan likeliest to reach it; null when none was asked for. */
export const targetOf = async (
  problem: ProgrammeProblem,
  plan: ProgrammePlan,
  savingKwh: number | undefined,
  solver: LinearSolver,
): Promise<ProgrammeView['target']> => {
  if (savingKwh === undefined) return null;
  const chance = chanceOfSaving(planSavingDraws(problem, plan), savingKwh);
  const certain = await mostCertainPlan(problem, savingKwh, {
    solver,
    nowMs: () => performance.now(),
    relativeGap: 1e-3,
  });
  const better = certain !== undefined && certain.chance > chance;
  const expected = plan.choices.length === 0 ? 0 : meanOf(planSavingDraws(problem, plan));
  return {
    savingKwh,
    chance,
    bestChance: better ? certain.chance : chance,
    bestExpectedKwh: better ? certain.expectedKwh : expected,
  };
};

const percent = (chance: number): string => String(Math.round(100 * chance));

/** How the plan fares on its draws: what is surely saved, and the chance of each target that was set. */
export const robustnessOf = (
  problem: ProgrammeProblem,
  plan: ProgrammePlan,
  targetSavingKwh: number | undefined,
): NonNullable<ProgrammeView['robustness']> => {
  const draws = planSavingDraws(problem, plan);
  const baseline = planBaselineDraws(problem, plan, draws.length);
  const third = draws.map((value, draw) => value - 0.3 * baseline[draw]);
  const target = (
    kind: 'least-saving' | 'target-saving' | 'thirty-percent',
    savingKwh: number | undefined,
    chance = (least: number): number => chanceOfSaving(draws, least),
  ) => (savingKwh === undefined ? [] : [{ kind, savingKwh, chance: chance(savingKwh) }]);
  const risk = savingAtRisk(draws);
  const mwh = (kwh: number, language: 'fr' | 'en'): string => `${plain(kwh / 1000, language)} MWh`;
  const targets = [
    ...target('least-saving', problem.minimumSavingKwh),
    ...target('target-saving', targetSavingKwh),
    ...target('thirty-percent', draws.length === 0 ? undefined : 0.3 * meanOf(baseline), () =>
      chanceOfSaving(third, 0),
    ),
  ];
  const told = targets.filter(({ kind }) => kind !== 'thirty-percent');
  const chances = (language: 'fr' | 'en'): string =>
    told
      .map(({ savingKwh, chance }) =>
        language === 'fr'
          ? ` ${percent(chance)} % de chances d’atteindre ${mwh(savingKwh, 'fr')}.`
          : ` A ${percent(chance)} % chance of reaching ${mwh(savingKwh, 'en')}.`,
      )
      .join('');
  return {
    ...risk,
    targets,
    sentence: message(
      `En moyenne ${mwh(risk.expectedKwh, 'fr')} par an ; dix-neuf fois sur vingt au moins ${mwh(risk.surelyKwh, 'fr')}, et ${mwh(risk.worstMeanKwh, 'fr')} en moyenne quand cela tourne mal (${plain(risk.draws, 'fr', 4)} tirages).${chances('fr')}`,
      `${mwh(risk.expectedKwh, 'en')} a year on average; at least ${mwh(risk.surelyKwh, 'en')} nineteen times of twenty, and ${mwh(risk.worstMeanKwh, 'en')} on average when it goes badly (${plain(risk.draws, 'en', 4)} draws).${chances('en')}`,
    ),
  };
};

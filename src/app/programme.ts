import {
  type Candidate,
  chanceOfSaving,
  checkProblem,
  costFront,
  optimiseProgramme,
  type Package,
  mostCertainPlan,
  planSavingDraws,
  type ProgrammePlan,
  type ProgrammeProblem,
  type LinearSolver,
  type Reason,
  relaxations,
} from '#target/index.ts';
import { dateOf } from '../core/calendar.ts';
import { message } from '../core/message.ts';
import { meanOf } from '../core/random.ts';
import { type Failure, failure, ok, type Result } from '../core/result.ts';
import { type BuildingState, buildingState, measuresNamed } from './building-state.ts';
import { packagesFor, scenarioOn } from './comparison.ts';
import type { AppContext } from './context.ts';
import { allBuildings } from './every-building.ts';
import { drawsQuantity } from './quantities.ts';
import { usedRates } from './changed-rates.ts';
import { type RatesFor, ratesInForce } from './rates.ts';
import type { Progress } from './progress.ts';
import { withSolverThread } from './solver-thread.ts';
import {
  type FrontRequest,
  type FrontView,
  type ProgrammeRequest,
  type ProgrammeView,
} from './programme-views.ts';
import { readable } from './programme-record.ts';

const DEFAULT_YEARS = 3;
const DAY_MS = 86_400_000;

const candidateOf = (state: BuildingState, rates: RatesFor): Candidate => {
  const doneIds = new Set(state.done.map(({ id }) => id));
  const packages = packagesFor(state)
    .filter((ids) => ids.every((id) => !doneIds.has(id)))
    .flatMap((ids): Package[] => {
      const scenario = scenarioOn(state.now, measuresNamed(ids), rates(state.now.twin));
      // A package whose cost nobody knows cannot be put under a budget.
      if (!scenario.ok || scenario.value.costEur === null) return [];
      const netValue = scenario.value.draws.netValueEur;
      return [
        {
          id: ids.join('+'),
          measures: ids,
          costEur: Math.ceil(scenario.value.costEur.value),
          savingKwh: scenario.value.savingKwh.value,
          savingDraws: scenario.value.draws.savingKwh,
          ...(scenario.value.carbonKgYear === null ? {} : { carbonKg: scenario.value.carbonKgYear.value }),
          ...(netValue === undefined ? {} : { netValueEur: meanOf(netValue) }),
        },
      ];
    });
  return {
    buildingId: state.building.id,
    name: state.building.name,
    baselineKwh: state.now.fit?.predicted.value ?? 0,
    ...(state.building.commune === undefined ? {} : { group: state.building.commune }),
    packages,
  };
};

const BASIS =
  'Sum over the chosen packages on 2,000 draws of each calibrated twin, buildings drawn independently, with the stock’s realisation rates';

const viewOf = (
  problem: ProgrammeProblem,
  plan: ProgrammePlan,
  budgetEur: number,
): Omit<ProgrammeView, 'id' | 'target' | 'rates' | 'stale'> => {
  const packageOf = (buildingId: string, packageId: string): Package | undefined =>
    problem.candidates
      .find((one) => one.buildingId === buildingId)
      ?.packages.find(({ id }) => id === packageId);
  const nameOf = (buildingId: string) =>
    problem.candidates.find((one) => one.buildingId === buildingId)?.name ?? {
      fr: buildingId,
      en: buildingId,
    };
  const reasons = (given: readonly Reason[]) =>
    given.map(({ buildingId, ...rest }) => ({ buildingId, name: nameOf(buildingId), ...rest }));
  const draws = planSavingDraws(problem, plan);
  const chosenIds = new Set(plan.choices.map(({ buildingId }) => buildingId));
  const baseline = problem.candidates.reduce(
    (sum, { buildingId, baselineKwh }) => (chosenIds.has(buildingId) ? sum + baselineKwh : sum),
    0,
  );
  const savingKwh = drawsQuantity(draws.length === 0 ? Float64Array.of(0) : draws, 'kWh', BASIS);
  const percent = draws.length === 0 ? Float64Array.of(0) : draws.map((value) => (100 * value) / baseline);
  return {
    budgetEur,
    firstYear: problem.firstYear,
    years: problem.budgetsEur.length,
    costEur: plan.costByYearEur.reduce((sum, cost) => sum + cost, 0),
    savingKwh,
    savingPercent: drawsQuantity(
      percent,
      '%',
      `${BASIS}, over the present consumption of the buildings chosen`,
    ),
    chosen: plan.choices.flatMap(({ buildingId, packageId, year }) => {
      const packaged = packageOf(buildingId, packageId);
      if (packaged === undefined) return [];
      return [
        {
          buildingId,
          name: nameOf(buildingId),
          year,
          measures: measuresNamed(packaged.measures).map(({ id, name }) => ({ id, name })),
          costEur: packaged.costEur,
          savingKwh: drawsQuantity(
            packaged.savingDraws,
            'kWh',
            'Draws of the calibrated twin with the stock’s realisation rates',
          ),
        },
      ];
    }),
    chanceOf30Percent: chanceOfSaving(percent, 30),
    notChosen: reasons(plan.notChosen),
    late: reasons(plan.late),
    gapPercent: plan.gapPercent,
  };
};

const targetOf = async (
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

/** An infeasible programme with what would make it possible. */
const refused = async (
  problem: ProgrammeProblem,
  error: Failure,
  solver: LinearSolver,
): Promise<Result<never>> => {
  const ways = await relaxations(problem, { solver, nowMs: () => performance.now() });
  const said = (language: 'fr' | 'en'): string => ways.map((way) => way.message[language]).join(' ; ');
  return ways.length === 0
    ? { ok: false, error }
    : failure(error.code, `${error.message.fr} ${said('fr')}.`, `${error.message.en} ${said('en')}.`);
};

/** Rounding that a person's own sum may hide, EUR. */
const SUM_TOLERANCE_EUR = 1;

const yearlyBudgets = ({ budgetEur, budgetsEur, years }: ProgrammeRequest): Result<readonly number[]> => {
  if (budgetsEur === undefined) {
    const count = years ?? DEFAULT_YEARS;
    return ok(Array.from({ length: count }, () => budgetEur / count));
  }
  const sum = budgetsEur.reduce((total, budget) => total + budget, 0);
  if (Math.abs(sum - budgetEur) > SUM_TOLERANCE_EUR || (years ?? budgetsEur.length) !== budgetsEur.length)
    return failure(
      'programme-budgets-differ',
      `Les budgets annuels (${budgetsEur.length} années, ${sum} € en tout) ne font pas le budget de ${budgetEur} € sur ${years ?? budgetsEur.length} ans. Accordez les deux, ou ne donnez que le total.`,
      `The yearly budgets (${budgetsEur.length} years, ${sum} € in all) do not make the budget of ${budgetEur} € over ${years ?? budgetsEur.length} years. Make them agree, or give only the total.`,
      { field: 'budgetsEur' },
    );
  return ok(budgetsEur);
};

/** What a request constrains, without what it leaves unsaid. */
const constraintsOf = (
  request: ProgrammeRequest,
): Omit<ProgrammeProblem, 'candidates' | 'firstYear' | 'budgetsEur'> => ({
  ...(request.carryOver === undefined ? {} : { carryOver: request.carryOver }),
  ...(request.objective === undefined ? {} : { objective: request.objective }),
  ...(request.minimumSavingKwh === undefined ? {} : { minimumSavingKwh: request.minimumSavingKwh }),
  ...(request.minimumCarbonKg === undefined ? {} : { minimumCarbonKg: request.minimumCarbonKg }),
  ...(request.sitesAYear === undefined ? {} : { sitesAYear: request.sitesAYear }),
  ...(request.fairness === undefined ? {} : { fairness: request.fairness }),
  ...(request.together === undefined ? {} : { together: request.together }),
  ...(request.after === undefined ? {} : { after: request.after }),
});

/** How a long computation is followed and stopped. */
export type ProgrammeRun = { readonly onProgress?: Progress; readonly signal?: AbortSignal };

const cancelled: Result<never> = failure(
  'programme-cancelled',
  'Le calcul du programme a été arrêté avant qu’un plan entier soit trouvé : rien n’est gardé.',
  'The programme was stopped before a whole plan was found: nothing is kept.',
);

const optimised = async (
  problem: ProgrammeProblem,
  request: ProgrammeRequest,
  { onProgress, signal }: ProgrammeRun,
): Promise<Result<Omit<ProgrammeView, 'id' | 'rates' | 'stale'>>> =>
  withSolverThread(signal, async (solver) => {
    const { length } = problem.candidates;
    const plan = await optimiseProgramme(problem, {
      solver,
      nowMs: () => performance.now(),
      isCancelled: () => signal?.aborted === true,
      progress: (gap) =>
        onProgress?.(
          length,
          length,
          gap === undefined
            ? message('optimiser', 'optimise')
            : message(
                `optimiser : un plan est là, à ${gap.toPrecision(2)} % au plus du meilleur`,
                `optimise: there is a plan, at most ${gap.toPrecision(2)} % from the best`,
              ),
        ),
    });
    if (!plan.ok) {
      if (signal?.aborted === true) return cancelled;
      return plan.error.code === 'programme-infeasible' ? refused(problem, plan.error, solver) : plan;
    }
    const view = viewOf(problem, plan.value, request.budgetEur);
    return ok({ ...view, target: await targetOf(problem, plan.value, request.targetSavingKwh, solver) });
  });

/** The stock as it stands, with what a request constrains. */
const stockProblem = async (
  context: AppContext,
  request: ProgrammeRequest,
  run: ProgrammeRun,
): Promise<Result<ProgrammeProblem>> => {
  const yearly = yearlyBudgets(request);
  if (!yearly.ok) return yearly;
  const budgetsEur = yearly.value;
  const firstYear = request.firstYear ?? dateOf(Math.floor(context.nowMs() / DAY_MS)).year + 1;
  const rates = await ratesInForce(context);
  const candidates: Candidate[] = [];
  const buildings = await allBuildings(context.store);
  for (const [index, { id }] of buildings.entries()) {
    if (run.signal?.aborted === true) return cancelled;
    run.onProgress?.(index, buildings.length, message('simuler les travaux', 'simulate the works'));
    const state = await buildingState(context, id);
    if (state.ok) candidates.push(candidateOf(state.value, rates));
  }
  return checkProblem({ candidates, firstYear, budgetsEur, ...constraintsOf(request) });
};

/**
 * What less money would still bring: plans from the cheapest to that of the whole budget, each the best of its price in energy or
 * carbon. Nothing is kept. Fails as `planProgramme` does, `programme-infeasible` where no plan holds.
 */
export const programmeFront = async (
  context: AppContext,
  { against, points, ...request }: FrontRequest,
  run: ProgrammeRun = {},
): Promise<Result<FrontView>> => {
  const end = context.startLedger('target');
  const problem = await stockProblem(context, request, run);
  if (!problem.ok) return problem;
  const { candidates } = problem.value;
  const nameOf = new Map(candidates.map(({ buildingId, name }) => [buildingId, name]));
  const front = await withSolverThread(run.signal, (solver) =>
    costFront(problem.value, against, points, {
      solver,
      nowMs: () => performance.now(),
      isCancelled: () => run.signal?.aborted === true,
    }),
  );
  if (run.signal?.aborted === true) return cancelled;
  await context.store.ledger.add(end());
  if (front.length === 0)
    return failure(
      'programme-infeasible',
      'Aucun programme ne tient toutes les contraintes avec ce budget : « target » dit laquelle relâcher.',
      'No programme keeps all the constraints with this budget: “target” says which to relax.',
    );
  return ok({
    against,
    unit: against === 'energy' ? 'kWh/yr' : 'kgCO2e/yr',
    points: front.map(({ choices, ...point }) => {
      const saving = planSavingDraws(problem.value, { choices });
      return {
        ...point,
        savingKwh: drawsQuantity(saving.length === 0 ? Float64Array.of(0) : saving, 'kWh', BASIS),
        chosen: choices.map(({ buildingId, packageId, year }) => ({
          buildingId,
          name: nameOf.get(buildingId) ?? { fr: buildingId, en: buildingId },
          packageId,
          year,
        })),
      };
    }),
  });
};

/** The rates that the works of a plan count on, each once. */
const ratesOf = async (
  context: AppContext,
  chosen: ProgrammeView['chosen'],
): Promise<ProgrammeView['rates']> => {
  const rates = await ratesInForce(context);
  const used = new Map<string, ProgrammeView['rates'][number]>();
  for (const { buildingId, measures } of chosen) {
    const stored = await context.store.twins.current(buildingId);
    if (stored === undefined) continue;
    const ids = measures.map(({ id }) => id);
    for (const rate of usedRates(rates, stored.twin, ids)) used.set(`${rate.measure} ${rate.family}`, rate);
  }
  return [...used.values()];
};

/**
 * Chooses one package and year a building, or none, under yearly budgets, and keeps the programme. Stopped by its signal it keeps
 * the best plan found so far, whose gap says how far it may be from the best; `programme-cancelled` when there was none yet.
 */
export const planProgramme = async (
  context: AppContext,
  request: ProgrammeRequest,
  run: ProgrammeRun = {},
): Promise<Result<ProgrammeView>> => {
  const { store } = context;
  const end = context.startLedger('target');
  const problem = await stockProblem(context, request, run);
  if (!problem.ok) return problem;
  const judged = await optimised(problem.value, request, run);
  if (!judged.ok) return judged;
  const kept = { ...judged.value, rates: await ratesOf(context, judged.value.chosen) };
  const id = await store.programmes.add(kept);
  await store.ledger.add(end());
  return ok({ ...kept, id: String(id), stale: null });
};

/** The last programme computed; fails with `not-evaluated` while there is none. */
export const latestProgramme = async ({ store }: AppContext): Promise<Result<ProgrammeView>> => {
  const [last] = await store.programmes.list();
  if (last === undefined)
    return failure(
      'not-evaluated',
      'Aucun programme encore : « npx stacoptim target . --budget 1500000 » en calcule un.',
      'No programme yet: “npx stacoptim target . --budget 1500000” computes one.',
    );
  const view = readable(last);
  return view !== undefined
    ? ok(view)
    : failure(
        'not-evaluated',
        'Le dernier programme vient d’une version antérieure : calculez-le de nouveau.',
        'The last programme comes from an earlier version: compute it again.',
      );
};

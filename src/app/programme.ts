import {
  type Candidate,
  chanceOfSaving,
  checkProblem,
  optimiseProgramme,
  type Package,
  mostCertainPlan,
  planSavingDraws,
  type ProgrammePlan,
  type ProgrammeProblem,
  type Reason,
  relaxations,
} from '#target/index.ts';
import { dateOf } from '../core/calendar.ts';
import { meanOf } from '../core/random.ts';
import { type Failure, failure, ok, type Result } from '../core/result.ts';
import { type BuildingState, buildingState, measuresNamed } from './building-state.ts';
import { packagesFor, scenarioOn } from './comparison.ts';
import type { AppContext } from './context.ts';
import { drawsQuantity } from './quantities.ts';
import { ratesInForce } from './rates.ts';
import { highsSolver } from './solver.ts';
import { type ProgrammeRequest, type ProgrammeView, programmeSchema } from './programme-views.ts';

const DEFAULT_YEARS = 3;
const DAY_MS = 86_400_000;

const candidateOf = (state: BuildingState, rates: Awaited<ReturnType<typeof ratesInForce>>): Candidate => {
  const doneIds = new Set(state.done.map(({ id }) => id));
  const packages = packagesFor(state)
    .filter((ids) => ids.every((id) => !doneIds.has(id)))
    .flatMap((ids): Package[] => {
      const scenario = scenarioOn(state.now, measuresNamed(ids), rates);
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
    packages,
  };
};

const BASIS =
  'Sum over the chosen packages on 2,000 draws of each calibrated twin, buildings drawn independently, with the stock’s realisation rates';

const viewOf = (
  problem: ProgrammeProblem,
  plan: ProgrammePlan,
  budgetEur: number,
): Omit<ProgrammeView, 'id' | 'target'> => {
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
): Promise<ProgrammeView['target']> => {
  if (savingKwh === undefined) return null;
  const chance = chanceOfSaving(planSavingDraws(problem, plan), savingKwh);
  const certain = await mostCertainPlan(problem, savingKwh, {
    solver: highsSolver,
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
const refused = async (problem: ProgrammeProblem, error: Failure): Promise<Result<never>> => {
  const ways = await relaxations(problem, { solver: highsSolver, nowMs: () => performance.now() });
  const said = (language: 'fr' | 'en'): string => ways.map((way) => way.message[language]).join(' ; ');
  return ways.length === 0
    ? { ok: false, error }
    : failure(error.code, `${error.message.fr} ${said('fr')}.`, `${error.message.en} ${said('en')}.`);
};

/** Chooses one package and year a building, or none, under equal yearly budgets, and keeps the programme. */
export const planProgramme = async (
  context: AppContext,
  request: ProgrammeRequest,
): Promise<Result<ProgrammeView>> => {
  const { store } = context;
  const end = context.startLedger('target');
  const years = request.years ?? DEFAULT_YEARS;
  const firstYear = request.firstYear ?? dateOf(Math.floor(context.nowMs() / DAY_MS)).year + 1;
  const rates = await ratesInForce(context);
  const candidates: Candidate[] = [];
  for (const { id } of await store.buildings.list()) {
    const state = await buildingState(context, id);
    if (state.ok) candidates.push(candidateOf(state.value, rates));
  }
  const problem = checkProblem({
    candidates,
    firstYear,
    budgetsEur: Array.from({ length: years }, () => request.budgetEur / years),
    ...(request.carryOver === undefined ? {} : { carryOver: request.carryOver }),
    ...(request.objective === undefined ? {} : { objective: request.objective }),
    ...(request.minimumSavingKwh === undefined ? {} : { minimumSavingKwh: request.minimumSavingKwh }),
    ...(request.sitesAYear === undefined ? {} : { sitesAYear: request.sitesAYear }),
  });
  if (!problem.ok) return problem;
  const options = { solver: highsSolver, nowMs: () => performance.now() };
  const plan = await optimiseProgramme(problem.value, options);
  if (!plan.ok) return plan.error.code === 'programme-infeasible' ? refused(problem.value, plan.error) : plan;
  const view = viewOf(problem.value, plan.value, request.budgetEur);
  const judged = { ...view, target: await targetOf(problem.value, plan.value, request.targetSavingKwh) };
  const id = await store.programmes.add(judged);
  await store.ledger.add(end());
  return ok({ ...judged, id: String(id) });
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
  const parsed = programmeSchema.safeParse({ ...last.document, id: String(last.id) });
  return parsed.success
    ? ok(parsed.data)
    : failure(
        'not-evaluated',
        'Le dernier programme vient d’une version antérieure : calculez-le de nouveau.',
        'The last programme comes from an earlier version: compute it again.',
      );
};

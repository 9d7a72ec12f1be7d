import {
  type Candidate,
  checkProblem,
  costFront,
  type LinearSolver,
  optimiseProgramme,
  planSavingDraws,
  type ProgrammeProblem,
  relaxations,
  type SearchCheckpoint,
} from '#target/index.ts';
import { dateOf } from '../core/calendar.ts';
import type { LedgerEntry } from '../core/ledger.ts';
import { message } from '../core/message.ts';
import { type Failure, failure, ok, type Result } from '../core/result.ts';
import { buildingState } from './building-state.ts';
import { type Catalogue, catalogueOf } from './catalogue.ts';
import type { AppContext } from './context.ts';
import { allBuildings } from './every-building.ts';
import { lawBindsAbove, type StockCandidate, stockCandidate } from './programme-candidates.ts';
import { programmeLaw } from './programme-law.ts';
import { PLAN_BASIS, planView, robustnessOf, targetOf } from './programme-plan.ts';
import { drawsQuantity } from './quantities.ts';
import { usedRates } from './changed-rates.ts';
import { defaultsInForce, usedDefaults } from './learnt-defaults.ts';
import { ratesInForce } from './rates.ts';
import type { Progress } from './progress.ts';
import { withSolverThread } from './solver-thread.ts';
import {
  type FrontRequest,
  type FrontView,
  PROVEN_PERCENT,
  type ProgrammeRequest,
  type ProgrammeView,
} from './programme-views.ts';
import { readable } from './programme-record.ts';
import { numberEn, numberFr, precisionEn, precisionFr } from '../core/wording.ts';

const DEFAULT_YEARS = 3;
const DAY_MS = 86_400_000;

/** How near the best each plan of a front is sought: nearer than what is told apart on it. */
const FRONT_GAP = 0.003;

/** An infeasible programme with what would make it possible. */
const refused = async (
  problem: ProgrammeProblem,
  error: Failure,
  solver: LinearSolver,
): Promise<Result<never>> => {
  const ways = await relaxations(problem, { solver, nowMs: () => performance.now() });
  const said = (language: 'fr' | 'en'): string => ways.map((way) => `\n• ${way.message[language]}`).join('');
  return ways.length === 0
    ? { ok: false, error }
    : failure(
        error.code,
        `${error.message.fr} ${ways.length === 1 ? 'Cette concession' : 'Une seule de ces concessions'} suffirait :${said('fr')}`,
        `${error.message.en} ${ways.length === 1 ? 'This concession' : 'Any one of these concessions'} would do:${said('en')}`,
      );
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
      `Les budgets annuels (${budgetsEur.length} années, ${numberFr(sum)} € en tout) ne font pas le budget de ${numberFr(budgetEur)} € sur ${years ?? budgetsEur.length} ans. Accordez les deux, ou ne donnez que le total.`,
      `The yearly budgets (${budgetsEur.length} years, ${numberEn(sum)} € in all) do not make the budget of ${numberEn(budgetEur)} € over ${years ?? budgetsEur.length} years. Make them agree, or give only the total.`,
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
  ...(request.minimumCarbonKg === undefined ? {} : { minimumCarbonKg: request.minimumCarbonKg }),
  ...(request.legalDates === undefined ? {} : { legalDates: request.legalDates }),
  ...(request.dwellingsAYear === undefined ? {} : { dwellingsAYear: request.dwellingsAYear }),
  ...(request.sitesAYear === undefined ? {} : { sitesAYear: request.sitesAYear }),
  ...(request.fairness === undefined ? {} : { fairness: request.fairness }),
  ...(request.together === undefined ? {} : { together: request.together }),
  ...(request.after === undefined ? {} : { after: request.after }),
});

/** The least saving asked for, in kWh or as a share of what the stock takes: the stricter of the two. */
const leastSaving = (
  { minimumSavingKwh = 0, minimumSavingShare = 0 }: ProgrammeRequest,
  candidates: readonly Candidate[],
): Pick<ProgrammeProblem, 'minimumSavingKwh'> => {
  const stockKwh = candidates.reduce((sum, { baselineKwh }) => sum + baselineKwh, 0);
  const least = Math.max(minimumSavingKwh, minimumSavingShare * stockKwh);
  return least > 0 ? { minimumSavingKwh: least } : {};
};

/** How a long computation is followed and stopped. */
export type ProgrammeRun = {
  readonly onProgress?: Progress;
  readonly signal?: AbortSignal;
  /** Where an earlier run of the same request was, and who hears where this one is. */
  readonly from?: SearchCheckpoint;
  readonly checkpoint?: (at: SearchCheckpoint) => void;
};

const cancelled: Result<never> = failure(
  'programme-cancelled',
  'Le calcul du programme a été arrêté avant qu’un plan entier soit trouvé : rien n’est gardé.',
  'The programme was stopped before a whole plan was found: nothing is kept.',
);

/** The stock as candidates, and the problem that a request makes of it. */
type StockProblem = {
  readonly problem: ProgrammeProblem;
  readonly stock: readonly StockCandidate[];
  readonly catalogue: Catalogue;
};

const optimised = async (
  { problem, stock, catalogue }: StockProblem,
  request: ProgrammeRequest,
  { onProgress, signal, from, checkpoint }: ProgrammeRun,
): Promise<Result<Omit<ProgrammeView, 'id' | 'rates' | 'defaults' | 'stale'>>> =>
  withSolverThread(signal, async (solver) => {
    const { length } = problem.candidates;
    const plan = await optimiseProgramme(problem, {
      solver,
      nowMs: () => performance.now(),
      isCancelled: () => signal?.aborted === true,
      ...(from === undefined ? {} : { from }),
      ...(checkpoint === undefined ? {} : { checkpoint }),
      progress: (gap) =>
        onProgress?.(
          length,
          length,
          gap === undefined
            ? message('optimiser', 'optimise')
            : gap < PROVEN_PERCENT
              ? message(
                  'optimiser : le meilleur plan est là, prouvé',
                  'optimise: the best plan is there, proven',
                )
              : message(
                  `optimiser : un plan est là, à ${precisionFr(gap, 2)} % au plus du meilleur`,
                  `optimise: there is a plan, at most ${precisionEn(gap, 2)} % from the best`,
                ),
        ),
    });
    if (!plan.ok) {
      if (signal?.aborted === true) return cancelled;
      return plan.error.code === 'programme-infeasible' ? refused(problem, plan.error, solver) : plan;
    }
    const chosen = new Set(plan.value.choices.map(({ buildingId }) => buildingId));
    return ok({
      withoutMeter: stock.filter(({ candidate, metered }) => !metered && chosen.has(candidate.buildingId))
        .length,
      ...planView(problem, plan.value, request.budgetEur, catalogue.measures),
      ...(catalogue.own.length === 0 ? {} : { ownCatalogue: [...catalogue.own] }),
      request,
      robustness: robustnessOf(problem, plan.value, request.targetSavingKwh),
      target: await targetOf(problem, plan.value, request.targetSavingKwh, solver),
      law: programmeLaw(stock, problem, plan.value.choices, lawBindsAbove(request.legalChance)),
    });
  });

/** The stock as it stands, with what a request constrains. */
const stockProblem = async (
  context: AppContext,
  request: ProgrammeRequest,
  run: ProgrammeRun,
): Promise<Result<StockProblem>> => {
  const yearly = yearlyBudgets(request);
  if (!yearly.ok) return yearly;
  const budgetsEur = yearly.value;
  const firstYear = request.firstYear ?? dateOf(Math.floor(context.nowMs() / DAY_MS)).year + 1;
  const rates = await ratesInForce(context);
  const catalogue = catalogueOf(context);
  const reading = {
    bindsAbove: lawBindsAbove(request.legalChance),
    lastYear: firstYear + budgetsEur.length - 1,
    nowMs: context.nowMs(),
  };
  const stock: StockCandidate[] = [];
  const buildings = await allBuildings(context.store);
  for (const [index, { id }] of buildings.entries()) {
    if (run.signal?.aborted === true) return cancelled;
    run.onProgress?.(index, buildings.length, message('simuler les travaux', 'simulate the works'));
    const state = await buildingState(context, id);
    if (state.ok) stock.push(stockCandidate(state.value, rates, reading, catalogue));
  }
  const candidates = stock.map(({ candidate }) => candidate);
  const checked = checkProblem({
    candidates,
    firstYear,
    budgetsEur,
    ...constraintsOf(request),
    ...leastSaving(request, candidates),
  });
  return checked.ok ? ok({ problem: checked.value, stock, catalogue }) : checked;
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
  const found = await stockProblem(context, request, run);
  if (!found.ok) return found;
  const { problem } = found.value;
  const { candidates } = problem;
  const nameOf = new Map(candidates.map(({ buildingId, name }) => [buildingId, name]));
  const front = await withSolverThread(run.signal, (solver) =>
    costFront(
      problem,
      against,
      points,
      {
        solver,
        nowMs: () => performance.now(),
        isCancelled: () => run.signal?.aborted === true,
        relativeGap: FRONT_GAP,
      },
      (done, total) => run.onProgress?.(done, total, message('tracer les plans', 'draw the plans')),
    ),
  );
  if (run.signal?.aborted === true) return cancelled;
  await context.store.ledger.add(end());
  if (!front.ok) return front;
  return ok({
    against,
    unit: against === 'energy' ? 'kWh/yr' : 'kgCO2e/yr',
    points: front.value.map(({ choices, ...point }) => {
      const saving = planSavingDraws(problem, { choices });
      return {
        ...point,
        savingKwh: drawsQuantity(saving.length === 0 ? Float64Array.of(0) : saving, 'kWh', PLAN_BASIS),
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

/** The learnt period defaults that chosen buildings without a meter count on, each once. */
const defaultsOf = async (
  context: AppContext,
  chosen: ProgrammeView['chosen'],
  stock: readonly StockCandidate[],
): Promise<ProgrammeView['defaults']> => {
  const learnt = await defaultsInForce(context);
  const metered = new Map(stock.map((one) => [one.candidate.buildingId, one.metered]));
  const used = new Map<string, ProgrammeView['defaults'][number]>();
  for (const { buildingId } of chosen) {
    const stored =
      metered.get(buildingId) === true ? undefined : await context.store.twins.current(buildingId);
    if (stored === undefined) continue;
    for (const one of usedDefaults(learnt, stored.twin)) used.set(`${one.figure} ${one.period}`, one);
  }
  return [...used.values()];
};

/** A programme that is computed and not kept yet, with what it cost. */
type ProgrammeFound = {
  readonly view: Omit<ProgrammeView, 'id' | 'stale'>;
  readonly ledger: LedgerEntry;
};

/**
 * Chooses one package and year a building, or none, under yearly budgets; nothing is kept. Stopped by its signal it gives the
 * best plan found so far, whose gap says how far it may be from the best; `programme-cancelled` when there was none yet.
 */
export const findProgramme = async (
  context: AppContext,
  request: ProgrammeRequest,
  run: ProgrammeRun = {},
): Promise<Result<ProgrammeFound>> => {
  const end = context.startLedger('target');
  const found = await stockProblem(context, request, run);
  if (!found.ok) return found;
  const judged = await optimised(found.value, request, run);
  if (!judged.ok) return judged;
  const { chosen } = judged.value;
  const view = {
    ...judged.value,
    rates: await ratesOf(context, chosen),
    defaults: await defaultsOf(context, chosen, found.value.stock),
  };
  return ok({ view, ledger: end() });
};

/** Keeps a programme that was found; gives its number. */
export const keepProgramme = async (
  { programmes, ledger }: Pick<AppContext['store'], 'programmes' | 'ledger'>,
  found: ProgrammeFound,
): Promise<string> => {
  const id = await programmes.add(found.view);
  await ledger.add(found.ledger);
  return String(id);
};

/** Finds a programme and keeps it. Fails as `findProgramme` does. */
export const planProgramme = async (
  context: AppContext,
  request: ProgrammeRequest,
  run: ProgrammeRun = {},
): Promise<Result<ProgrammeView>> => {
  const found = await findProgramme(context, request, run);
  if (!found.ok) return found;
  return ok({ ...found.value.view, id: await keepProgramme(context.store, found.value), stale: null });
};

/** The last programme computed; fails with `not-evaluated` while there is none. */
export const latestProgramme = async ({ store }: AppContext): Promise<Result<ProgrammeView>> => {
  const last = await store.programmes.latest();
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

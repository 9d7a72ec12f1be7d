import {
  type Alternative,
  checkProblem,
  decidingSets,
  type DecidingSet,
  type Instrument,
  type Objective,
  optimiseProgramme,
  yearWeights,
} from '#target/index.ts';
import { type Message, message } from '../core/message.ts';
import { medianOf } from '../core/random.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { countEn, countFr } from '../core/wording.ts';
import { type BuildingState, buildingState, measuresNamed } from './building-state.ts';
import { type Catalogue, catalogueOf } from './catalogue.ts';
import { drawsOn, packagesFor } from './comparison.ts';
import type { AppContext } from './context.ts';
import { instrumentsFor, listed } from './metering-plan.ts';
import type { MeteringChoiceView, MeteringRequest } from './metering-views.ts';
import { programmeOf } from './programme-record.ts';
import type { ProgrammeView } from './programme-views.ts';
import type { Progress } from './progress.ts';
import { type RatesFor, ratesInForce } from './rates.ts';
import { plain } from './report.ts';
import { withSolverThread } from './solver-thread.ts';

type Valued = Exclude<Objective, 'legal-risk'>;

/** What a decision is worth at the prices of a programme: what each year counts, and what a euro spent in it is worth. */
type Prices = {
  readonly objective: Valued;
  readonly weights: readonly number[];
  readonly euroByYear: readonly number[];
  /** Worth of one euro, by which gains are told in euros. */
  readonly euro: number;
};

const YEAR_OF_BUDGET = /^budget-(\d{4})$/;

const pricesOf = (programme: ProgrammeView): Result<Prices> => {
  const { firstYear, years, request, shadowPrices = [] } = programme;
  const objective = request?.objective ?? 'energy';
  if (objective === 'legal-risk')
    return failure(
      'metering-no-value',
      'Ce programme vise les dates de la loi : ce qu’une mesure changerait à son choix ne se compte pas en euros.',
      'This programme aims at the dates of the law: what a measurement would change to its choice is not counted in euros.',
    );
  const ofYear = Array.from({ length: years }, () => 0);
  for (const { constraint, price } of shadowPrices) {
    const year = Number(YEAR_OF_BUDGET.exec(constraint)?.[1]) - firstYear;
    if (year >= 0 && year < years) ofYear[year] = price;
  }
  // A budget that is carried over is spent from that of every later year too.
  const euroByYear =
    request?.carryOver === true
      ? ofYear.map((_, t) => ofYear.slice(t).reduce((sum, price) => sum + price, 0))
      : ofYear;
  const dearest = Math.max(...euroByYear);
  return ok({
    objective,
    weights: yearWeights(objective, years),
    euroByYear,
    euro: objective === 'net-value' ? 1 : dearest,
  });
};

const alternativesOf = (
  state: BuildingState,
  rates: RatesFor,
  catalogue: Catalogue,
  { objective, weights, euroByYear, euro }: Prices,
): Alternative[] => {
  const doneIds = new Set(state.done.map(({ id }) => id));
  return packagesFor(state, catalogue)
    .filter((ids) => ids.every((id) => !doneIds.has(id)))
    .flatMap((ids): Alternative[] => {
      // The draws are all that a choice needs: the sentences and paybacks of the full scenario cost several times as much.
      const scenario = drawsOn(
        state.now,
        measuresNamed(ids, catalogue.measures),
        rates(state.now.twin),
        catalogue,
      );
      if (!scenario.ok || scenario.value.costEur === undefined) return [];
      const { savingKwh, carbonKg, netValueEur } = scenario.value;
      const worth = { energy: savingKwh, carbon: carbonKg, 'net-value': netValueEur }[objective];
      if (worth === undefined) return [];
      const costEur = Math.ceil(medianOf(scenario.value.costEur));
      // The year in which it is then worth most, at the prices of the plan.
      const valueEur = (mean: number): number =>
        Math.max(...weights.map((weight, t) => weight * mean - euroByYear[t] * costEur)) / euro;
      return [{ worth, valueEur }];
    });
};

type Offered = {
  readonly buildingId: string;
  readonly name: Message;
  readonly chosen: boolean;
  readonly sets: readonly DecidingSet[];
};

/** The sets that together gain the most above their cost within the budget; none that does not pay for itself. */
const chosenSets = async (
  offered: readonly Offered[],
  budgetEur: number,
): Promise<Result<ReadonlyMap<string, DecidingSet>>> => {
  const worthIt = offered
    .map((one) => ({ ...one, sets: one.sets.filter(({ gainEur, costEur }) => gainEur > costEur) }))
    .filter(({ sets }) => sets.length > 0);
  const problem = checkProblem({
    firstYear: 1,
    budgetsEur: [budgetEur],
    candidates: worthIt.map(({ buildingId, name, sets }) => ({
      buildingId,
      name,
      baselineKwh: 0,
      packages: sets.map(({ costEur, gainEur }, index) => ({
        id: String(index),
        measures: [],
        costEur,
        savingKwh: gainEur - costEur,
        savingDraws: new Float64Array(0),
      })),
    })),
  });
  if (!problem.ok) return ok(new Map());
  const plan = await withSolverThread(undefined, (solver) =>
    optimiseProgramme(problem.value, { solver, nowMs: () => performance.now() }),
  );
  if (!plan.ok) return plan;
  const byId = new Map(worthIt.map((one) => [one.buildingId, one.sets]));
  return ok(
    new Map(
      plan.value.choices.flatMap(({ buildingId, packageId }): [string, DecidingSet][] => {
        const set = byId.get(buildingId)?.[Number(packageId)];
        return set === undefined ? [] : [[buildingId, set]];
      }),
    ),
  );
};

const gainTold = (objective: Valued): Message =>
  objective === 'net-value'
    ? message('de valeur nette', 'of net value')
    : message('de travaux pour le même résultat', 'of works for the same result');

/** What measuring would change to the choice, as people read it. Pure. */
const meteringChoiceView = (
  programme: string,
  budgetEur: number,
  objective: Valued,
  offered: readonly Offered[],
  chosen: ReadonlyMap<string, DecidingSet>,
): MeteringChoiceView => {
  const what = gainTold(objective);
  const buildings = offered
    .flatMap(({ buildingId, name, chosen: isIn }): MeteringChoiceView['buildings'] => {
      const set = chosen.get(buildingId);
      if (set === undefined) return [];
      const how = listed(set.instruments);
      const [fr, en] = isIn
        ? [
            'il est retenu : la mesure dirait s’il le reste, et pour quel lot',
            'it is in: the measurement would tell whether it stays, and for which package',
          ]
        : [
            'il n’est pas retenu : la mesure dirait s’il devrait l’être',
            'it is out: the measurement would tell whether it should be in',
          ];
      return [
        {
          buildingId,
          name,
          chosen: isIn,
          instruments: set.instruments.map(({ id, name: label, costEur }) => ({ id, name: label, costEur })),
          costEur: set.costEur,
          gainEur: set.gainEur,
          sentence: message(
            `${how.fr} (${plain(set.costEur, 'fr')} €) : décider ensuite gagnerait en moyenne ${plain(set.gainEur, 'fr', 2)} € ${what.fr} ; ${fr}.`,
            `${how.en} (${plain(set.costEur, 'en')} €): to decide afterwards would gain ${plain(set.gainEur, 'en', 2)} € ${what.en} on average; ${en}.`,
          ),
        },
      ];
    })
    .toSorted((one, other) => other.gainEur - other.costEur - (one.gainEur - one.costEur));
  const sum = (of: (one: MeteringChoiceView['buildings'][number]) => number): number =>
    buildings.reduce((total, one) => total + of(one), 0);
  const [costEur, gainEur] = [sum((one) => one.costEur), sum((one) => one.gainEur)];
  const instruments = sum((one) => one.instruments.length);
  return {
    programme,
    budgetEur,
    costEur,
    gainEur,
    looked: offered.length,
    buildings,
    sentence:
      buildings.length === 0
        ? message(
            `Sur ${countFr(offered.length, 'bâtiment regardé', 'bâtiments regardés')}, aucune mesure ne changerait assez le choix des travaux pour valoir son prix.`,
            `Of ${countEn(offered.length, 'building', 'buildings')} looked at, no measurement would change the choice of works enough to be worth its price.`,
          )
        : message(
            `${countFr(instruments, 'instrument', 'instruments')} sur ${countFr(buildings.length, 'bâtiment', 'bâtiments')} (${offered.length} regardés), pour ${plain(costEur, 'fr', 4)} € : décider ensuite gagnerait en moyenne ${plain(gainEur, 'fr', 2)} € ${what.fr}.`,
            `${countEn(instruments, 'instrument', 'instruments')} on ${countEn(buildings.length, 'building', 'buildings')} (${offered.length} looked at), for ${plain(costEur, 'en', 4)} €: to decide afterwards would gain ${plain(gainEur, 'en', 2)} € ${what.en} on average.`,
          ),
    defaults: [
      message(
        'Coûts des instruments : ordres de grandeur posés et relevés un an (models/metering.json 1), sauf les vôtres.',
        'Costs of the instruments: orders of magnitude, installed and read for a year (models/metering.json 1), except your own.',
      ),
      message(
        'Aux prix de l’argent du programme, un bâtiment à la fois ; un bâtiment que sa date légale impose n’est pas regardé.',
        'At the programme’s prices of money, one building at a time; a building that its legal date asks for is not looked at.',
      ),
    ],
  };
};

/**
 * Which buildings to measure before deciding, in the programme or not, because what is read may change the choice of works by more than it
 * costs. Fails as `programmeOf` does, with `unknown-instrument`, and with `metering-no-value` for a programme that aims at legal dates.
 */
export const meteringForChoice = async (
  context: AppContext,
  programmeId: number,
  request: MeteringRequest,
  onProgress?: Progress,
): Promise<Result<MeteringChoiceView>> => {
  const instruments: Result<readonly Instrument[]> = instrumentsFor(request.costsEur);
  if (!instruments.ok) return instruments;
  const programme = await programmeOf(context, programmeId);
  if (!programme.ok) return programme;
  const prices = pricesOf(programme.value);
  if (!prices.ok) return prices;
  const end = context.startLedger('target');
  const rates = await ratesInForce(context);
  const { chosen, notChosen, law } = programme.value;
  const imposed = new Set(
    law?.mode === 'hard'
      ? law.buildings
          .filter(({ standing }) => standing !== 'after-programme')
          .map(({ buildingId }) => buildingId)
      : [],
  );
  const taken = new Set(chosen.map(({ buildingId }) => buildingId));
  const looked = [...chosen, ...notChosen].filter(({ buildingId }) => !imposed.has(buildingId));
  const offered: Offered[] = [];
  for (const [index, { buildingId, name }] of looked.entries()) {
    onProgress?.(index, looked.length, message('valeur des mesures', 'value of measurements'));
    const state = await buildingState(context, buildingId);
    // Where money is not short in any year, no saving is too dear: nothing is left to decide.
    if (!state.ok || prices.value.euro === 0) continue;
    const alternatives = alternativesOf(state.value, rates, catalogueOf(context), prices.value);
    offered.push({
      buildingId,
      name,
      chosen: taken.has(buildingId),
      sets: decidingSets({ posterior: state.value.now.posterior, alternatives }, instruments.value),
    });
  }
  const sets = await chosenSets(offered, request.budgetEur);
  await context.store.ledger.add(end());
  if (!sets.ok) return sets;
  return ok(
    meteringChoiceView(programme.value.id, request.budgetEur, prices.value.objective, offered, sets.value),
  );
};

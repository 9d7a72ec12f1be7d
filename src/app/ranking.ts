import { rankCandidates, type Ranked } from '#target/index.ts';
import type { ScenarioDraws } from '#simulate/index.ts';
import type { Building } from '#store/index.ts';
import { type Message, message } from '../core/message.ts';
import { boundedQuantity } from '../core/quantity.ts';
import { meanOf } from '../core/random.ts';
import { ok, type Result } from '../core/result.ts';
import { buildingState, measuresNamed } from './building-state.ts';
import { catalogueOf } from './catalogue.ts';
import { drawsOn, packagesFor } from './comparison.ts';
import type { AppContext } from './context.ts';
import { allBuildings } from './every-building.ts';
import { type RatesFor, ratesInForce } from './rates.ts';
import { type Standing, standingCriteria } from './ranking-standing.ts';
import type { RankingRequest, RankingView } from './ranking-views.ts';

type Criterion = RankingRequest['by'];
type WorksCriterion = 'saving' | 'saving-per-euro' | 'carbon' | 'net-value';

/** What a package is worth by each criterion, one value a draw; the more the better. */
const drawsBy: Readonly<
  Record<
    WorksCriterion,
    {
      readonly unit: string;
      readonly of: (draws: ScenarioDraws) => Float64Array | undefined;
    }
  >
> = {
  saving: { unit: 'kWh/yr', of: ({ savingKwh }) => savingKwh },
  'saving-per-euro': {
    unit: 'kWh/(yr·EUR)',
    of: ({ savingKwh, costEur }) =>
      costEur === undefined ? undefined : savingKwh.map((kwh, d) => kwh / Math.max(1, costEur[d])),
  },
  carbon: { unit: 'kgCO2e/yr', of: ({ carbonKg }) => carbonKg },
  'net-value': { unit: 'EUR', of: ({ netValueEur }) => netValueEur },
};

/** Draws kept of all buildings together, and of one: the chances of a stock of fifty thousand come in two seconds. */
const MOST_KEPT = 10_000_000;
const MOST_OF_ONE = 2000;
const FEWEST_OF_ONE = 200;

/** Draws of each building that a ranking of so many rests on. */
export const rankingDraws = (buildings: number): number =>
  Math.max(FEWEST_OF_ONE, Math.min(MOST_OF_ONE, Math.floor(MOST_KEPT / Math.max(1, buildings))));

const WORKS_BASIS = 'Mean over the draws of the calibrated twin, with the stock’s realisation rates';

/** What the best works of a building would bring by a criterion. */
const byWorks = async (
  context: AppContext,
  id: string,
  by: WorksCriterion,
  rates: RatesFor,
): Promise<Standing> => {
  const state = await buildingState(context, id);
  if (!state.ok) return { reason: state.error.message };
  const catalogue = catalogueOf(context);
  const packages = packagesFor(state.value, catalogue).flatMap((measures) => {
    const scenario = drawsOn(
      state.value.now,
      measuresNamed(measures, catalogue.measures),
      rates(state.value.now.twin),
      catalogue,
    );
    const draws = scenario.ok ? drawsBy[by].of(scenario.value) : undefined;
    return draws === undefined ? [] : [{ measures, draws, expected: meanOf(draws) }];
  });
  const [first, ...others] = packages;
  if (first === undefined)
    return {
      reason: message(
        'aucun de ses travaux ne se compte ainsi.',
        'none of its works can be counted this way.',
      ),
    };
  const { draws, measures } = others.reduce(
    (one, other) => (other.expected > one.expected ? other : one),
    first,
  );
  return { draws, measures };
};

type Way = {
  readonly unit: string;
  readonly better: 'more' | 'less';
  readonly basis: string;
  readonly standing: (building: Building, count: number) => Promise<Standing>;
};

const wayOf = async (context: AppContext, by: Criterion): Promise<Way> => {
  if (by === 'legal-urgency' || by === 'fuel-poverty' || by === 'fuel-poverty-score') {
    const { unit, better, basis, of } = standingCriteria[by];
    return { unit, better, basis, standing: (building, count) => of(context, building, count) };
  }
  const rates = await ratesInForce(context);
  return {
    unit: drawsBy[by].unit,
    better: 'more',
    basis: WORKS_BASIS,
    standing: ({ id }) => byWorks(context, id, by, rates),
  };
};

/**
 * Buildings in order, by what their best package of works would bring or by how they stand, with the chance of each to be among the
 * first. Buildings for which the criterion cannot be evaluated are named apart, with the reason. Never fails.
 */
export const rankStock = async (
  context: AppContext,
  request: RankingRequest,
): Promise<Result<RankingView>> => {
  const end = context.startLedger('target');
  const { unit, better, basis, standing } = await wayOf(context, request.by);
  const buildings = await allBuildings(context.store);
  const count = rankingDraws(buildings.length);
  const ranked: Ranked[] = [];
  const about = new Map<string, { readonly name: Message } & Extract<Standing, { draws: Float64Array }>>();
  const notEvaluated: { buildingId: string; name: Message; reason: Message }[] = [];
  for (const building of buildings) {
    const { id, name } = building;
    const found = await standing(building, count);
    if ('reason' in found) notEvaluated.push({ buildingId: id, name, reason: found.reason });
    else {
      // A copy, not a view: what is not looked at is let go.
      const draws = found.draws.length > count ? found.draws.slice(0, count) : found.draws;
      ranked.push({ id, draws });
      about.set(id, { ...found, draws, name });
    }
  }
  const ranks = rankCandidates(ranked, { top: request.top, better });
  await context.store.ledger.add(end());
  return ok({
    by: request.by,
    ownCatalogue: [...catalogueOf(context).own],
    top: request.top,
    draws: count,
    ranks: ranks.flatMap(({ id, place, expected, low, high, chanceInTop }) => {
      const one = about.get(id);
      if (one === undefined) return [];
      return [
        {
          buildingId: id,
          name: one.name,
          place,
          value: boundedQuantity(expected, low, high, unit, one.provenance ?? 'computed', basis),
          chanceInTop,
          measures: measuresNamed(one.measures ?? [], catalogueOf(context).measures).map((measure) => ({
            id: measure.id,
            name: measure.name,
          })),
          ...(one.sentence === undefined ? {} : { sentence: one.sentence }),
        },
      ];
    }),
    notEvaluated,
  });
};

import { rankCandidates, type Ranked } from '#target/index.ts';
import type { ScenarioResult } from '#simulate/index.ts';
import type { Message } from '../core/message.ts';
import { boundedQuantity } from '../core/quantity.ts';
import { meanOf } from '../core/random.ts';
import { ok, type Result } from '../core/result.ts';
import { buildingState, measuresNamed } from './building-state.ts';
import { catalogueOf } from './catalogue.ts';
import { packagesFor, scenarioOn } from './comparison.ts';
import type { AppContext } from './context.ts';
import { allBuildings } from './every-building.ts';
import { ratesInForce } from './rates.ts';
import type { RankingRequest, RankingView } from './programme-views.ts';

type Criterion = RankingRequest['by'];

/** What a package is worth by each criterion, one value a draw; the more the better. */
const drawsBy: Readonly<
  Record<
    Criterion,
    {
      readonly unit: string;
      readonly of: (scenario: ScenarioResult) => Float64Array | undefined;
    }
  >
> = {
  saving: { unit: 'kWh/yr', of: ({ draws }) => draws.savingKwh },
  'saving-per-euro': {
    unit: 'kWh/(yr·EUR)',
    of: ({ draws: { savingKwh, costEur } }) =>
      costEur === undefined ? undefined : savingKwh.map((kwh, d) => kwh / Math.max(1, costEur[d])),
  },
  carbon: { unit: 'kgCO2e/yr', of: ({ draws }) => draws.carbonKg },
  'net-value': { unit: 'EUR', of: ({ draws }) => draws.netValueEur },
};

/**
 * Buildings in the order of what their best package of works would bring by a criterion, with the chance of each to be among the
 * first. Buildings for which the criterion cannot be evaluated are named apart.
 */
export const rankStock = async (
  context: AppContext,
  request: RankingRequest,
): Promise<Result<RankingView>> => {
  const end = context.startLedger('target');
  const { unit, of } = drawsBy[request.by];
  const rates = await ratesInForce(context);
  const catalogue = catalogueOf(context);
  const ranked: (Ranked & { readonly name: Message; readonly measures: readonly string[] })[] = [];
  const notEvaluated: { buildingId: string; name: Message }[] = [];
  for (const { id, name } of await allBuildings(context.store)) {
    const state = await buildingState(context, id);
    const packages = !state.ok
      ? []
      : packagesFor(state.value, catalogue).flatMap((measures) => {
          const scenario = scenarioOn(
            state.value.now,
            measuresNamed(measures, catalogue.measures),
            rates(state.value.now.twin),
            catalogue,
          );
          const draws = scenario.ok ? of(scenario.value) : undefined;
          return draws === undefined ? [] : [{ measures, draws, expected: meanOf(draws) }];
        });
    const [first, ...others] = packages;
    if (first === undefined) {
      notEvaluated.push({ buildingId: id, name });
      continue;
    }
    const best = others.reduce((one, other) => (other.expected > one.expected ? other : one), first);
    ranked.push({ id, name, draws: best.draws, measures: best.measures });
  }
  const byId = new Map(ranked.map((one) => [one.id, one]));
  const ranks = rankCandidates(ranked, { top: request.top, better: 'more' });
  await context.store.ledger.add(end());
  return ok({
    by: request.by,
    ownCatalogue: [...catalogue.own],
    top: request.top,
    ranks: ranks.flatMap(({ id, place, expected, low, high, chanceInTop }) => {
      const one = byId.get(id);
      if (one === undefined) return [];
      const basis = 'Mean over the draws of the calibrated twin, with the stock’s realisation rates';
      return [
        {
          buildingId: id,
          name: one.name,
          place,
          value: boundedQuantity(expected, low, high, unit, 'computed', basis),
          chanceInTop,
          measures: measuresNamed(one.measures, catalogue.measures).map((measure) => ({
            id: measure.id,
            name: measure.name,
          })),
        },
      ];
    }),
    notEvaluated,
  });
};

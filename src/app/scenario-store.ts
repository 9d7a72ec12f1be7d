import { z } from 'zod';
import { checkMeasures, shippedCarbonFactors, shippedEconomics } from '#simulate/index.ts';
import type { StoredDocument } from '#store/index.ts';
import type { Message } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { buildingState, unknownBuilding } from './building-state.ts';
import { changedRates, toldTogether, usedRates } from './changed-rates.ts';
import { compareForBuilding } from './comparison.ts';
import { catalogueOf } from './catalogue.ts';
import type { AppContext } from './context.ts';
import { type Listed, listed, type ListRequest, withFilter } from './listing.ts';
import { planOf } from './planned.ts';
import { ratesInForce } from './rates.ts';
import { changedDefaults, defaultsInForce, defaultsNow, usedDefaults } from './learnt-defaults.ts';
import { usedDefaultSchema, usedRateSchema } from './rates-views.ts';
import { type SavedScenario, scenarioDocumentSchema, type ScenarioRequest } from './scenario-views.ts';
import { type Comparison, comparisonRequestSchema } from './comparison-views.ts';

const viewOf = ({ id, buildingId, createdMs, document }: StoredDocument): SavedScenario => ({
  ...scenarioDocumentSchema.parse(document),
  id,
  buildingId,
  createdMs,
});

const unknownScenario = (id: number): Result<never> =>
  failure(
    'unknown-scenario',
    `Le scénario ${id} n’existe pas pour ce bâtiment.`,
    `There is no scenario ${id} of this building.`,
    { field: 'scenario' },
  );

/** One saved scenario of a building. Fails with `unknown-scenario`. */
export const getScenario = async (
  { store }: AppContext,
  buildingId: string,
  id: number,
): Promise<Result<SavedScenario>> => {
  const found = await store.scenarios.get(id);
  return found === undefined || found.buildingId !== buildingId ? unknownScenario(id) : ok(viewOf(found));
};

/** The saved scenarios of a building. Fails with `unknown-building`. */
export const listScenarios = async (
  { store }: AppContext,
  buildingId: string,
  request: ListRequest,
): Promise<Result<Listed<SavedScenario>>> => {
  if ((await store.buildings.get(buildingId)) === undefined) return unknownBuilding(buildingId);
  const page = await store.scenarios.page(withFilter(request, 'building', buildingId).query);
  return ok(listed(request, page.items.map(viewOf), page));
};

/**
 * Keeps a scenario with the version of each input. A scenario is never changed: another one branches from it. Refuses
 * what the twin cannot take, a year outside the horizon and a branch of a scenario that is not the building's.
 */
export const saveScenario = async (
  context: AppContext,
  buildingId: string,
  request: ScenarioRequest,
): Promise<Result<SavedScenario>> => {
  const state = await buildingState(context, buildingId);
  if (!state.ok) return state;
  const plan = planOf(request.measures, context.nowMs(), catalogueOf(context).measures);
  if (!plan.ok) return plan;
  const { measures } = plan.value;
  const checked = checkMeasures(state.value.now.twin, measures);
  if (!checked.ok) return checked;
  if (request.branchOf !== undefined) {
    const parent = await getScenario(context, buildingId, request.branchOf);
    if (!parent.ok) return parent;
  }
  const learnt =
    state.value.series === undefined
      ? usedDefaults(await defaultsInForce(context), state.value.now.twin)
      : [];
  const versions = {
    ...Object.fromEntries(learnt.map((one) => [`default:${one.figure}`, JSON.stringify(one)])),
    economics: shippedEconomics.version,
    prices: catalogueOf(context).prices.version,
    carbon: shippedCarbonFactors.version,
    ...Object.fromEntries(
      usedRates(
        await ratesInForce(context),
        state.value.now.twin,
        measures.map(({ id }) => id),
      ).map((rate) => [`realisation:${rate.measure}`, JSON.stringify(rate)]),
    ),
    ...Object.fromEntries(measures.map(({ id, version }) => [`measure:${id}`, version])),
  };
  const id = await context.store.scenarios.add(buildingId, {
    schema: 'stacoptim.scenario/1',
    ...request,
    versions,
  });
  return getScenario(context, buildingId, id);
};

/** Deletes a saved scenario; those that branched from it stand. Fails with `unknown-scenario`. */
export const deleteScenario = async (
  context: AppContext,
  buildingId: string,
  id: number,
): Promise<Result<{ deleted: true }>> => {
  const found = await getScenario(context, buildingId, id);
  if (!found.ok) return found;
  await context.store.scenarios.remove(id);
  return ok({ deleted: true });
};

/** What finished works and meters have taught since a scenario was kept; its figures are always those of today. */
const learntSince = async (
  context: AppContext,
  buildingId: string,
  { versions, measures }: SavedScenario,
): Promise<Message | undefined> => {
  const stored = await context.store.twins.current(buildingId);
  if (stored === undefined) return undefined;
  const then = Object.entries(versions)
    .filter(([key]) => key.startsWith('realisation:'))
    .map(([, kept]) => usedRateSchema.parse(JSON.parse(kept)));
  const ids = measures.map(({ measure }) => measure);
  const used = Object.entries(versions)
    .filter(([key]) => key.startsWith('default:'))
    .map(([, kept]) => usedDefaultSchema.parse(JSON.parse(kept)));
  return toldTogether(
    [
      ...changedRates(then, usedRates(await ratesInForce(context), stored.twin, ids)),
      ...changedDefaults(used, defaultsNow(await defaultsInForce(context), used)),
    ],
    'Ces chiffres sont ceux d’aujourd’hui ; depuis que le scénario a été gardé, les travaux finis et les compteurs ont changé :',
    'These are the figures of today; since the scenario was kept, finished works and meters have changed:',
  );
};

/** How a saved scenario is compared: the request of a comparison without its options, which are the scenario's own. */
export const savedComparisonRequestSchema = comparisonRequestSchema.omit({ options: true });

/**
 * The figures of a saved scenario on the building as it stands today, its years and elements in them. Works whose year has passed
 * are refused by `year-past-horizon`: branch the scenario with new years.
 */
export const compareSaved = async (
  context: AppContext,
  buildingId: string,
  id: number,
  request: z.infer<typeof savedComparisonRequestSchema>,
): Promise<Result<Comparison>> => {
  const saved = await getScenario(context, buildingId, id);
  if (!saved.ok) return saved;
  const compared = await compareForBuilding(context, buildingId, {
    ...request,
    options: [{ measures: saved.value.measures }],
  });
  const told = await learntSince(context, buildingId, saved.value);
  return compared.ok && told !== undefined
    ? ok({
        ...compared.value,
        warnings: [{ code: 'rates-changed', message: told }, ...compared.value.warnings],
      })
    : compared;
};

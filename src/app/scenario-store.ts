import {
  checkMeasures,
  shippedCarbonFactors,
  shippedCatalogue,
  shippedEconomics,
  shippedPrices,
} from '#simulate/index.ts';
import type { StoredDocument } from '#store/index.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { buildingState, measuresNamed, unknownBuilding } from './building-state.ts';
import type { AppContext } from './context.ts';
import { type SavedScenario, scenarioDocumentSchema, type ScenarioRequest } from './scenario-views.ts';

/** Years after the present one in which a measure may still be planned: the horizon of the life-cycle figures. */
const HORIZON_YEARS = shippedEconomics.horizonYears;

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

/** One saved scenario of a building. */
export const getScenario = async (
  { store }: AppContext,
  buildingId: string,
  id: number,
): Promise<Result<SavedScenario>> => {
  const found = await store.scenarios.get(id);
  return found === undefined || found.buildingId !== buildingId ? unknownScenario(id) : ok(viewOf(found));
};

/** Newest first. */
export const listScenarios = async (
  { store }: AppContext,
  buildingId: string,
): Promise<Result<SavedScenario[]>> => {
  if ((await store.buildings.get(buildingId)) === undefined) return unknownBuilding(buildingId);
  return ok((await store.scenarios.list(buildingId)).map(viewOf));
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
  const first = new Date(context.nowMs()).getUTCFullYear();
  for (const { measure, year } of request.measures) {
    if (!shippedCatalogue.some(({ id }) => id === measure))
      return failure(
        'unknown-measure',
        `Le geste « ${measure} » n’est pas au catalogue (models/measures).`,
        `The measure “${measure}” is not in the catalogue (models/measures).`,
        { field: measure },
      );
    if (year < first || year > first + HORIZON_YEARS)
      return failure(
        'year-past-horizon',
        `« ${measure} » est prévu en ${year} : l’année doit être entre ${first} et ${first + HORIZON_YEARS}.`,
        `“${measure}” is planned in ${year}: the year must lie between ${first} and ${first + HORIZON_YEARS}.`,
        { field: 'year' },
      );
  }
  const measures = measuresNamed(request.measures.map(({ measure }) => measure));
  const checked = checkMeasures(state.value.now.twin, measures);
  if (!checked.ok) return checked;
  if (request.branchOf !== undefined) {
    const parent = await getScenario(context, buildingId, request.branchOf);
    if (!parent.ok) return parent;
  }
  const versions = {
    economics: shippedEconomics.version,
    prices: shippedPrices.version,
    carbon: shippedCarbonFactors.version,
    ...Object.fromEntries(measures.map(({ id, version }) => [`measure:${id}`, version])),
  };
  const id = await context.store.scenarios.add(buildingId, {
    schema: 'stacoptim.scenario/1',
    ...request,
    versions,
  });
  return getScenario(context, buildingId, id);
};

/** Deletes a saved scenario; those that branched from it stand. */
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

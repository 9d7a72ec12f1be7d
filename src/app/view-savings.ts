import type { Works } from '#store/index.ts';
import type { Quantity } from '../core/quantity.ts';
import { ok, type Result } from '../core/result.ts';
import { type BuildingState, unknownBuilding } from './building-state.ts';
import type { AppContext } from './context.ts';
import { type SavingsView, savingsSchema } from './views.ts';

/** What works have saved as it was last measured, by the id of those that were, in one query. */
export const latestSavings = async (
  { store }: AppContext,
  works: readonly Works[],
): Promise<ReadonlyMap<string, SavingsView>> =>
  new Map(
    (await store.savings.latestOf(works.map(({ id }) => id))).map(({ worksId, result, stale }) => {
      const view = savingsSchema.parse(result);
      const told = stale === undefined ? [] : [{ code: 'stale', message: stale }];
      return [worksId, { ...view, warnings: [...view.warnings, ...told] }];
    }),
  );

/** The measured savings of a building's works, as they were computed on their frozen baselines. Fails with `unknown-building`. */
export const viewSavings = async (
  context: AppContext,
  buildingId: string,
): Promise<Result<SavingsView[]>> => {
  if ((await context.store.buildings.get(buildingId)) === undefined) return unknownBuilding(buildingId);
  const works = await context.store.works.list(buildingId);
  const views = await latestSavings(context, works);
  return ok(works.flatMap(({ id }) => views.get(id) ?? []));
};

/** The measured saving of the last works in percent; null while there is none. */
export const savingsPercentOf = async (
  context: AppContext,
  { works }: BuildingState,
): Promise<Quantity | null> => {
  const last = works.at(-1);
  if (last === undefined) return null;
  const stored = await context.store.savings.latest(last.id);
  return stored === undefined ? null : savingsSchema.parse(stored.result).savingsPercent;
};

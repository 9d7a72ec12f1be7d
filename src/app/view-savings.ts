import type { Quantity } from '../core/quantity.ts';
import { ok, type Result } from '../core/result.ts';
import { type BuildingState, unknownBuilding } from './building-state.ts';
import type { AppContext } from './context.ts';
import { type SavingsView, savingsSchema } from './views.ts';

/** The measured savings of a building's works, as they were computed on their frozen baselines. Fails with `unknown-building`. */
export const viewSavings = async (
  context: AppContext,
  buildingId: string,
): Promise<Result<SavingsView[]>> => {
  if ((await context.store.buildings.get(buildingId)) === undefined) return unknownBuilding(buildingId);
  const works = await context.store.works.list(buildingId);
  const views: SavingsView[] = [];
  for (const one of works) {
    const stored = await context.store.savings.latest(one.id);
    if (stored === undefined) continue;
    const view = savingsSchema.parse(stored.result);
    views.push(
      stored.stale === undefined
        ? view
        : { ...view, warnings: [...view.warnings, { code: 'stale', message: stored.stale }] },
    );
  }
  return ok(views);
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

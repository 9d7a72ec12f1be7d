import { closureRanges } from '#formats/closures/index.ts';
import type { Decision } from '#store/index.ts';
import { ok, type Result } from '../core/result.ts';
import { unknownBuilding } from './building-state.ts';
import { givenClosures } from './closures.ts';
import type { AppContext } from './context.ts';
import type { ClosuresView } from './onboarding-views.ts';

/** The closures of a building as they were given. Fails with `unknown-building`. */
export const viewClosures = async ({ store }: AppContext, id: string): Promise<Result<ClosuresView>> => {
  const building = await store.buildings.get(id);
  return building === undefined ? unknownBuilding(id) : ok({ closures: givenClosures(building) });
};

/**
 * Replaces the closures of a building; none takes them all back. Kept in the audit log with who and why. Fails with
 * `unknown-building`, `closures-invalid` and as `closureRanges` does.
 */
export const setClosures = async (
  context: AppContext,
  id: string,
  { closures }: ClosuresView,
  decision: Decision,
): Promise<Result<ClosuresView>> => {
  const ranges = closureRanges(closures, id);
  if (!ranges.ok) return ranges;
  const building = await context.store.buildings.get(id);
  if (building === undefined) return unknownBuilding(id);
  const { closures: before, ...facts } = building.facts;
  const kept = closures.map(({ from, to, name }) => ({ from, to, ...(name === undefined ? {} : { name }) }));
  await context.store.transaction(async (into) => {
    await into.buildings.save({ ...building, facts: { ...facts, closures: kept } });
    await into.audit.add({
      ...decision,
      action: 'set-closures',
      subject: `building:${id}`,
      detail: { before: before ?? [], after: kept },
    });
  });
  return ok({ closures: kept });
};

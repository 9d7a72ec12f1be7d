import { ok, type Result } from '../core/result.ts';
import { listAlarms, watchOf } from './alarms.ts';
import type { BuildingResults } from './building-results-views.ts';
import type { AppContext } from './context.ts';
import { eventList, worksList } from './list-views.ts';
import { type Listed, type ListRequest, type ListShape, readListRequest, withFilter } from './listing.ts';
import { pageOfEvents } from './non-routine.ts';
import { viewSavings } from './view-savings.ts';
import { pageOfWorks } from './works.ts';

/** Every item of a list of one building, page after page. */
const allOf = async <T>(
  shape: ListShape,
  buildingId: string,
  pageOf: (request: ListRequest) => Promise<Result<Listed<T>>>,
): Promise<Result<T[]>> => {
  const items: T[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const asked = readListRequest(shape, buildingId, { limit: '1000', cursor });
    if (!asked.ok) return asked;
    const page = await pageOf(withFilter(asked.value, 'building', [buildingId]));
    if (!page.ok) return page;
    items.push(...page.value.items);
    cursor = page.value.next;
  }
  return ok(items);
};

/** Works of a building with what they saved, what disturbed the measurement and what the watch found, in one answer. Fails with `unknown-building`. */
export const buildingResults = async (context: AppContext, id: string): Promise<Result<BuildingResults>> => {
  const savings = await viewSavings(context, id);
  if (!savings.ok) return savings;
  const works = await allOf(worksList, id, (request) => pageOfWorks(context, request));
  if (!works.ok) return works;
  const events = await allOf(eventList, id, (request) => pageOfEvents(context, request));
  if (!events.ok) return events;
  const alarms = await listAlarms(context, id);
  if (!alarms.ok) return alarms;
  const watch = await watchOf(context, id);
  if (!watch.ok) return watch;
  return ok({
    works: works.value,
    savings: savings.value,
    events: events.value,
    alarms: alarms.value,
    watch: watch.value,
  });
};

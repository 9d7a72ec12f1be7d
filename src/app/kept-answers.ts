import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { labelRulesOn } from '#simulate/index.ts';
import type { Result } from '../core/result.ts';
import { compareForBuilding } from './comparison.ts';
import type { ComparisonRequest } from './comparison-views.ts';
import type { AppContext } from './context.ts';
import { dayOf, keptView } from './kept-view.ts';
import { compareSaved, type savedComparisonRequestSchema } from './scenario-store.ts';
import { viewBuilding } from './view-building.ts';

const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

/**
 * What `viewBuilding` answers, as JSON, computed again only when something it rests on has changed. The day that its
 * label tells is that of the computing. Fails as it does.
 */
export const keptBuilding = (context: AppContext, id: string): Promise<Result<string>> =>
  keptView(context, id, { name: 'building', also: labelRulesOn(dayOf(context)) }, () =>
    viewBuilding(context, id),
  );

/** What a comparison rests on beside its building: the day of the aids and what the stock has learnt. */
const basisOf = (context: AppContext) => ({ also: dayOf(context), rates: true }) as const;

/**
 * What `compareForBuilding` answers, as JSON; the same question is computed once a day at most while nothing changes.
 * Fails as it does.
 */
export const keptComparison = (
  context: AppContext,
  id: string,
  request: ComparisonRequest,
): Promise<Result<string>> =>
  keptView(context, id, { name: `comparison:${hashOf(request)}`, ...basisOf(context) }, () =>
    compareForBuilding(context, id, request),
  );

/** The same of `compareSaved`. Fails as it does. */
export const keptSavedComparison = (
  context: AppContext,
  id: string,
  scenario: number,
  request: z.infer<typeof savedComparisonRequestSchema>,
): Promise<Result<string>> =>
  keptView(context, id, { name: `scenario:${scenario}:${hashOf(request)}`, ...basisOf(context) }, () =>
    compareSaved(context, id, scenario, request),
  );

import { ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
import { programmeFront, type ProgrammeRun } from './programme.ts';
import { programmeOf } from './programme-record.ts';
import {
  type FrontRequest,
  frontSchema,
  type KeptFronts,
  type OwnFrontRequest,
  type ProgrammeView,
} from './programme-views.ts';

/** A programme's own request with its money multiplied; its aim and target left out, which a front does not have. */
const requestOf = (
  { request, budgetEur, byYear = [], firstYear, years }: ProgrammeView,
  { times, ...asked }: OwnFrontRequest,
): FrontRequest => {
  const { objective: _objective, targetSavingKwh: _target, ...kept } = request ?? { budgetEur, years };
  return {
    ...kept,
    firstYear,
    ...(byYear.length === 0 ? {} : { budgetsEur: byYear.map((one) => one.budgetEur * times) }),
    budgetEur: budgetEur * times,
    ...asked,
  };
};

/**
 * What less and more money would bring to a programme, computed on the stock as it stands and kept beside it, in place of an earlier
 * one against the same. Fails as `programmeOf` and `programmeFront` do.
 */
export const frontOfProgramme = async (
  context: AppContext,
  id: number,
  asked: OwnFrontRequest,
  run: ProgrammeRun = {},
): Promise<Result<KeptFronts[number]>> => {
  const programme = await programmeOf(context, id);
  if (!programme.ok) return programme;
  const front = await programmeFront(context, requestOf(programme.value, asked), run);
  if (!front.ok) return front;
  await context.store.programmes.keepFront(id, asked.against, front.value);
  return ok({ ...front.value, at: new Date(context.nowMs()).toISOString() });
};

/** The fronts kept of a programme; those of an earlier version that can no longer be read are left out. Fails as `programmeOf` does. */
export const keptFronts = async (context: AppContext, id: number): Promise<Result<KeptFronts>> => {
  const programme = await programmeOf(context, id);
  if (!programme.ok) return programme;
  const fronts = await context.store.programmes.fronts(id);
  return ok(
    fronts.flatMap(({ document, madeMs }) => {
      const front = frontSchema.safeParse(document);
      return front.success ? [{ ...front.data, at: new Date(madeMs).toISOString() }] : [];
    }),
  );
};

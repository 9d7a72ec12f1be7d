import { moreMoney } from '#target/index.ts';
import { ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
import { programmeFront, type ProgrammeRun } from './programme.ts';
import { programmeOf } from './programme-record.ts';
import {
  type FrontRequest,
  type FrontView,
  type KeptFronts,
  type OwnFrontRequest,
  type ProgrammeView,
  storedFrontSchema,
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

/** A front that is computed and not kept yet. */
type FrontFound = { readonly programmeId: number; readonly front: FrontView; readonly times: number };

/** What less and more money would bring to a programme, on the stock as it stands. Fails as `programmeOf` and `programmeFront` do. */
export const findFront = async (
  context: AppContext,
  id: number,
  asked: OwnFrontRequest,
  run: ProgrammeRun = {},
): Promise<Result<FrontFound>> => {
  const programme = await programmeOf(context, id);
  if (!programme.ok) return programme;
  const front = await programmeFront(context, requestOf(programme.value, asked), run);
  return front.ok ? ok({ programmeId: id, front: front.value, times: asked.times }) : front;
};

/** Keeps a front beside its programme, in place of an earlier one against the same. */
export const keepFront = (
  { programmes }: Pick<AppContext['store'], 'programmes'>,
  { programmeId, front, times }: FrontFound,
): Promise<void> => programmes.keepFront(programmeId, front.against, { ...front, times });

/** Finds a front and keeps it. Fails as `findFront` does. */
export const frontOfProgramme = async (
  context: AppContext,
  id: number,
  asked: OwnFrontRequest,
  run: ProgrammeRun = {},
): Promise<Result<KeptFronts[number]>> => {
  const found = await findFront(context, id, asked, run);
  if (!found.ok) return found;
  await keepFront(context.store, found.value);
  const kept = await keptFronts(context, id);
  if (!kept.ok) return kept;
  const own = kept.value.find(({ against }) => against === asked.against);
  if (own === undefined) throw new Error(`the front of programme ${id} left the store while it was kept`);
  return ok(own);
};

/** The fronts kept of a programme; those of an earlier version that can no longer be read are left out. Fails as `programmeOf` does. */
export const keptFronts = async (context: AppContext, id: number): Promise<Result<KeptFronts>> => {
  const programme = await programmeOf(context, id);
  if (!programme.ok) return programme;
  const { costEur, budgetEur, savingKwh, chosen } = programme.value;
  const present = { costEur, budgetEur, savingKwh: savingKwh.value, chosen };
  const fronts = await context.store.programmes.fronts(id);
  return ok(
    fronts.flatMap(({ document, madeMs }) => {
      const front = storedFrontSchema.safeParse(document);
      if (!front.success) return [];
      const { against, points, times } = front.data;
      return [
        {
          ...front.data,
          at: new Date(madeMs).toISOString(),
          sentence: moreMoney(points, present, against, times),
        },
      ];
    }),
  );
};

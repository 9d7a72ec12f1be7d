import { createHash } from 'node:crypto';
import { z } from 'zod';
import { familyOf, type RealisationCase } from '#correct/index.ts';
import type { KeptMeasurement } from '#store/index.ts';
import { formatDay } from '../core/calendar.ts';
import { type Message, message } from '../core/message.ts';
import { type BuildingState, buildingState } from './building-state.ts';
import type { AppContext } from './context.ts';
import { dwellingsBehind } from './dwellings-behind.ts';
import { measureWorks } from './measure-works.ts';
import { computedBy } from './program-stamp.ts';
import { stockDriftWithout } from './stock-drift.ts';
import { messageSchema, quantitySchema, savingsSchema, type SavingsView } from './views.ts';

const DAY_MS = 86_400_000;

type Measured = NonNullable<Awaited<ReturnType<typeof measureWorks>>>;

/** A case that teaches, or why these works teach nothing; undefined where nothing had been promised of them. */
const caseOf = (
  state: BuildingState,
  { view, predicted }: Measured,
): RealisationCase | Message | undefined => {
  if (predicted === undefined) return undefined;
  if (view.status === 'disqualified')
    return message('mesure non recevable.', 'the measurement is disqualified.');
  if (view.warnings.some(({ code }) => code === 'rise'))
    return message(
      'la consommation a monté d’une façon que des travaux n’expliquent pas : changement non routinier probable, à trancher d’abord.',
      'consumption rose in a way that no works explain: a probable non-routine change, to be decided first.',
    );
  const total = predicted.shares.reduce((sum, { savingKwh }) => sum + savingKwh, 0);
  return {
    worksId: view.worksId,
    buildingId: state.building.id,
    family: familyOf(state.before.twin).id,
    dwellings: dwellingsBehind(state.building),
    shares: predicted.shares.map(({ measure, savingKwh }) => ({
      measure,
      share: total > 0 ? savingKwh / total : 0,
    })),
    predictedPercent: predicted.savingPercent,
    measuredPercent: view.savingsPercent,
  };
};

const caseSchema = z
  .object({
    worksId: z.string(),
    buildingId: z.string(),
    family: z.string(),
    dwellings: z.number().nullable(),
    shares: z.array(z.object({ measure: z.string(), share: z.number() })).readonly(),
    predictedPercent: quantitySchema.readonly(),
    measuredPercent: quantitySchema.readonly(),
  })
  .readonly();

/** The works of a building as kept: the line of savings that holds the figure of each, and what it teaches. */
const keptSchema = z.object({
  works: z.array(
    z.object({
      worksId: z.string(),
      savingsId: z.number(),
      teaches: z.union([messageSchema, caseSchema]).nullable(),
    }),
  ),
});

type KeptWorks = z.infer<typeof keptSchema>['works'][number];
type Taught = { readonly savings: SavingsView } & Pick<KeptWorks, 'teaches'>;

export type BuildingCases = {
  readonly savings: readonly SavingsView[];
  readonly cases: readonly RealisationCase[];
  readonly leftOut: readonly { readonly worksId: string; readonly reason: Message }[];
  /** True where nothing that the figures rest on has moved since they were computed: they stand as they were. */
  readonly unchanged: boolean;
};

const casesFrom = (taught: readonly Taught[], unchanged: boolean): BuildingCases => ({
  savings: taught.map(({ savings }) => savings),
  cases: taught.flatMap(({ teaches }) => (teaches === null || 'fr' in teaches ? [] : [teaches])),
  leftOut: taught.flatMap(({ savings: { worksId }, teaches }) =>
    teaches !== null && 'fr' in teaches ? [{ worksId, reason: teaches }] : [],
  ),
  unchanged,
});

const hashOf = (part: unknown): string => createHash('sha256').update(JSON.stringify(part)).digest('hex');

/** The figures of a kept measurement; undefined where one of them is no longer the newest, is out of date, or cannot be read. */
const stillStanding = async (
  { store }: AppContext,
  { document }: KeptMeasurement,
): Promise<readonly Taught[] | undefined> => {
  const kept = keptSchema.safeParse(document);
  if (!kept.success) return undefined;
  const standing: Taught[] = [];
  for (const { worksId, savingsId, teaches } of kept.data.works) {
    const latest = await store.savings.latest(worksId);
    const savings = savingsSchema.safeParse(latest?.result);
    if (latest?.id !== savingsId || latest.stale !== undefined || !savings.success) return undefined;
    standing.push({ savings: savings.data, teaches });
  }
  return standing;
};

/** What says whether the rest of the stock has changed: asked at most once a run, of those that need it. */
export type StockStamp = () => Promise<string>;

/**
 * What the works of one building gave. Where nothing that the figures rest on has changed since they were computed (readings, decisions and
 * events, the twin, works, frozen baselines, the weather, the stock's drift, the program with its tables, for works without a comparison group
 * the other buildings, and the day from which the clock alone says more), they are taken as they stand. A building without works is not read.
 */
export const casesOf = async (
  context: AppContext,
  buildingId: string,
  stockStamp: StockStamp,
): Promise<BuildingCases> => {
  const { store } = context;
  if ((await store.works.list(buildingId)).length === 0) return casesFrom([], false);
  const today = formatDay(Math.floor(context.nowMs() / DAY_MS));
  // Read before anything is computed: what changes meanwhile makes the next run measure again.
  const stamp = await store.keptMeasurements.stamp(buildingId, today);
  const key = hashOf([stamp, await stockDriftWithout(context, buildingId)]);
  const kept = await store.keptMeasurements.get(buildingId);
  if (
    kept?.key === key &&
    kept.program === computedBy(context) &&
    (kept.untilDay === null || today < kept.untilDay) &&
    (kept.stockKey === null || kept.stockKey === (await stockStamp()))
  ) {
    const standing = await stillStanding(context, kept);
    if (standing !== undefined) return casesFrom(standing, true);
  }
  const state = await buildingState(context, buildingId);
  if (!state.ok) return casesFrom([], false);
  const stock = await stockStamp();
  const taught: Taught[] = [];
  const works: KeptWorks[] = [];
  let [compared, untilDay] = [false, null as string | null];
  for (const one of state.value.works) {
    const measured = await measureWorks(context, state.value, one);
    if (measured === undefined) continue;
    const teaches = caseOf(state.value, measured) ?? null;
    const { view, savingsId } = measured;
    taught.push({ savings: view, teaches });
    works.push({ worksId: one.id, savingsId, teaches });
    compared ||= measured.besideOthers;
    untilDay ??= measured.untilDay;
  }
  await store.keptMeasurements.keep(buildingId, {
    key,
    stockKey: compared ? stock : null,
    program: computedBy(context),
    untilDay,
    document: { works },
  });
  return casesFrom(taught, false);
};

import { familyOf, learnRealisationRates, type LearntRates, type RealisationCase } from '#correct/index.ts';
import { shippedCatalogue } from '#simulate/index.ts';
import { type Message, message } from '../core/message.ts';
import { ok, type Result } from '../core/result.ts';
import { type BuildingState, buildingState, unknownBuilding } from './building-state.ts';
import { markStaleProgrammes } from './changed-rates.ts';
import type { AppContext } from './context.ts';
import { dwellingsBehind } from './dwellings-behind.ts';
import { everyBuilding } from './every-building.ts';
import { measureWorks } from './measure-works.ts';
import { ownFailure } from './own-failure.ts';
import { fewestDwellings } from './privacy.ts';
import { keepRates } from './rates.ts';
import type { SavingsView } from './views.ts';

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

export type Correction = {
  readonly savings: readonly SavingsView[];
  readonly learnt: LearntRates;
  /** Programmes whose rates have moved since they were computed, with what has moved. */
  readonly stale: readonly { readonly id: number; readonly stale: Message }[];
  /** Buildings whose works could not be measured through an error of the program; the rates were learnt without them. */
  readonly failed: readonly { readonly buildingId: string; readonly reason: Message }[];
};

type BuildingCases = {
  readonly savings: SavingsView[];
  readonly cases: RealisationCase[];
  readonly leftOut: { readonly worksId: string; readonly reason: Message }[];
};

/** What the works of one building gave; nothing where it has none, without reading it. */
const casesOf = async (context: AppContext, buildingId: string): Promise<BuildingCases> => {
  const found: BuildingCases = { savings: [], cases: [], leftOut: [] };
  if ((await context.store.works.list(buildingId)).length === 0) return found;
  const state = await buildingState(context, buildingId);
  if (!state.ok) return found;
  for (const works of state.value.works) {
    const measured = await measureWorks(context, state.value, works);
    if (measured === undefined) continue;
    const said = caseOf(state.value, measured);
    if (said !== undefined && 'fr' in said) found.leftOut.push({ worksId: works.id, reason: said });
    else if (said !== undefined) found.cases.push(said);
    found.savings.push(measured.view);
  }
  return found;
};

/**
 * Measures every finished works of the stock (or of one building), then relearns the realisation rates from all of
 * them: the next scenarios use them, and programmes computed with others say so. A building that fails is named and stops no other.
 * `onBuilding` is called before each building.
 */
export const correctStock = async (
  context: AppContext,
  buildingId?: string,
  onBuilding: () => Promise<void> = () => Promise.resolve(),
): Promise<Result<Correction>> => {
  const { store } = context;
  if (buildingId !== undefined && (await store.buildings.get(buildingId)) === undefined)
    return unknownBuilding(buildingId);
  const savings: SavingsView[] = [];
  const cases: RealisationCase[] = [];
  const leftOut: { worksId: string; reason: Message }[] = [];
  const failed: { buildingId: string; reason: Message }[] = [];
  for await (const building of everyBuilding(store)) {
    await onBuilding();
    const found = await ownFailure(() => casesOf(context, building.id));
    if (!found.ok) {
      failed.push({ buildingId: building.id, reason: found.error.message });
      continue;
    }
    cases.push(...found.value.cases);
    leftOut.push(...found.value.leftOut);
    if (buildingId === undefined || buildingId === building.id) savings.push(...found.value.savings);
  }
  const rates = learnRealisationRates(
    shippedCatalogue.map(({ id }) => id),
    cases,
    { fewestDwellings },
  );
  const learnt = { ...rates, leftOut: [...leftOut, ...rates.leftOut] };
  await keepRates(context, learnt.rates);
  const stale = await markStaleProgrammes(context);
  await store.audit.add({
    by: 'stacoptim correct',
    action: 'learn-rates',
    subject: 'stock',
    reason: `${cases.length} finished works`,
    detail: {
      cases: cases.map(({ worksId }) => worksId),
      programmes: stale.map(({ id }) => id),
      failed: failed.map((one) => one.buildingId),
    },
  });
  return ok({ savings, learnt, stale, failed });
};

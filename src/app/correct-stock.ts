import {
  learnRealisationRates,
  type LearntDefaults,
  type LearntRates,
  type RealisationCase,
} from '#correct/index.ts';
import { shippedCatalogue } from '#simulate/index.ts';
import type { Message } from '../core/message.ts';
import { ok, type Result } from '../core/result.ts';
import { unknownBuilding } from './building-state.ts';
import { casesOf } from './building-cases.ts';
import { markStaleProgrammes } from './changed-rates.ts';
import type { AppContext } from './context.ts';
import { everyBuilding } from './every-building.ts';
import { ownFailure } from './own-failure.ts';
import { fewestDwellings } from './privacy.ts';
import { type FailedBuilding, learnStockDefaults } from './learnt-defaults.ts';
import { keepRates } from './rates.ts';
import type { SavingsView } from './views.ts';

export type Correction = {
  readonly savings: readonly SavingsView[];
  /** How many of them stand as they were: nothing that they rest on has moved since. */
  readonly unchanged: number;
  readonly learnt: LearntRates;
  /** What the meters have taught of period defaults. */
  readonly defaults: LearntDefaults;
  /** Programmes whose rates or learnt defaults have moved since they were computed, with what has moved. */
  readonly stale: readonly { readonly id: number; readonly stale: Message }[];
  /** Buildings whose works could not be measured, or twin not read, through an error of the program; all was learnt without them. */
  readonly failed: readonly FailedBuilding[];
};

/**
 * Measures every finished works of the stock (or of one building) on which something has moved since, then relearns the realisation rates from all of
 * them, and the period defaults from the meters: the next scenarios use them, and programmes computed with others say so. A building that fails is named and stops no other.
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
  const failed: FailedBuilding[] = [];
  let unchanged = 0;
  let asked: Promise<string> | undefined;
  const stockStamp = (): Promise<string> => (asked ??= store.keptMeasurements.stockStamp());
  for await (const building of everyBuilding(store)) {
    await onBuilding();
    const found = await ownFailure(() => casesOf(context, building.id, stockStamp));
    if (!found.ok) {
      failed.push({ buildingId: building.id, reason: found.error.message });
      continue;
    }
    cases.push(...found.value.cases);
    leftOut.push(...found.value.leftOut);
    if (buildingId !== undefined && buildingId !== building.id) continue;
    savings.push(...found.value.savings);
    if (found.value.unchanged) unchanged += found.value.savings.length;
  }
  const rates = learnRealisationRates(
    shippedCatalogue.map(({ id }) => id),
    cases,
    { fewestDwellings },
  );
  const learnt = { ...rates, leftOut: [...leftOut, ...rates.leftOut] };
  await keepRates(context, learnt.rates);
  const { learnt: defaults, failed: unread } = await learnStockDefaults(context);
  failed.push(...unread.filter((one) => failed.every(({ buildingId: named }) => named !== one.buildingId)));
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
  return ok({ savings, unchanged, learnt, defaults, stale, failed });
};

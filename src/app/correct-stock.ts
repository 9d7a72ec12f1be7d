import { learnRealisationRates, type LearntRates, type RealisationCase } from '#correct/index.ts';
import { type ScenarioResult, shippedCatalogue } from '#simulate/index.ts';
import { ok, type Result } from '../core/result.ts';
import { buildingState, unknownBuilding } from './building-state.ts';
import type { AppContext } from './context.ts';
import { everyBuilding } from './every-building.ts';
import { measureWorks } from './measure-works.ts';
import { keepRates } from './rates.ts';
import type { SavingsView } from './views.ts';

const caseOf = ({
  view,
  predicted,
}: {
  view: SavingsView;
  predicted: ScenarioResult | undefined;
}): RealisationCase[] => {
  if (predicted === undefined || view.status === 'disqualified') return [];
  const total = predicted.shares.reduce((sum, { savingKwh }) => sum + savingKwh, 0);
  return [
    {
      worksId: view.worksId,
      shares: predicted.shares.map(({ measure, savingKwh }) => ({
        measure,
        share: total > 0 ? savingKwh / total : 0,
      })),
      predictedPercent: predicted.savingPercent,
      measuredPercent: view.savingsPercent,
    },
  ];
};

export type Correction = { readonly savings: readonly SavingsView[]; readonly learnt: LearntRates };

/**
 * Measures every finished works of the stock (or of one building), then relearns the realisation rates from all of
 * them: the next scenarios use them. `onBuilding` is called before each building.
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
  for await (const building of everyBuilding(store)) {
    await onBuilding();
    const state = await buildingState(context, building.id);
    if (!state.ok) continue;
    for (const works of state.value.works) {
      const measured = await measureWorks(context, state.value, works);
      if (measured === undefined) continue;
      cases.push(...caseOf(measured));
      if (buildingId === undefined || buildingId === building.id) savings.push(measured.view);
    }
  }
  const learnt = learnRealisationRates(
    shippedCatalogue.map(({ id }) => id),
    cases,
  );
  await keepRates(context, learnt.rates);
  await store.audit.add({
    by: 'stacoptim correct',
    action: 'learn-rates',
    subject: 'stock',
    reason: `${cases.length} finished works`,
    detail: { cases: cases.map(({ worksId }) => worksId) },
  });
  return ok({ savings, learnt });
};

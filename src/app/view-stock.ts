import { type FitOutcome, sumOfMeters } from '#measure/index.ts';
import { ok, type Result } from '../core/result.ts';
import { boundedQuantity, type Quantity } from '../core/quantity.ts';
import { type BuildingState, buildingState } from './building-state.ts';
import type { AppContext } from './context.ts';
import { allBuildings } from './every-building.ts';
import { keptView } from './kept-view.ts';
import { perUnit } from './quantities.ts';
import { type BuildingSummary, buildingSummarySchema, type StockView } from './views.ts';
import { savingsPercentOf } from './view-savings.ts';

/** Below this share of explained variance the outdoor temperature tells too little for a yearly claim to rest on it. */
const USABLE_R2 = 0.5;

/** Whether a claim about a year may rest on a fit. */
export const usableFit = ({ disqualified, signature }: FitOutcome): boolean =>
  disqualified.length === 0 && (signature?.metrics.r2 ?? 0) >= USABLE_R2;

/**
 * The line of a building in the stock; null for a figure that nothing carries, and a fit is said usable or
 * not.
 */
export const summaryOf = async (context: AppContext, state: BuildingState): Promise<BuildingSummary> => {
  const { building, now, meter, group } = state;
  const annualKwh = now.yearKwh ?? null;
  const area = now.twin.floorAreaM2;
  return {
    id: building.id,
    name: building.name,
    use: building.use,
    commune: building.commune ?? '',
    constructionYear: building.constructionYear ?? null,
    data: building.simulated ? 'simulated' : 'metered',
    carrier: (meter ?? group)?.carrier ?? null,
    floorAreaM2: area,
    heatLossWK: now.twin.heatLoss,
    annualKwh,
    intensityKwhM2: annualKwh === null || !(area.value > 0) ? null : perUnit(annualKwh, area.value, 'kWh/m2'),
    savingsPercent: await savingsPercentOf(context, state),
    fit:
      now.fit === undefined
        ? null
        : {
            kind: now.fit.model.kind,
            cvRmse: now.fit.model.metrics.cvRmse,
            r2: now.fit.model.metrics.r2,
            usable: usableFit(now.fit),
          },
  };
};

/** Drifts of the buildings are next to independent, so their sum is known better than each. */
const totalOf = (summaries: readonly BuildingSummary[]): Quantity | null => {
  const known = summaries.flatMap(({ annualKwh }) => annualKwh ?? []);
  if (known.length === 0) return null;
  const { value, low, high } = sumOfMeters(known);
  return boundedQuantity(
    value,
    low,
    high,
    'kWh',
    'learnt',
    `Sum of ${known.length} of ${summaries.length} buildings over their last year of readings, yearly drifts almost independent (models/drift-prior.json)`,
  );
};

/**
 * The stock with a line a building; of those that nothing has changed for, the line kept. Never fails: a building
 * that cannot be read has no line.
 */
export const viewStock = async (context: AppContext): Promise<Result<StockView>> => {
  const buildings = await allBuildings(context.store);
  const summaries: BuildingSummary[] = [];
  for (const { id } of buildings) {
    const kept = await keptView(context, id, { name: 'summary', also: '' }, async () => {
      const state = await buildingState(context, id);
      return state.ok ? ok(await summaryOf(context, state.value)) : state;
    });
    if (kept.ok) summaries.push(buildingSummarySchema.parse(JSON.parse(kept.value)));
  }
  return ok({
    name: { fr: 'Le parc', en: 'The stock' },
    data: buildings.some(({ simulated }) => simulated) ? 'simulated' : 'metered',
    buildings: summaries,
    totalKwh: totalOf(summaries),
  });
};

import { ok, type Result } from '../core/result.ts';
import { catalogueOf } from './catalogue.ts';
import type { AppContext } from './context.ts';
import { computedBy } from './program-stamp.ts';
import { lawBindsAbove } from './programme-candidates.ts';
import { refreshStockFigures } from './stock-figures.ts';
import type { StockSummary } from './stock-figure-views.ts';
import { totalEur, totalKgCo2e, totalKwh } from './stock-totals.ts';

/** Time a summary gives to figures that are not computed yet, ms: a page is not kept waiting for a stock. */
const BUDGET_MS = 400;
const MOST_COMMUNES = 200;

type Filters = Readonly<Record<string, unknown>>;

/**
 * The stock, or what filters leave of it, in a few figures: nothing is fitted but what waits, and that for a moment only. `waiting` says
 * how many buildings are still to be computed or computed again; asking again goes on with them. Never fails.
 */
export const stockSummary = async (context: AppContext, filters: Filters): Promise<Result<StockSummary>> => {
  const { stockFigures } = context.store;
  const computed = await refreshStockFigures(context, BUDGET_MS);
  const bindsAbove = lawBindsAbove(undefined);
  const counts = await stockFigures.counts(filters, computedBy(context));
  const { buildings, simulated, placed, labels, urgencies, energies, waiting, uncomputed } = counts;
  return ok({
    data: simulated > 0 ? 'simulated' : 'metered',
    buildings,
    evaluated: energies.reduce((sum, { annualKwh }) => sum + annualKwh.count, 0),
    annualKwh: totalKwh(energies, buildings),
    annualEur: totalEur(energies, buildings, catalogueOf(context).prices),
    annualKgCo2e: totalKgCo2e(energies, buildings),
    labels: { ...labels },
    urgencies: { ...urgencies },
    placed,
    waiting,
    uncomputed,
    computed,
    bindsAbove,
    dates: await stockFigures.legalDates(filters, bindsAbove),
    communes: await stockFigures.communes(MOST_COMMUNES),
  });
};

import { bindingDate, carbonFactor, shippedCarbonFactors, type EnergyPrices } from '#simulate/index.ts';
import type { ListedBuilding } from '#store/index.ts';
import { formatDay } from '../core/calendar.ts';
import { boundedQuantity, type Quantity, Z90 } from '../core/quantity.ts';
import type { EnergyCarrier } from '../core/twin.ts';
import { type BuildingState, buildingState } from './building-state.ts';
import { catalogueOf } from './catalogue.ts';
import type { AppContext } from './context.ts';
import { keptSinceMs } from './kept-view.ts';
import { legalRow } from './law-calendar.ts';
import { standingNow } from './legal-standing.ts';
import { ownFailure } from './own-failure.ts';
import { lawBindsAbove } from './programme-candidates.ts';
import { computedBy } from './program-stamp.ts';
import { perUnit } from './quantities.ts';
import { stockFiguresSchema, type StockFigures } from './stock-figure-views.ts';
import { boughtCarrier } from './stock-totals.ts';

/** A date within this many years is soon: a programme of works takes about that long to decide and deliver. */
const SOON_YEARS = 3;
const DAY_MS = 86_400_000;
/** Buildings taken at once; between two of them the time left is looked at. */
const BATCH = 20;

const eurosOf = (annual: Quantity, carrier: EnergyCarrier, prices: EnergyPrices): Quantity | null => {
  const price = prices.carriers[carrier];
  if (price === undefined || !(annual.value > 0) || !(annual.low > 0)) return null;
  const priceLn = Z90 * Math.log1p(price.spread);
  const value = annual.value * price.eurPerKwh;
  return boundedQuantity(
    value,
    value * Math.exp(-Math.hypot(Math.log(annual.value / annual.low), priceLn)),
    value * Math.exp(Math.hypot(Math.log(annual.high / annual.value), priceLn)),
    'EUR',
    'learnt',
    `Energy of the main meter over its last year at the prices of ${prices.date} (version ${prices.version}), standing charges left out`,
  );
};

const carbonOf = (annual: Quantity, carrier: EnergyCarrier): Quantity | null => {
  const factor = carbonFactor(shippedCarbonFactors, carrier);
  if (factor === undefined) return null;
  return {
    ...perUnit(annual, 1 / factor, 'kgCO2e'),
    basis: `Energy of the main meter over its last year times ${factor} kgCO2e/kWh (models/carbon-factors.json, operational, version ${shippedCarbonFactors.version}); the factor's own doubt is not counted`,
  };
};

const coverageOf = ({ series, now }: BuildingState): StockFigures['dataCoverage'] => {
  if (series === undefined) return null;
  const { from, to } = now.window;
  let known = 0;
  for (let day = from; day <= to; day++)
    if (Number.isFinite(series.energyKwh[day - series.firstDay])) known += 1;
  // A first year that is not over yet is a part of one.
  return { share: Math.min(1, known / 365), lastDay: formatDay(to) };
};

const ranks = { outside: 3, soon: 2, later: 1, none: 0, unknown: null } as const;

/** How soon the first binding date comes: `outside` when it has passed, `soon` within three years. Pure. */
export const urgencyOf = (
  binding: { readonly from: string } | undefined,
  evaluated: boolean,
  today: string,
): StockFigures['urgency'] => {
  if (!evaluated) return 'unknown';
  if (binding === undefined) return 'none';
  if (binding.from <= today) return 'outside';
  const soon = `${Number(today.slice(0, 4)) + SOON_YEARS}${today.slice(4)}`;
  return binding.from <= soon ? 'soon' : 'later';
};

const unknown: StockFigures = {
  carrier: null,
  annualKwh: null,
  annualEur: null,
  annualKgCo2e: null,
  intensityKwhM2: null,
  label: null,
  legalUntil: null,
  legal: { fr: 'non évalué.', en: 'not evaluated.' },
  urgency: 'unknown',
  urgencyRank: null,
  dates: [],
  dwellings: null,
  dataCoverage: null,
};

/** What the lists of the stock show of one building, as it stands today. */
const figuresOf = async (context: AppContext, buildingId: string): Promise<StockFigures> => {
  const found = await buildingState(context, buildingId);
  if (!found.ok) return { ...unknown, legal: found.error.message };
  const state = found.value;
  const nowMs = context.nowMs();
  const today = formatDay(Math.floor(nowMs / DAY_MS));
  const bindsAbove = lawBindsAbove(undefined);
  const standing = standingNow(state, nowMs);
  const row = legalRow(state, standing, bindsAbove, today);
  const annualKwh = state.now.yearKwh ?? null;
  const carrier = (state.meter ?? state.group)?.carrier ?? null;
  const area = state.now.twin.floorAreaM2.value;
  const bought = boughtCarrier(carrier);
  const urgency = urgencyOf(bindingDate(standing.dates, bindsAbove), row.evaluated, today);
  return {
    carrier,
    annualKwh,
    annualEur:
      annualKwh === null || bought === undefined
        ? null
        : eurosOf(annualKwh, bought, catalogueOf(context).prices),
    annualKgCo2e: annualKwh === null || bought === undefined ? null : carbonOf(annualKwh, bought),
    intensityKwhM2: annualKwh === null || !(area > 0) ? null : perUnit(annualKwh, area, 'kWh/m2'),
    label: row.label,
    legalUntil: row.legalUntil,
    legal: row.sentence,
    urgency,
    urgencyRank: ranks[urgency],
    dates: row.dates,
    dwellings: row.dwellings,
    dataCoverage: coverageOf(state),
  };
};

/**
 * The kept figures of a listed building, as they were computed last, which orders and totals go by too; undefined where there are none, or a
 * version wrote them that told other things.
 */
export const keptFigures = ({ figures }: ListedBuilding): StockFigures | undefined =>
  stockFiguresSchema.safeParse(figures?.document).data;

/** One at a time in a process: a second caller waits for the first, whose work is also its own. */
const running = new Map<number, Promise<number>>();

/**
 * Computes the figures of buildings that have none or whose figures may have moved, for about `budgetMs`; gives how many were computed.
 * What is left is computed by the next call, or by the night.
 */
export const refreshStockFigures = (
  context: AppContext,
  budgetMs: number,
  stopWhenCancelled: () => Promise<void> = () => Promise.resolve(),
): Promise<number> => {
  const { store } = context;
  const work = async (): Promise<number> => {
    const endMs = performance.now() + budgetMs;
    const program = computedBy(context);
    const olderMs = keptSinceMs(context);
    let done = 0;
    for (;;) {
      const waiting = await store.stockFigures.waiting(program, olderMs, BATCH);
      for (const one of waiting) {
        if (performance.now() > endMs) return done;
        await stopWhenCancelled();
        const tried = await ownFailure(() => figuresOf(context, one.buildingId));
        const figures = tried.ok ? tried.value : { ...unknown, legal: tried.error.message };
        await store.stockFigures.save(one, stockFiguresSchema.parse(figures), {
          program,
          computedMs: context.nowMs(),
        });
        done += 1;
      }
      if (waiting.length < BATCH) return done;
    }
  };
  const before = running.get(store.organisationId);
  if (before !== undefined) return before;
  const now = work().finally(() => running.delete(store.organisationId));
  running.set(store.organisationId, now);
  return now;
};

import { calibrate, type Posterior, priorFromTwin } from '#core/calibration/index.ts';
import {
  billedWindow,
  type FitOutcome,
  fitModel,
  readByBills,
  signatureEvidence,
  type StockDrift,
  yearlyOf,
} from '#measure/index.ts';
import { type Measure, renovatedTwin, shippedCatalogue } from '#simulate/index.ts';
import type { Building, Meter, Works } from '#store/index.ts';
import { type DayRange, formatDay } from '../core/calendar.ts';
import { type Warning, warning } from '../core/message.ts';
import type { Quantity } from '../core/quantity.ts';
import { seedOf } from '../core/random.ts';
import { type Failure, failure, ok, type Result } from '../core/result.ts';
import type { DailySeries } from '../core/series.ts';
import type { Twin } from '../core/twin.ts';
import { cpuClockMs } from './clock.ts';
import type { AppContext } from './context.ts';
import { meterSeries, rangeOf } from './daily-series.ts';
import { mainMeter } from './derived-meters.ts';
import { learntTwin } from '#correct/index.ts';
import { defaultsInForce } from './learnt-defaults.ts';
import { type DwellingGroup, groupSeries } from './dwelling-group.ts';
import { phaseKey } from './phase-key.ts';
import { perUnit } from './quantities.ts';
import { remembering } from './remembering.ts';
import { stockDriftWithout } from './stock-drift.ts';
import { baselineOf, earlierWorks, reportingOf } from './works-periods.ts';
import { dayEn, dayFr } from '../core/wording.ts';

/** A year of days is what a fit wants; fewer than half of one say nothing of a year. */
const YEAR_DAYS = 365;
const FEWEST_DAYS = 180;
const DAY_MS = 86_400_000;
const DRAWS = 2000;
const SEED = 20_261_124;
/** About half a megabyte each; a page asks for the two of a building again and again. */
const MOST_PHASES = 200;

/** The building in one condition: the twin as it then was, the readings of that time, the twin calibrated on them. */
export type Phase = {
  readonly window: DayRange;
  readonly twin: Twin;
  readonly fit?: FitOutcome;
  /** Why there is no fit, where there are readings. */
  readonly unfitted?: Failure;
  /** kWh of the last year, as the model has it. */
  readonly yearKwh?: Quantity;
  readonly posterior: Posterior;
};

export type BuildingState = {
  readonly building: Building;
  /** The meter whose readings the series is; absent where it is a group's. */
  readonly meter?: Meter;
  /** The dwellings whose readings together are the series, in a building without a meter of its own. */
  readonly group?: DwellingGroup;
  readonly series?: DailySeries;
  readonly works: readonly Works[];
  /** Drift that the stock's other buildings show; the intervals of both phases hold it. */
  readonly stockDrift: StockDrift;
  /** Before the last works; the only phase of a building without any. */
  readonly before: Phase;
  /** Before given works of the building, those that came before them being done. */
  readonly beforeWorks: (works: Works) => Phase;
  /** As the building stands: after the last works once half a year of readings followed them, else `before`. */
  readonly now: Phase;
  /** Measures of the last works when `now` is after them. */
  readonly done: readonly Measure[];
  readonly warnings: readonly Warning[];
};

/** Measures by their ids, in that order; an id that the catalogue no longer has is left out. */
export const measuresNamed = (
  ids: readonly string[],
  catalogue: readonly Measure[] = shippedCatalogue,
): Measure[] => ids.flatMap((id) => catalogue.find((measure) => measure.id === id) ?? []);

/** 1 for the days that count, alone or in a bill. */
const knownDays = ({ energyKwh, firstDay, bills }: DailySeries): Uint8Array => {
  const known = Uint8Array.from(energyKwh, (value) => (Number.isFinite(value) ? 1 : 0));
  bills?.from.forEach((from, i) => known.fill(1, from - firstDay, bills.to[i] - firstDay + 1));
  return known;
};

/**
 * The year that ends on the last day with half a year of readings behind it: a lone late reading, after a hole, does not
 * empty the year that is known. Without such a day, the year that ends on the last day. Bills may take it further back (`billedWindow`).
 */
export const lastYear = (series: DailySeries, earliest = series.firstDay): DayRange => {
  const { energyKwh, firstDay } = series;
  const counted = knownDays(series);
  const known = (slot: number): number => counted[slot];
  const first = Math.max(0, earliest - firstDay);
  let end = energyKwh.length - 1;
  let inYear = 0;
  for (let slot = Math.max(first, end - YEAR_DAYS + 1); slot <= end; slot++) inYear += known(slot);
  for (let slot = end; slot >= first; slot--) {
    if (known(slot) === 1 && inYear >= FEWEST_DAYS) {
      end = slot;
      break;
    }
    inYear += (slot - YEAR_DAYS >= first ? known(slot - YEAR_DAYS) : 0) - known(slot);
  }
  const year = { from: firstDay + Math.max(first, end - YEAR_DAYS + 1), to: firstDay + end };
  return billedWindow(series, year, firstDay + first);
};

/** Said when the year judged is not the last of the series. */
const yearTold = (series: DailySeries, { to }: DayRange): Warning[] =>
  rangeOf(series).to - to < FEWEST_DAYS
    ? []
    : [
        warning(
          'recent-readings-sparse',
          `Les relevés récents sont trop rares pour une année : l’année lue finit le ${dayFr(to)}.`,
          `Recent readings are too few for a year: the year read ends on ${dayEn(to)}.`,
          { ref: formatDay(to) },
        ),
      ];

/** kWh of the last year of a window: the sum a model of days predicts, brought to a year, or the year a model of bills gives its weather. */
const yearOf = ({ predicted, model }: FitOutcome, series: DailySeries, { from, to }: DayRange) => {
  if (model.bills === undefined) return perUnit(predicted, (to - from + 1) / 365.25, 'kWh');
  const { firstDay, outdoorC, timezone } = series;
  return yearlyOf(model, { timezone, firstDay, outdoorC: outdoorC.subarray(0, to - firstDay + 1) }, 'last');
};

/** Twins of different buildings are drawn apart, so that the errors of a stock are not added up as one. */
const seedOfTwin = ({ buildingId }: Twin): number => (SEED + seedOf(buildingId)) >>> 0;

const computePhase = (
  twin: Twin,
  series: DailySeries | undefined,
  window: DayRange,
  stockDrift: StockDrift,
): Phase => {
  const fitted =
    series === undefined
      ? undefined
      : fitModel(series, { baseline: window, holidays: 'FR', stockDrift, clock: cpuClockMs });
  const fit = fitted?.ok === true ? fitted.value : undefined;
  const evidence = fit === undefined || fit.disqualified.length > 0 ? undefined : signatureEvidence(fit);
  const posterior = calibrate(priorFromTwin(twin), evidence, { draws: DRAWS, seed: seedOfTwin(twin) });
  const yearKwh = fit === undefined || series === undefined ? undefined : yearOf(fit, series, window);
  return {
    window,
    twin,
    posterior,
    ...(fit === undefined ? {} : { fit }),
    ...(fitted?.ok === false ? { unfitted: fitted.error } : {}),
    ...(yearKwh === undefined ? {} : { yearKwh }),
  };
};

/**
 * A phase follows from its twin, its days, its window and the stock's drift alone, and they are its key: new readings, decisions, works or
 * answers make another key, so that nothing here can be out of date.
 */
const phases = remembering<Phase>(MOST_PHASES);

/** The refusal `unknown-building`. */
export const unknownBuilding = (id: string): Result<never> =>
  failure(
    'unknown-building',
    `Le bâtiment « ${id} » n’existe pas dans ce parc.`,
    `There is no building “${id}” in this stock.`,
    { field: id },
  );

/** Fails with `unknown-building` for a building that the stock has not. */
export const knownBuilding = async ({ store }: AppContext, id: string): Promise<Result<void>> =>
  (await store.buildings.get(id)) === undefined ? unknownBuilding(id) : ok(undefined);

/** Said while the bills since the works carry no model: the building is shown as it was before them. */
const fewSince = ({ unfitted }: Phase): Warning[] =>
  unfitted === undefined
    ? []
    : [
        warning(
          'bills-since-works',
          `Le bâtiment est encore décrit tel qu’avant ses derniers travaux, car les factures depuis ne portent pas de modèle : ${unfitted.message.fr}`,
          `The building is still told as before its last works, because the bills since carry no model: ${unfitted.message.en}`,
        ),
      ];

/**
 * Reads a building, fits its meter and calibrates its twin, in the condition before and after its last works. Fails
 * with `unknown-building`, or `not-evaluated` without a twin; a meter that cannot be fitted is told in `warnings`.
 */
export const buildingState = async (context: AppContext, id: string): Promise<Result<BuildingState>> => {
  const { store } = context;
  const building = await store.buildings.get(id);
  if (building === undefined) return unknownBuilding(id);
  const stored = await store.twins.current(id);
  if (stored === undefined)
    return failure(
      'not-evaluated',
      `« ${building.name.fr} » n’a pas encore de jumeau : donnez sa maquette.`,
      `“${building.name.en}” has no twin yet: give its model.`,
    );
  const works = await store.works.list(id);
  const meters = await store.meters.list(id);
  const derivations = await store.derivations.list(id);
  const computedIds = new Set(derivations.map(({ meterId }) => meterId));
  const meter = mainMeter(meters, derivations);
  const dwellings = meters.filter((one) => one.personal && !computedIds.has(one.id));
  const grouped = meter === undefined ? await groupSeries(store, id, dwellings) : undefined;
  const read = meter === undefined ? grouped : await meterSeries(store, meter);
  const series = read?.ok === true ? read.value.series : undefined;
  // A building that no meter speaks for stands on what the others have taught of its period.
  const twin = series === undefined ? learntTwin(stored.twin, await defaultsInForce(context)) : stored.twin;
  const warnings =
    read === undefined
      ? []
      : read.ok
        ? read.value.warnings
        : [{ code: read.error.code, message: read.error.message }];
  // Works announced for later have changed nothing yet, and no reading follows a demolition.
  const today = formatDay(Math.floor(context.nowMs() / DAY_MS));
  const last = works
    .filter(({ startDay, endedBy }) => startDay <= today && endedBy === undefined)
    .toSorted((left, right) => left.startDay.localeCompare(right.startDay))
    .at(-1);
  const stockDrift = await stockDriftWithout(context, id);
  const common = {
    building,
    works,
    stockDrift,
    warnings,
    ...(meter === undefined ? {} : { meter }),
    ...(grouped?.ok === true ? { group: grouped.value.group } : {}),
    ...(series === undefined ? {} : { series }),
  };
  // From here to the end nothing waits: the processor time is that of the fits and calibrations alone, none when
  // both phases are remembered.
  const end = context.startLedger('calibrate');
  let computed = false;
  const phaseOf = (condition: Twin, window: DayRange): Phase =>
    phases(phaseKey(condition, series, window, stockDrift), () => {
      computed = true;
      return computePhase(condition, series, window, stockDrift);
    });
  const beforeWorks = (one: Works): Phase => {
    if (series === undefined) return phaseOf(twin, { from: 0, to: 0 });
    const earlier = earlierWorks(one, works).flatMap(({ measures }) => measuresNamed(measures));
    const stood = earlier.length === 0 ? twin : renovatedTwin(twin, earlier);
    return phaseOf(stood, baselineOf(series, one, works));
  };
  const counted = async (built: BuildingState): Promise<Result<BuildingState>> => {
    const { unfitted } = built.now;
    const state =
      unfitted === undefined
        ? built
        : { ...built, warnings: [...built.warnings, { code: unfitted.code, message: unfitted.message }] };
    if (computed) await store.ledger.add({ ...end(), buildingId: id });
    return ok(state);
  };
  if (series === undefined || last === undefined) {
    const window = series === undefined ? { from: 0, to: 0 } : lastYear(series);
    const only = phaseOf(twin, window);
    const said = series === undefined ? warnings : [...warnings, ...yearTold(series, window)];
    return counted({ ...common, beforeWorks, warnings: said, before: only, now: only, done: [] });
  }
  const before = beforeWorks(last);
  const reporting = reportingOf(series, last, works);
  if (reporting.to - reporting.from + 1 < FEWEST_DAYS)
    return counted({ ...common, beforeWorks, before, now: before, done: [] });
  const done = measuresNamed(last.measures);
  const window = lastYear(series, reporting.from);
  const after = phaseOf(renovatedTwin(before.twin, done), window);
  // Half a year may hold three bills: no line can stand on them yet.
  if (after.fit === undefined && readByBills(series, window))
    return counted({
      ...common,
      beforeWorks,
      warnings: [...warnings, ...fewSince(after)],
      before,
      now: before,
      done: [],
    });
  return counted({
    ...common,
    beforeWorks,
    warnings: [...warnings, ...yearTold(series, window)],
    before,
    now: after,
    done,
  });
};

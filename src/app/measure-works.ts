import { isDeepStrictEqual } from 'node:util';
import {
  type Adjustment,
  calendarSavings,
  lastKnownDay,
  measureSavings,
  normalisedSavings,
  type NonRoutine,
  type SavingsOptions,
  type SavingsOutcome,
  wholeBills,
} from '#measure/index.ts';
import type { ScenarioResult } from '#simulate/index.ts';
import type { Meter, StoredEvent, Works } from '#store/index.ts';
import { type DayRange, formatDay, parseDay } from '../core/calendar.ts';
import { type Message, message, type Warning, warning } from '../core/message.ts';
import { boundedQuantity, type Quantity } from '../core/quantity.ts';
import type { DailySeries } from '../core/series.ts';
import { type BuildingState, measuresNamed } from './building-state.ts';
import { scenarioOn } from './comparison.ts';
import { comparisonOf, switchedComparison } from './comparison-group.ts';
import { carrierAfter } from './carrier-after.ts';
import { carrierName } from './carrier-names.ts';
import type { AppContext } from './context.ts';
import { frozenBaselineOf } from './frozen-baseline.ts';
import { figure } from './report.ts';
import { allCarriers, otherMeters } from './savings-carriers.ts';
import type { SavingsView } from './views.ts';
import { baselineOf, reportingOf, sinceWorksOf } from './works-periods.ts';
import { dayEn, dayFr } from '../core/wording.ts';

const DAY_MS = 86_400_000;
/** Two monthly files late, and a week. */
const SILENT_DAYS = 67;

/** Ratio of two independent positive figures with its interval, by their relative widths in quadrature. */
const ratioOf = (measured: Quantity, predicted: Quantity): Quantity | null => {
  if (!(predicted.value > 0)) return null;
  const value = measured.value / predicted.value;
  const half = Math.hypot(
    (measured.high - measured.low) / 2 / predicted.value,
    (value * (predicted.high - predicted.low)) / 2 / predicted.value,
  );
  return boundedQuantity(
    value,
    value - half,
    value + half,
    '1',
    'computed',
    'Measured over predicted saving, errors independent',
  );
};

const overlap = (one: Quantity, other: Quantity): boolean => one.low <= other.high && other.low <= one.high;

/** The gap between promise and result in a sentence. */
const gapOf = (measured: Quantity, predicted: Quantity | null): Message => {
  if (predicted === null)
    return message(
      `Économie mesurée : ${figure(measured, 'fr')} ; rien n’avait été prédit.`,
      `Measured saving: ${figure(measured, 'en')}; nothing had been predicted.`,
    );
  const agrees = overlap(measured, predicted);
  return message(
    `Économie mesurée : ${figure(measured, 'fr')}, pour ${figure(predicted, 'fr')} prédits ; ${agrees ? 'les deux intervalles se recouvrent' : 'l’écart dépasse les deux intervalles'}.`,
    `Measured saving: ${figure(measured, 'en')}, against ${figure(predicted, 'en')} predicted; ${agrees ? 'the two intervals overlap' : 'the gap is beyond both intervals'}.`,
  );
};

type Judged = {
  readonly outcome: SavingsOutcome;
  readonly baseline: DayRange;
  readonly reporting: DayRange;
};

const viewOf = (
  works: Works,
  { outcome, baseline, reporting }: Judged,
  predicted: Quantity | null,
): Pick<
  SavingsView,
  | 'worksId'
  | 'status'
  | 'baseline'
  | 'reporting'
  | 'counterfactual'
  | 'actualKwh'
  | 'savings'
  | 'savingsPercent'
  | 'predictedPercent'
  | 'realisationRate'
  | 'gap'
  | 'warnings'
> => ({
  worksId: works.id,
  status: outcome.status,
  baseline: daysOf(baseline),
  reporting: daysOf(reporting),
  counterfactual: outcome.counterfactual,
  actualKwh: outcome.actualKwh,
  savings: outcome.savings,
  savingsPercent: outcome.savingsShare,
  predictedPercent: predicted,
  realisationRate: predicted === null ? null : ratioOf(outcome.savingsShare, predicted),
  gap: gapOf(outcome.savingsShare, predicted),
  warnings: [...outcome.disqualified, ...outcome.nonRoutine, ...outcome.warnings].map(
    ({ code, message: sentence }) => ({
      code,
      message: sentence,
    }),
  ),
});

const switchesFuel = (works: Works, meter: Meter): boolean => {
  const after = carrierAfter(works);
  return after !== undefined && after !== meter.carrier;
};

/** Works that change the fuel cannot be judged by the meter of the fuel before alone. */
const switched = (works: Works, meter: Meter): Warning[] => {
  if (!switchesFuel(works, meter)) return [];
  const [before, after] = [carrierName(meter.carrier), carrierName(carrierAfter(works) ?? meter.carrier)];
  const said =
    works.carrierAfter === undefined
      ? message(
          ' (d’après le système posé ; si ce n’est pas le cas, corrigez les travaux)',
          ' (by the system put in; if that is not so, correct the works)',
        )
      : message('', '');
  return [
    warning(
      'fuel-switch',
      `Ces travaux changent d’énergie (${before.fr} → ${after.fr})${said.fr} : ce que le compteur ${meter.id} ne prend plus n’est pas une économie du bâtiment, et rien n’en est appris. Comparez toutes les énergies.`,
      `These works change the fuel (${before.en} → ${after.en})${said.en}: what meter ${meter.id} no longer takes is no saving of the building, and nothing is learnt from it. Compare all carriers.`,
    ),
  ];
};

/** Days of the longest bill: the next one is not late before that. */
const billDays = ({ bills }: DailySeries): number =>
  bills === undefined ? 0 : bills.from.reduce((most, from, i) => Math.max(most, bills.to[i] - from + 1), 0);

/** The day from which a meter without newer readings is held silent: until then the next file may be late. */
const silentFrom = (series: DailySeries): number => lastKnownDay(series) + SILENT_DAYS + billDays(series) + 1;

/** Readings that end while their period goes on are said: the figure no longer follows the building. */
const stopped = ({ nowMs }: AppContext, series: DailySeries): Warning[] => {
  const last = lastKnownDay(series);
  return Math.floor(nowMs() / DAY_MS) < silentFrom(series)
    ? []
    : [
        warning(
          'readings-stopped',
          `Aucun relevé depuis le ${dayFr(last)} : l’économie s’arrête à ce jour. Vérifiez le compteur ou son envoi.`,
          `No reading since ${dayEn(last)}: the savings end on that day. Check the meter or what sends its readings.`,
        ),
      ];
};

/** Days set aside or factors that move the result by this much, as a share, are told: the adjustment may be the saving. */
const LARGE_ADJUSTMENT = 0.25;
const YEAR_DAYS = 365;

const adjustmentOf = ({ fromDay, toDay, factor }: StoredEvent): Adjustment => ({
  from: parseDay(fromDay) ?? Number.NaN,
  to: parseDay(toDay) ?? Number.NaN,
  ...(factor === undefined ? {} : { factor }),
});

/** Days of a period that are set aside. */
const daysAside = (adjustments: readonly Adjustment[], { from, to }: DayRange): number =>
  adjustments
    .filter(({ factor }) => factor === undefined)
    .reduce((days, one) => days + Math.max(0, Math.min(one.to, to) - Math.max(one.from, from) + 1), 0);

/** An adjustment that weighs as much as many a saving is never silent. */
const largeAdjustment = (
  adjustments: readonly Adjustment[],
  reporting: DayRange,
  counterfactualKwh: number,
  withoutKwh: number,
): Warning[] => {
  const aside = daysAside(adjustments, reporting);
  const asideShare = aside / (reporting.to - reporting.from + 1);
  const factors = adjustments.some(({ factor }) => factor !== undefined);
  const moved = factors ? Math.abs(counterfactualKwh / withoutKwh - 1) : 0;
  const strongest = Math.max(
    moved,
    ...adjustments.map(({ factor }) => (factor === undefined ? 0 : Math.abs(factor - 1))),
  );
  if (asideShare < LARGE_ADJUSTMENT && strongest < LARGE_ADJUSTMENT) return [];
  const percent = Math.round(100 * Math.max(asideShare, strongest));
  return [
    warning(
      'large-adjustment',
      `Les ajustements non routiniers acceptés pèsent ${percent} % (jours écartés ou consommation corrigée) : autant que bien des économies. Le résultat reste provisoire ; lisez-le avec et sans eux.`,
      `The non-routine adjustments accepted weigh ${percent} % (days set aside or consumption corrected): as much as many a saving. The result stays provisional; read it with and without them.`,
    ),
  ];
};

const daysOf = ({ from, to }: DayRange) => ({ from: formatDay(from), to: formatDay(to) });

const proposalsOf = (worksId: string, meterId: string, found: readonly NonRoutine[]) =>
  found.map(({ code, from, to, message: sentence }) => ({
    worksId,
    meterId,
    code,
    fromDay: formatDay(from),
    toDay: formatDay(to),
    message: message(
      `${sentence.fr} (Seuil réglé pour au plus une fausse alerte en vingt années calmes.)`,
      `${sentence.en} (Threshold set for at most one false alarm in twenty quiet years.)`,
    ),
  }));

type Part = NonNullable<SavingsView['sinceWorks']>;

const partOf = (
  range: DayRange,
  one: {
    readonly validDays: number;
    readonly actualKwh: number;
    readonly savings: Quantity;
    readonly savingsShare: Quantity | null;
    readonly cumulated?: Quantity;
  },
): Part => ({
  ...daysOf(range),
  validDays: one.validDays,
  actualKwh: one.actualKwh,
  savings: one.savings,
  savingsPercent: one.savingsShare,
  cumulated: one.cumulated ?? null,
});

/** The savings of each year since the works, the last one as far as it goes, and of all of it. */
const yearsOf = (series: DailySeries, options: SavingsOptions, whole: DayRange) => {
  const years: Part[] = [];
  for (let from = whole.from; from <= whole.to; ) {
    const reporting = wholeBills(series, { from, to: Math.min(whole.to, from + YEAR_DAYS - 1) }, whole.to);
    from = reporting.to + 1;
    const year = measureSavings(series, { ...options, reporting });
    if (year.ok) years.push(partOf(reporting, year.value));
  }
  const all = measureSavings(series, { ...options, reporting: whole });
  return { years, sinceWorks: all.ok ? partOf(whole, all.value) : null };
};

/** What is told beside the first year: months, years, since the works, and a typical year. */
const otherPeriods = (
  series: DailySeries,
  options: SavingsOptions,
  whole: DayRange,
): Pick<SavingsView, 'months' | 'calendarYears' | 'years' | 'sinceWorks' | 'normalised'> => {
  const calendar = calendarSavings(series, { ...options, reporting: whole });
  // Days set aside are made up for by later ones: a typical year needs a whole year of readings.
  const { from, to } = options.reporting;
  const later = Math.min(whole.to, to + daysAside(options.adjustments ?? [], options.reporting));
  const normal = normalisedSavings(series, { ...options, reporting: { from, to: later } });
  return {
    months: calendar.ok ? calendar.value.months.map((one) => partOf(one, one)) : [],
    calendarYears: calendar.ok ? calendar.value.years.map((one) => partOf(one, one)) : [],
    ...yearsOf(series, options, whole),
    normalised: normal.ok
      ? { beforeKwh: normal.value.beforeKwh, afterKwh: normal.value.afterKwh, savings: normal.value.savings }
      : null,
  };
};

/** Zeros of a fuel that the works took out are readings, not gaps: its days since then count as confirmed. */
const confirmedFrom = (series: DailySeries, startDay: string): DailySeries => {
  const from = (parseDay(startDay) ?? Number.NaN) - series.firstDay;
  return {
    ...series,
    confirmed: Uint8Array.from(series.energyKwh, (_, i) => (i >= from ? 1 : (series.confirmed?.[i] ?? 0))),
  };
};

const warned = ({ warnings }: SavingsView, asked: string): boolean =>
  warnings.some(({ code }) => code === asked);

type MeasuredWorks = {
  readonly view: SavingsView;
  /** The line of savings that holds the figure. */
  readonly savingsId: number;
  readonly predicted: ScenarioResult | undefined;
  /** True where no group was found to compare with: other buildings may still make one. */
  readonly besideOthers: boolean;
  /** The day, YYYY-MM-DD, from which a silent meter is told; null where it is already. */
  readonly untilDay: string | null;
};

/**
 * Measures finished works on the days their baseline was frozen with, proposes the events found, applies those that people
 * have accepted, and keeps the result beside what the twin had promised. Undefined where nothing can be measured.
 */
export const measureWorks = async (
  context: AppContext,
  state: BuildingState,
  works: Works,
): Promise<MeasuredWorks | undefined> => {
  const { series: today, meter } = state;
  const { store } = context;
  if (today === undefined || meter === undefined || works.endedBy !== undefined) return undefined;
  const frozen = await frozenBaselineOf(context, meter.id, works.id, today);
  const switches = switchesFuel(works, meter);
  const series = switches
    ? confirmedFrom(frozen?.series ?? today, works.startDay)
    : (frozen?.series ?? today);
  const baseline = frozen?.window ?? baselineOf(today, works, state.works);
  const reporting = reportingOf(today, works, state.works);
  if (reporting.to < reporting.from) return undefined;
  const events = (await store.events.list(works.id)).filter(({ meterId }) => meterId === meter.id);
  const decided = events.filter(({ state: said }) => said !== 'proposed');
  const accepted = events.filter(({ state: said }) => said === 'accepted');
  const adjustments = accepted.map(adjustmentOf);
  const end = context.startLedger('measure');
  const stockDrift = frozen === undefined ? state.stockDrift : frozen.stockDrift;
  const options: SavingsOptions = {
    baseline,
    reporting,
    holidays: 'FR',
    ...(stockDrift === undefined ? {} : { stockDrift }),
    settled: decided.map(adjustmentOf),
    adjustments,
    ...(works.scope === undefined ? {} : { scope: works.scope }),
  };
  const outcome = measureSavings(series, options);
  if (!outcome.ok) return undefined;
  const bare = adjustments.length === 0 ? outcome : measureSavings(series, { ...options, adjustments: [] });
  // The promise before any learning: the rate is what this comparison teaches.
  const scenario = scenarioOn(state.beforeWorks(works), measuresNamed(works.measures), []);
  const predicted = scenario.ok ? scenario.value : undefined;
  const measured = viewOf(
    works,
    { outcome: outcome.value, baseline, reporting },
    predicted?.savingPercent ?? null,
  );
  const large = bare.ok
    ? largeAdjustment(
        adjustments,
        reporting,
        outcome.value.counterfactual.value,
        bare.value.counterfactual.value,
      )
    : [];
  const others = await otherMeters(context, works, meter, { baseline, reporting });
  const latest = await store.savings.latest(works.id);
  const settledStatus = large.length > 0 && measured.status === 'final' ? 'provisional' : measured.status;
  const view: SavingsView = {
    ...measured,
    ...otherPeriods(series, options, sinceWorksOf(today, works, state.works)),
    // One meter says nothing of a building that changed fuel: what it no longer takes, another does.
    status: switches ? 'disqualified' : settledStatus,
    frozenModel: frozen?.modelId ?? null,
    events: accepted.map(({ id }) => id),
    withoutEvents:
      adjustments.length > 0 && bare.ok
        ? { savings: bare.value.savings, savingsPercent: bare.value.savingsShare }
        : null,
    meterId: meter.id,
    carrier: meter.carrier,
    otherMeters: others,
    allCarriers: switches ? allCarriers(works, meter, outcome.value, others) : null,
    comparison: switches
      ? switchedComparison
      : await comparisonOf(context, state, { outcome: outcome.value, options }, latest?.result),
    warnings: [...large, ...switched(works, meter), ...stopped(context, today), ...measured.warnings],
  };
  await store.events.propose(works.id, proposalsOf(works.id, meter.id, outcome.value.nonRoutine));
  const kept = JSON.parse(JSON.stringify(view)) as unknown;
  // The same figure measured again adds no line.
  const same = latest !== undefined && latest.stale === undefined && isDeepStrictEqual(latest.result, kept);
  const savingsId = same
    ? latest.id
    : await store.savings.add({
        worksId: works.id,
        meterId: meter.id,
        window: { fromMs: baseline.from * DAY_MS, toMs: (reporting.to + 1) * DAY_MS },
        result: view,
      });
  await store.ledger.add({ ...end(), buildingId: state.building.id });
  return {
    view,
    savingsId,
    predicted,
    besideOthers: !switches && view.comparison?.group == null,
    untilDay: warned(view, 'readings-stopped') ? null : formatDay(silentFrom(today)),
  };
};

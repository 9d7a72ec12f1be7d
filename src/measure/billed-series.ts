import { dateOf, type DayRange, formatDay } from '#core/calendar.ts';
import { type Warning, warning } from '#core/message.ts';
import type { PeriodSeries } from '#core/regression/bills/index.ts';
import { ok, type Result } from '#core/result.ts';
import { type Bills, type DailySeries, type Readings, readingFlag } from '#core/series.ts';
import { sliceDays } from '#core/weather/daily-weather.ts';
import { toPeriods } from './bills.ts';
import { type DailyOptions, type DailyReadings, severalDaysMs, toDaily } from './daily.ts';
import { countEn, countFr } from '../core/wording.ts';

/** A bill whose days are known by themselves on this share says nothing more. */
const KNOWN_SHARE = 0.9;
/** Two bills that share a day follow each other on it; more is an overlap. */
const SHARED_DAYS = 1;
/** Dates named in one sentence. */
const MOST_NAMED = 3;

type Bill = { readonly from: number; readonly to: number; readonly kwh: number; readonly estimated: boolean };

const told = (bills: readonly DayRange[]): string => {
  const named = bills.slice(0, MOST_NAMED).map(({ from, to }) => `${formatDay(from)}/${formatDay(to)}`);
  return bills.length > MOST_NAMED ? `${named.join(', ')}…` : named.join(', ');
};

const overlapDays = (a: DayRange, b: DayRange): number => Math.min(a.to, b.to) - Math.max(a.from, b.from) + 1;

/** Of bills that overlap the shorter stand: a yearly settlement repeats the bills it settles. */
const apart = (bills: readonly Bill[]): { kept: Bill[]; warnings: Warning[] } => {
  const kept: Bill[] = [];
  const left: Bill[] = [];
  for (const bill of bills.toSorted((a, b) => a.to - a.from - (b.to - b.from) || a.from - b.from))
    (kept.some((one) => overlapDays(one, bill) > SHARED_DAYS) ? left : kept).push(bill);
  const sorted = kept.toSorted((a, b) => a.from - b.from);
  return {
    // The shared day goes to the bill that ends on it.
    kept: sorted.map((bill, i) => {
      const before = sorted[i - 1];
      return before !== undefined && before.to >= bill.from ? { ...bill, from: before.to + 1 } : bill;
    }),
    warnings:
      left.length === 0
        ? []
        : [
            warning(
              'bills-overlap',
              `${countFr(left.length, 'facture recouvre', 'factures recouvrent')} d’autres plus courtes et ${left.length < 2 ? 'est laissée' : 'sont laissées'} de côté : ${told(left)}.`,
              `${countEn(left.length, 'bill overlaps', 'bills overlap')} shorter ones and ${left.length === 1 ? 'is' : 'are'} left out: ${told(left)}.`,
            ),
          ],
  };
};

/**
 * An estimated bill is put right by the next one read: the two are one period, whose energy was metered. Estimated ones that no read
 * follows without a gap are left out.
 */
const settled = (bills: readonly Bill[]): { kept: Bill[]; warnings: Warning[] } => {
  const kept: Bill[] = [];
  const left: Bill[] = [];
  let open: Bill[] = [];
  let joined = 0;
  for (const bill of bills) {
    const last = open.at(-1);
    if (last !== undefined && bill.from > last.to + 1) {
      left.push(...open);
      open = [];
    }
    if (bill.estimated) {
      open.push(bill);
      continue;
    }
    joined += open.length;
    kept.push({
      from: open[0]?.from ?? bill.from,
      to: bill.to,
      kwh: open.reduce((sum, { kwh }) => sum + kwh, bill.kwh),
      estimated: open.length > 0,
    });
    open = [];
  }
  left.push(...open);
  const warnings: Warning[] = [];
  if (joined > 0)
    warnings.push(
      warning(
        'bills-estimated',
        `${countFr(joined, 'facture estimée est réunie à la facture relevée qui la régularise', 'factures estimées sont réunies à la facture relevée qui les régularise')}.`,
        `${countEn(joined, 'estimated bill is', 'estimated bills are')} joined to the read bill that settles ${joined === 1 ? 'it' : 'them'}.`,
      ),
    );
  if (left.length > 0)
    warnings.push(
      warning(
        'bills-unsettled',
        `${countFr(left.length, 'facture estimée, qu’aucun relevé ne régularise, est laissée', 'factures estimées, qu’aucun relevé ne régularise, sont laissées')} de côté : ${told(left)}.`,
        `${countEn(left.length, 'estimated bill, which no read settles, is', 'estimated bills, which no read settles, are')} left out: ${told(left)}.`,
      ),
    );
  return { kept, warnings };
};

/** Bills beside days: a bill whose days are known by themselves goes, and days inside a bill that stays are in it. */
const besideDays = (
  bills: readonly Bill[],
  { firstDay, energyKwh: days }: Pick<DailySeries, 'firstDay' | 'energyKwh'>,
): { kept: Bill[]; energyKwh: Float64Array; warnings: Warning[] } => {
  const energyKwh = days.slice();
  const kept: Bill[] = [];
  let taken = 0;
  for (const bill of bills) {
    const [start, end] = [Math.max(0, bill.from - firstDay), Math.max(0, bill.to - firstDay + 1)];
    const known = energyKwh.subarray(start, end).filter((value) => Number.isFinite(value)).length;
    if (known >= KNOWN_SHARE * (bill.to - bill.from + 1)) continue;
    kept.push(bill);
    taken += known;
    energyKwh.fill(Number.NaN, start, end);
  }
  return {
    kept,
    energyKwh,
    warnings:
      taken === 0
        ? []
        : [
            warning(
              'bills-and-days',
              `${countFr(taken, 'jour relevé est compris', 'jours relevés sont compris')} dans des factures et n’${taken < 2 ? 'est compté' : 'sont comptés'} qu’avec elles.`,
              `${countEn(taken, 'day read lies', 'days read lie')} inside bills and ${taken === 1 ? 'counts' : 'count'} with them only.`,
            ),
          ],
  };
};

/** Days between the first bill and the last that neither a bill nor a reading knows. */
const gapsTold = (
  bills: readonly Bill[],
  { firstDay, energyKwh }: Pick<DailySeries, 'firstDay' | 'energyKwh'>,
): Warning[] => {
  const gaps: DayRange[] = bills.flatMap((bill, i) => {
    const from = (bills[i - 1]?.to ?? bill.from) + 1;
    const unknown = Array.from({ length: Math.max(0, bill.from - from) }, (_, j) => from + j).filter(
      (day) => !Number.isFinite(energyKwh[day - firstDay]),
    );
    return unknown.length < 2 ? [] : [{ from: unknown[0], to: unknown[unknown.length - 1] }];
  });
  return gaps.length === 0
    ? []
    : [
        warning(
          'bills-gap',
          `${countFr(gaps.length, 'trou', 'trous')} entre les factures, que rien ne compte : ${told(gaps)}.`,
          `${countEn(gaps.length, 'gap', 'gaps')} between the bills, which nothing counts: ${told(gaps)}.`,
        ),
      ];
};

const pick = (readings: Readings, chosen: readonly number[]): Readings => {
  const { outdoorC, flags } = readings;
  const of = (column: Float64Array): Float64Array => Float64Array.from(chosen, (i) => column[i]);
  return {
    ...readings,
    startMs: of(readings.startMs),
    endMs: of(readings.endMs),
    energyKwh: of(readings.energyKwh),
    ...(outdoorC === undefined ? {} : { outdoorC: of(outdoorC) }),
    ...(flags === undefined ? {} : { flags: Uint16Array.from(chosen, (i) => flags[i]) }),
  };
};

/** What is left of a mixed meter without its bills; its median reading was a bill's, so its resolution is judged anew. */
const withoutBills = (readings: Readings, chosen: readonly number[]): Readings => {
  const rest = pick(readings, chosen);
  if (readings.resolution !== 'monthly' && readings.resolution !== 'irregular') return rest;
  const longest = rest.startMs.reduce((most, start, i) => Math.max(most, rest.endMs[i] - start), 0);
  return { ...rest, resolution: longest > severalDaysMs / 2 ? 'daily' : 'hourly' };
};

const columnsOf = (bills: readonly Bill[]): Bills => ({
  from: Int32Array.from(bills, ({ from }) => from),
  to: Int32Array.from(bills, ({ to }) => to),
  energyKwh: Float64Array.from(bills, ({ kwh }) => kwh),
  estimated: Uint8Array.from(bills, ({ estimated }) => (estimated ? 1 : 0)),
});

/** A series on more days, its new ones without energy, with their weather. */
const stretched = (
  series: DailySeries,
  from: number,
  to: number,
  weather: DailyOptions['weather'],
): DailySeries => {
  const { outdoorC } = series;
  const count = to - from + 1;
  const own = sliceDays(outdoorC, series.firstDay, from, count);
  const given =
    weather === undefined ? undefined : sliceDays(weather.outdoorC, weather.firstDay, from, count);
  return {
    ...series,
    firstDay: from,
    energyKwh: sliceDays(series.energyKwh, series.firstDay, from, count),
    outdoorC: own.map((value, i) => (Number.isFinite(value) ? value : (given?.[i] ?? Number.NaN))),
    ...(weather?.ghiWm2 === undefined
      ? {}
      : { ghiWm2: sliceDays(weather.ghiWm2, weather.firstDay, from, count) }),
  };
};

/**
 * The readings of a meter as local days, with `bills` for those of several days: daily readings as `toDaily` takes them, bills apart
 * from each other, estimated ones joined to the read that settles them. What was joined, left out or is missing is told.
 * Fails as `toDaily` does, but never with `readings-not-daily`.
 */
export const toSeries = (readings: Readings, options: DailyOptions = {}): Result<DailyReadings> => {
  const { startMs, endMs } = readings;
  const indices = [...startMs.keys()];
  const long = indices.filter((i) => endMs[i] - startMs[i] > severalDaysMs);
  if (long.length === 0) return toDaily(readings, options);
  const short = indices.filter((i) => endMs[i] - startMs[i] <= severalDaysMs);
  const daily = short.length === 0 ? undefined : toDaily(withoutBills(readings, short), options);
  if (daily?.ok === false) return daily;
  const stated = pick(readings, long);
  const periods = toPeriods(stated);
  if (!periods.ok) return periods;
  const { from, to, energyKwh } = periods.value;
  const read = apart(
    [...energyKwh.keys()].flatMap((i): Bill[] =>
      Number.isFinite(energyKwh[i]) && to[i] >= from[i]
        ? [
            {
              from: from[i],
              to: to[i],
              kwh: energyKwh[i],
              estimated: ((stated.flags?.[i] ?? 0) & readingFlag.estimated) !== 0,
            },
          ]
        : [],
    ),
  );
  const sure = settled(read.kept);
  const empty = { timezone: readings.timezone, firstDay: from[0], energyKwh: new Float64Array(0) };
  const known = daily?.value.series ?? { ...empty, outdoorC: new Float64Array(0) };
  const lastKnown = known.firstDay + known.energyKwh.length - 1;
  const series = stretched(
    known,
    Math.min(known.firstDay, ...from),
    Math.max(lastKnown, ...to),
    options.weather,
  );
  const beside = besideDays(sure.kept, series);
  return ok({
    series: {
      ...series,
      energyKwh: beside.energyKwh,
      ...(beside.kept.length === 0 ? {} : { bills: columnsOf(beside.kept) }),
    },
    warnings: [
      ...(daily?.value.warnings ?? []),
      ...read.warnings,
      ...sure.warnings,
      ...beside.warnings,
      ...gapsTold(beside.kept, { firstDay: series.firstDay, energyKwh: beside.energyKwh }),
    ],
  });
};

const rangesOf = ({ bills }: DailySeries): (DayRange & { readonly kwh: number })[] =>
  bills === undefined
    ? []
    : Array.from(bills.from, (from, i) => ({ from, to: bills.to[i], kwh: bills.energyKwh[i] }));

const inside = (bill: DayRange, range: DayRange): boolean => bill.from >= range.from && bill.to <= range.to;

const isKnown = (series: DailySeries, day: number): boolean =>
  Number.isFinite(series.energyKwh[day - series.firstDay]) &&
  Number.isFinite(series.outdoorC[day - series.firstDay]);

const daysFrom = ({ from, to }: DayRange): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);

/** Days of a range that count with a temperature, by themselves or in whole bills, and their energy. */
export const knownWithin = (
  series: DailySeries,
  range: DayRange,
): { readonly days: readonly number[]; readonly energyKwh: number } => {
  const single = daysFrom(range).filter((day) => isKnown(series, day));
  const bills = rangesOf(series).filter((bill) => inside(bill, range));
  return {
    days: [...single, ...bills.flatMap(daysFrom)]
      .filter((day) => Number.isFinite(series.outdoorC[day - series.firstDay]))
      .toSorted((a, b) => a - b),
    energyKwh:
      single.reduce((sum, day) => sum + series.energyKwh[day - series.firstDay], 0) +
      bills.reduce((sum, { kwh }) => sum + kwh, 0),
  };
};

/** The last day with an energy, alone or at the end of a bill. */
export const lastKnownDay = (series: DailySeries): number =>
  Math.max(
    series.firstDay + series.energyKwh.findLastIndex((value) => Number.isFinite(value)),
    ...(series.bills?.to ?? []),
  );

/** Daily readings of nearly a whole year need no bills beside them. */
const ENOUGH_DAYS = 328;
/** Days that bills must add before a range is read by them. */
const LEAST_BILLED_DAYS = 28;

/**
 * Whether a range is read by its bills: they know days of it that daily readings do not, and those are no whole year; or there are no
 * daily readings at all, and what is missing is bills.
 */
export const readByBills = (series: DailySeries, range: DayRange): boolean => {
  if (series.bills === undefined) return false;
  const known = daysFrom(range).filter((day) => isKnown(series, day)).length;
  const billed = rangesOf(series)
    .filter((bill) => inside(bill, range))
    .reduce((sum, { from, to }) => sum + to - from + 1, 0);
  return known === 0 || (billed >= LEAST_BILLED_DAYS && known < ENOUGH_DAYS);
};

/** A run of days shorter than this is no month to set beside a bill. */
const LEAST_RUN_DAYS = 10;

/** The daily readings of a range as periods of a calendar month, or the part of one that is known without a hole. */
const monthsOfDays = (series: DailySeries, range: DayRange): (DayRange & { kwh: number })[] => {
  const runs: { from: number; to: number; kwh: number }[] = [];
  for (const day of daysFrom(range)) {
    if (!isKnown(series, day)) continue;
    const kwh = series.energyKwh[day - series.firstDay];
    const last = runs.at(-1);
    if (last?.to === day - 1 && dateOf(day).month === dateOf(last.from).month) {
      last.to = day;
      last.kwh += kwh;
    } else runs.push({ from: day, to: day, kwh });
  }
  return runs.filter(({ from, to }) => to - from + 1 >= LEAST_RUN_DAYS);
};

/** The bills of a series, and the daily readings of the ranges as months, in order, with the temperatures of their days. */
export const periodsOf = (series: DailySeries, ranges: readonly DayRange[]): PeriodSeries => {
  const all = [...rangesOf(series), ...ranges.flatMap((range) => monthsOfDays(series, range))].toSorted(
    (a, b) => a.from - b.from,
  );
  return {
    from: Int32Array.from(all, ({ from }) => from),
    to: Int32Array.from(all, ({ to }) => to),
    energyKwh: Float64Array.from(all, ({ kwh }) => kwh),
    weather: { firstDay: series.firstDay, outdoorC: series.outdoorC },
  };
};

const YEAR_DAYS = 365;
/** Bills wanted behind a line of three parameters, and how far back they may be looked for. */
const WANTED_BILLS = 12;
const MOST_DAYS = 2 * YEAR_DAYS - 31;

/**
 * A range read by bills, its start moved back to that of a bill so that it holds a year and a dozen bills, two years at most, not
 * before `earliest`. A range of days comes back as it is.
 */
export const billedWindow = (series: DailySeries, range: DayRange, earliest: number): DayRange => {
  if (!readByBills(series, range)) return range;
  const { to } = range;
  let [from, count] = [to + 1, 0];
  for (const bill of rangesOf(series).toReversed()) {
    if (bill.to > to || bill.from < earliest) continue;
    const between = daysFrom({ from: bill.to + 1, to: from - 1 }).filter((day) => isKnown(series, day));
    count += 1 + between.length / 30;
    from = bill.from;
    const days = to - from + 1;
    if (days >= YEAR_DAYS - SHARED_DAYS && (count >= WANTED_BILLS || days >= MOST_DAYS)) break;
  }
  return { from: Math.min(from, range.from), to };
};

/** A range whose last day cuts a bill, drawn out to the end of it, not after `latest`. */
export const wholeBills = (series: DailySeries, { from, to }: DayRange, latest: number): DayRange => {
  const cut = rangesOf(series).find((bill) => bill.from >= from && bill.from <= to && bill.to > to);
  return { from, to: cut === undefined || cut.to > latest ? to : cut.to };
};

import { dateOf, dayNumber, type DayRange, formatDay } from '#core/calendar.ts';
import { boundedQuantity, type Quantity } from '#core/quantity.ts';
import type { DailySeries } from '#core/series.ts';
import { heatingDegreeDays } from '#core/weather/degree-days.ts';

/** The base of French degree days, °C: 18 by use, for a building held at 19 to 20 °C with its own gains. */
const degreeDayBaseC = 18;

/** A month with fewer of its days known is not set against others. */
const LEAST_KNOWN = 0.9;
/** Below this many degree days a month has next to no heating to compare, and the ratio of two such sums says nothing, K·d. */
const LEAST_DEGREE_DAYS = 30;
/** Other bases a building may have instead, °C; they give the interval. */
const OTHER_BASES_C = [16, 20];

/** What does not depend on the weather, kWh a day, with the ends of its 90 % interval. */
export type BaseLoad = { readonly value: number; readonly low: number; readonly high: number };

export type DegreeDayMonth = DayRange & {
  /** Days with a reading and a temperature. */
  readonly knownDays: number;
  /** As read, on the known days alone. */
  readonly readKwh: number;
  /** Of the month, its known days alone, and of the same month in the mean of the years of weather, K·d; base 18 °C. */
  readonly degreeDays: number;
  readonly referenceDegreeDays: number | undefined;
  /** Energy of the whole month in mean weather; undefined where it cannot be said. */
  readonly normalisedKwh: Quantity | undefined;
};

export type DegreeDayYear = {
  readonly year: number;
  readonly readKwh: number;
  readonly knownDays: number;
  readonly degreeDays: number;
  readonly normalisedKwh: Quantity | undefined;
};

export type Normalised = {
  /** °C. */
  readonly baseC: number;
  readonly months: readonly DegreeDayMonth[];
  readonly years: readonly DegreeDayYear[];
  /** Years of weather behind the reference, the fewest and the most of a calendar month. */
  readonly referenceYears: { readonly fewest: number; readonly most: number };
};

type Weather = { readonly firstDay: number; readonly outdoorC: Float64Array };

const monthsOf = (from: number, to: number): (DayRange & { year: number; month: number })[] => {
  const months: (DayRange & { year: number; month: number })[] = [];
  let { year, month } = dateOf(from);
  for (let first = dayNumber(year, month, 1); first <= to; ) {
    const next = month === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, month + 1, 1);
    months.push({ year, month, from: first, to: next - 1 });
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
    first = next;
  }
  return months;
};

const knownIn = (column: Float64Array): number =>
  column.reduce((count, value) => count + (Number.isFinite(value) ? 1 : 0), 0);

const mean = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Degree days of each calendar month, 1 to 12, in the years of weather that know it; raised to the whole month. */
const referenceOf = (weather: Weather, baseC: number): number[][] => {
  const byMonth: number[][] = Array.from({ length: 13 }, () => []);
  const last = weather.firstDay + weather.outdoorC.length - 1;
  for (const { month, from, to } of monthsOf(weather.firstDay, last)) {
    const days = weather.outdoorC.subarray(Math.max(0, from - weather.firstDay), to - weather.firstDay + 1);
    const known = knownIn(days);
    const length = to - from + 1;
    if (known >= LEAST_KNOWN * length) byMonth[month].push((heatingDegreeDays(days, baseC) * length) / known);
  }
  return byMonth;
};

/** One way to reckon: a base temperature and a base load. */
type Variant = { readonly baseC: number; readonly baseLoad: 'value' | 'low' | 'high' };

const variants: readonly Variant[] = [
  { baseC: degreeDayBaseC, baseLoad: 'value' },
  { baseC: degreeDayBaseC, baseLoad: 'low' },
  { baseC: degreeDayBaseC, baseLoad: 'high' },
  ...OTHER_BASES_C.map((baseC): Variant => ({ baseC, baseLoad: 'value' })),
];

const basis = (years: string): string =>
  `base load of the heating line, what is above it × degree days of the mean of ${years} years of weather / degree days of the month (base ${degreeDayBaseC} °C, daily means); a month under ${LEAST_DEGREE_DAYS} K·d is left as read; interval: base load at the ends of its 90 % interval, degree days on ${OTHER_BASES_C.join(' and ')} °C`;

const quantityOf = (values: readonly number[], text: string): Quantity => {
  const [value] = values;
  return boundedQuantity(value, Math.min(...values), Math.max(...values), 'kWh', 'computed', text);
};

/**
 * Consumption of each calendar month and year, as read and as it would have been in mean weather: the base load stays, what
 * is above it follows the degree days (the plain ratio of degree days on the heating share, the usual reckoning beside a full
 * model). Energies in kWh, degree days in K·d on daily means. `baseLoadOn` gives the base load in force on a day;
 * undefined where no heating line is known, and then nothing is normalised.
 */
export const degreeDayMonths = (
  series: DailySeries,
  weather: Weather,
  baseLoadOn: (day: number) => BaseLoad | undefined,
): Normalised => {
  const bases = [...new Set(variants.map(({ baseC }) => baseC))];
  const reference = new Map(bases.map((baseC) => [baseC, referenceOf(weather, baseC)]));
  const counts = (reference.get(degreeDayBaseC) ?? []).slice(1).map(({ length }) => length);
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  const text = basis(fewest === most ? `${most}` : `${fewest} to ${most}`);
  const both = [...series.energyKwh.keys()].filter(
    (slot) => Number.isFinite(series.energyKwh[slot]) && Number.isFinite(series.outdoorC[slot]),
  );
  // A lone hour of a year to come is no month of it.
  const [first, last] = [series.firstDay + (both[0] ?? 0), series.firstDay + (both.at(-1) ?? -1)];
  const all = monthsOf(first, last).map((one) => {
    const { month, from, to } = one;
    const length = to - from + 1;
    const slots = both.filter((slot) => series.firstDay + slot >= from && series.firstDay + slot <= to);
    const knownDays = slots.length;
    const readKwh = slots.reduce((sum, slot) => sum + series.energyKwh[slot], 0);
    const temperatures = Float64Array.from(slots, (slot) => series.outdoorC[slot]);
    const baseLoad = baseLoadOn(from);
    const whole = knownDays / length >= LEAST_KNOWN;
    const wholeKwh = (readKwh * length) / knownDays;
    const reckoned =
      !whole || baseLoad === undefined
        ? undefined
        : variants.map(({ baseC, baseLoad: end }) => {
            const wanted = mean(reference.get(baseC)?.[month] ?? []);
            const counted = (heatingDegreeDays(temperatures, baseC) * length) / knownDays;
            const constant = Math.max(0, baseLoad[end]) * length;
            if (wanted === undefined) return undefined;
            if (counted < LEAST_DEGREE_DAYS || wholeKwh <= constant) return wholeKwh;
            return constant + ((wholeKwh - constant) * wanted) / counted;
          });
    const values = reckoned?.every((value) => value !== undefined) === true ? reckoned : undefined;
    return {
      year: one.year,
      values,
      month: {
        from,
        to,
        knownDays,
        readKwh,
        degreeDays: heatingDegreeDays(temperatures, degreeDayBaseC),
        referenceDegreeDays: mean(reference.get(degreeDayBaseC)?.[month] ?? []),
        normalisedKwh: values === undefined ? undefined : quantityOf(values, text),
      } satisfies DegreeDayMonth,
    };
  });
  const years = [...Map.groupBy(all, ({ year }) => year)].map(([year, months]): DegreeDayYear => {
    const sum = (of: (month: DegreeDayMonth) => number): number =>
      months.reduce((total, { month }) => total + of(month), 0);
    const whole = months.length === 12 && months.every(({ values }) => values !== undefined);
    const sums = variants.map((_, at) =>
      months.reduce((total, { values }) => total + (values?.[at] ?? 0), 0),
    );
    return {
      year,
      readKwh: sum(({ readKwh }) => readKwh),
      knownDays: sum(({ knownDays }) => knownDays),
      degreeDays: sum(({ degreeDays }) => degreeDays),
      normalisedKwh: whole
        ? quantityOf(sums, `twelve months of ${formatDay(dayNumber(year, 1, 1)).slice(0, 4)}: ${text}`)
        : undefined,
    };
  });
  return {
    baseC: degreeDayBaseC,
    months: all.map(({ month }) => month),
    years,
    referenceYears: { fewest, most },
  };
};

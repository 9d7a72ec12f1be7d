import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type DayRange, dayNumber } from '#core/calendar.ts';
import { candidateOf, dayFeatures } from '#core/regression/index.ts';
import type { DailySeries } from '#core/series.ts';
import { type Goodness, goodness } from '#core/statistics/index.ts';
import { type FitOutcome, fitModel } from '#measure/index.ts';
import { cambridgeMeter, cambridgeWeather, readTable } from './cambridge.ts';

export type YearPair = {
  readonly building: string;
  readonly fit: FitOutcome;
  /** Plain 3P heating in the first year and one year ahead. */
  readonly plainIn: Goodness;
  readonly plainAhead: Goodness;
};

export type Archive = ReadonlyMap<string, DailySeries>;

export const calendarYear = (year: number): DayRange => ({
  from: dayNumber(year, 1, 1),
  to: dayNumber(year, 12, 31),
});

/** Every meter of one fuel in the Cambridge archive; gas days at zero under 10 °C are missing (the yardsticks' rule). */
export const openArchive = async (corpus: string, fuel: 'gas' | 'electricity_kWh'): Promise<Archive> => {
  const list = join(corpus, 'meters', 'cambridge', '_meters.csv');
  if (!existsSync(list)) return new Map();
  const weather = await cambridgeWeather(corpus);
  const meters = new Map<string, DailySeries>();
  for (const { building } of await readTable(list)) {
    if (!existsSync(join(corpus, 'meters', 'cambridge', `${building}.csv.gz`))) continue;
    const series = await cambridgeMeter(corpus, building, fuel, weather);
    if (series === undefined) continue;
    const energyKwh = series.energyKwh.map((value, i) =>
      fuel === 'gas' && value === 0 && series.outdoorC[i] < 10 ? Number.NaN : value,
    );
    meters.set(building, { ...series, energyKwh });
  }
  return meters;
};

/** The part of a series from two months before a day (the smoothed temperatures warm up) to another. */
export const between = (series: DailySeries, from: number, to: number): DailySeries => {
  const start = Math.max(0, from - 60 - series.firstDay);
  const end = to + 1 - series.firstDay;
  return {
    ...series,
    firstDay: series.firstDay + start,
    energyKwh: series.energyKwh.slice(start, end),
    outdoorC: series.outdoorC.slice(start, end),
    ...(series.ghiWm2 === undefined ? {} : { ghiWm2: series.ghiWm2.slice(start, end) }),
  };
};

const plainLine = (
  series: DailySeries,
  learn: DayRange,
  ahead: DayRange,
): readonly [Goodness, Goodness] | undefined => {
  const features = dayFeatures(series, 'none');
  const inside = ({ from, to }: DayRange): Uint8Array =>
    Uint8Array.from(series.energyKwh, (value, i) => {
      const day = series.firstDay + i;
      return day >= from && day <= to && Number.isFinite(value) && Number.isFinite(series.outdoorC[i])
        ? 1
        : 0;
    });
  const [first, second] = [inside(learn), inside(ahead)];
  const candidate = candidateOf('3p-heating');
  const model = candidate.fit(features, first);
  if (model === undefined) return undefined;
  const judge = (mask: Uint8Array, p: number): Goodness =>
    goodness(
      series.energyKwh,
      Float64Array.from(mask, (flag, i) => (flag === 1 ? candidate.predict(model, features, i) : Number.NaN)),
      p,
    );
  return [judge(first, 3), judge(second, 0)];
};

/** Fits one calendar year of a meter with the whole ladder and judges it on the next; undefined without enough days. */
export const judgeYears = (
  building: string,
  archive: Archive,
  first: number,
  second: number,
): YearPair | undefined => {
  const whole = archive.get(building);
  if (whole === undefined) return undefined;
  const [baseline, predict] = [calendarYear(first), calendarYear(second)];
  const series = between(whole, baseline.from, predict.to);
  const fit = fitModel(series, { baseline, predict, holidays: 'GB', zeros: 'real' });
  const plain = plainLine(series, baseline, predict);
  if (!fit.ok || plain === undefined || fit.value.outOfSample === undefined) return undefined;
  return { building, fit: fit.value, plainIn: plain[0], plainAhead: plain[1] };
};

/** The filter of the design's section 7: unit breaks and plant changes taken out. */
export const isSteady = ({ plainIn, plainAhead }: YearPair): boolean =>
  plainIn.r2 > 0.5 && Math.abs(plainAhead.nmbe) < 60;

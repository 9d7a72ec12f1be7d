import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { median } from 'simple-statistics';
import { dateOf, dayNumber, parseDay } from '#core/calendar.ts';
import {
  fitPeriods,
  type PeriodSeries,
  predictPeriods,
  usablePeriods,
} from '#core/regression/bills/index.ts';
import { goodness } from '#core/statistics/index.ts';
import { type Figure, figuresOf } from '../figures/figure.ts';
import { readTable } from './cambridge.ts';
import { yardstick } from './yardstick.ts';

const figure = figuresOf('models', 'npm run validate -- --corpus DIR --only models');

const toC = (fahrenheit: string): number => (Number(fahrenheit) - 32) / 1.8;

/** Monthly meters of New York: usage a day, mean temperature of the month. */
const readNewYork = async (path: string): Promise<Map<string, PeriodSeries>> => {
  const groups = new Map<string, Record<string, string>[]>();
  for (const row of await readTable(path)) {
    const key = `${row.bdbid}/${row.energy_type}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return new Map(
    [...groups].map(([key, rows]) => {
      rows.sort((a, b) => a.end_date.localeCompare(b.end_date));
      const to = Int32Array.from(rows, (row) => parseDay(row.end_date) ?? 0);
      const from = to.map((day) => {
        const { year, month } = dateOf(day);
        return dayNumber(year, month, 1);
      });
      return [
        key,
        {
          from,
          to,
          energyKwh: Float64Array.from(rows, (row, i) => Number(row.usage) * (to[i] - from[i] + 1)),
          meanC: Float64Array.from(rows, (row) => toC(row.OAT)),
        },
      ];
    }),
  );
};

/** Twelve bills learnt, the twelve after them predicted; error of the average day of each month. */
const yearAhead = (periods: PeriodSeries): number | undefined => {
  const usable = usablePeriods(periods);
  if (periods.from.length < 24) return undefined;
  const first = usable.map((flag, i) => (i < 12 ? flag : 0));
  const second = usable.map((flag, i) => (i >= 12 ? flag : 0));
  const fit = fitPeriods(periods, first);
  if (fit === undefined) return undefined;
  const { each } = predictPeriods(fit.best, periods, second);
  const daily = (values: Float64Array): Float64Array =>
    values.map((value, i) => value / (periods.to[i] - periods.from[i] + 1));
  return goodness(daily(periods.energyKwh), daily(each), 0).cvRmse;
};

/** Year-ahead error on monthly bills against the best change-point model of the yardstick. */
export const validateBills = async (corpus: string): Promise<Figure[]> => {
  const path = join(corpus, 'meters', 'nyc_public_monthly', 'unretrofit_monthly.csv');
  const rows = (await yardstick(corpus, 'D_nyc.csv')).filter(({ model }) => model === 'best(adj)');
  if (!existsSync(path) || rows.length === 0) return [];
  const meters = await readNewYork(path);
  return (['Fuel', 'Elec'] as const).flatMap((fuel) => {
    const pairs = rows
      .filter((row) => row.fuel === fuel)
      .flatMap((row) => {
        const periods = meters.get(`${row.b}/${fuel}`);
        const ours = periods && yearAhead(periods);
        return ours === undefined ? [] : [{ ours, theirs: Number(row.cv2) }];
      });
    if (pairs.length === 0) return [];
    const [value, peer] = [median(pairs.map(({ ours }) => ours)), median(pairs.map(({ theirs }) => theirs))];
    return [
      figure({
        id: `monthly-${fuel.toLowerCase()}`,
        metric: `monthly ${fuel === 'Fuel' ? 'fuel' : 'electricity'} of New York public buildings: median CV(RMSE) one year ahead`,
        value,
        unit: '%',
        goal: 'at or below the best change-point model',
        holds: value <= peer,
        n: pairs.length,
        comparator: { name: 'best of 3PH, 3PC and 5P on the same meters', value: peer, unit: '%' },
      }),
    ];
  });
};

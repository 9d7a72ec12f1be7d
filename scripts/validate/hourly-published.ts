import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayNumber, parseDay } from '#core/calendar.ts';
import { hourFeatures, towt } from '#core/regression/hourly/index.ts';
import type { HourlySeries } from '#core/series.ts';
import { goodness } from '#core/statistics/index.ts';
import { readReadingsCsv } from '#formats/readings-csv/index.ts';
import { fitHourly, toHourly } from '#measure/index.ts';
import { type Figure, figuresOf } from '../figures/figure.ts';
import { readTable } from './cambridge.ts';
import { predictions } from './hourly-meters.ts';

export const hourlyCommand = 'npm run validate -- --corpus DIR --only hourly';
const figure = figuresOf('hourly', hourlyCommand);

const FAHRENHEIT = (f: number): number => ((f - 32) * 5) / 9;

/** A series of days in the place of hours: one slot a day of the week, as nmecr runs the model on daily data. */
const dailyAsHours = (
  days: readonly { readonly day: number; readonly y: number; readonly t: number }[],
): HourlySeries => ({
  timezone: 'UTC',
  firstHourMs: 0,
  energyKwh: Float64Array.from(days, ({ y }) => y),
  outdoorC: Float64Array.from(days, ({ t }) => FAHRENHEIT(t)),
  localDay: Int32Array.from(days, ({ day }) => day),
  localHour: new Uint8Array(days.length),
});

const cleaned = (cell: string | undefined): string => (cell ?? '').replaceAll('"', '');

const readNmecr = async (corpus: string): Promise<HourlySeries> => {
  const folder = join(corpus, 'meters', 'nmecr');
  const load = await readTable(join(folder, 'eload.csv'));
  const temperature = await readTable(join(folder, 'temp.csv'));
  const byTime = new Map(temperature.map((row) => [cleaned(row['"time"']), Number(row['"temp"'])]));
  return dailyAsHours(
    load.map((row) => {
      const time = cleaned(row['"time"']);
      return {
        day: parseDay(time.slice(0, 10)) ?? Number.NaN,
        y: Number(row['"eload"']),
        t: byTime.get(time) ?? Number.NaN,
      };
    }),
  );
};

/** Parameters nmecr counts of a daily model with seven days and two sets of six segments, its table of statistics. */
const NMECR_PARAMETERS = 17;

export const nmecrFigures = async (corpus: string): Promise<Figure[]> => {
  const expectedFile = join(corpus, 'reference', 'nmecr', 'EXPECTED.json');
  if (!existsSync(expectedFile) || !existsSync(join(corpus, 'meters', 'nmecr', 'eload.csv'))) return [];
  const expected = JSON.parse(readFileSync(expectedFile, 'utf8')) as {
    stats_baseline: { TOWT: { R2: number; CVRMSE_pct: number } };
    TOWT_savings: { savings: number; adjusted_baseline: number };
    TOWT_performance_model: { R2: number };
  };
  const series = await readNmecr(corpus);
  const features = hourFeatures(series, 'none');
  const between = (from: number, to: number): Uint8Array =>
    Uint8Array.from(series.energyKwh, (y, i) =>
      series.localDay[i] >= from && series.localDay[i] <= to && Number.isFinite(y + series.outdoorC[i])
        ? 1
        : 0,
    );
  // nmecr dates a day by the midnight that ends it: its March 2014 to February 2015 begins with the file's 28 February.
  const before = between(dayNumber(2012, 3, 1), dayNumber(2013, 2, 27));
  const after = between(dayNumber(2014, 2, 28), dayNumber(2015, 2, 27));
  const model = towt.fit(features, before);
  const later = towt.fit(features, after);
  if (model === undefined || later === undefined) return [];
  const n = before.reduce((a, b) => a + b, 0);
  const fit = goodness(series.energyKwh, predictions(model, features, before), NMECR_PARAMETERS);
  const fitAfter = goodness(series.energyKwh, predictions(later, features, after), 0);
  const adjusted = predictions(model, features, after).reduce((a, b) => (Number.isNaN(b) ? a : a + b), 0);
  const used = series.energyKwh.reduce((a, y, i) => (after[i] === 1 ? a + y : a), 0);
  const against = (
    id: string,
    metric: string,
    value: number,
    unit: string,
    published: number,
    within: number,
  ): Figure =>
    figure({
      id: `nmecr.${id}`,
      metric,
      value,
      unit,
      goal: `published value, within ${100 * within} %`,
      holds: Math.abs(value / published - 1) <= within,
      n,
      comparator: { name: 'nmecr', value: published, unit },
    });
  return [
    against('r2', 'Daily TOWT of the project meter, R²', fit.r2, '1', expected.stats_baseline.TOWT.R2, 0.001),
    against(
      'cv',
      'The same, CV(RMSE) on n − 17',
      fit.cvRmse,
      '%',
      expected.stats_baseline.TOWT.CVRMSE_pct,
      0.001,
    ),
    against(
      'after',
      'TOWT of the year after the project, R²',
      fitAfter.r2,
      '1',
      expected.TOWT_performance_model.R2,
      0.001,
    ),
    against(
      'adjusted',
      'Adjusted baseline of the year after',
      adjusted,
      'kWh',
      expected.TOWT_savings.adjusted_baseline,
      0.001,
    ),
    against(
      'savings',
      'Savings of the project',
      adjusted - used,
      'kWh',
      expected.TOWT_savings.savings,
      0.005,
    ),
  ];
};

export const geeksFigures = (corpus: string): Figure[] => {
  const path = join(corpus, 'meters', 'buildingenergygeeks', 'building_1298.csv');
  if (!existsSync(path)) return [];
  const scores = ['m0', 'm1', 'm2', 'm3'].flatMap((valueColumn) => {
    const readings = readReadingsCsv('building_1298.csv', readFileSync(path), {
      valueColumn,
      temperatureColumn: 'air_temperature',
      unit: 'kWh',
      timezone: 'UTC',
    });
    const hourly = readings.ok ? toHourly(readings.value) : readings;
    if (!hourly.ok) return [];
    const fit = fitHourly(hourly.value.series, {
      baseline: { from: dayNumber(2016, 1, 1), to: dayNumber(2016, 12, 31) },
      holidays: 'US',
    });
    if (!fit.ok) return [];
    const plain = fit.value.candidates.find(({ kind }) => kind === 'towt')?.score ?? Number.NaN;
    const chosen = fit.value.candidates.find((one) => one.chosen)?.score ?? Number.NaN;
    return [{ plain, chosen, meter: valueColumn, kind: fit.value.model.kind }];
  });
  return scores.map(({ meter, kind, plain, chosen }) =>
    figure({
      id: `geeks.${meter}`,
      metric: `building_1298 ${meter}: held-out CV(RMSE) of hours, ${kind} chosen`,
      value: chosen,
      unit: '%',
      goal: 'reported',
      holds: null,
      n: 8784,
      comparator: { name: 'towt', value: plain, unit: '%' },
    }),
  );
};

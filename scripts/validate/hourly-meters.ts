import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayNumber } from '#core/calendar.ts';
import {
  type HourFeatures,
  hourFeatures,
  hourlyCandidateOf,
  type HourlyModel,
} from '#core/regression/hourly/index.ts';
import type { DailySeries, HourlySeries } from '#core/series.ts';
import { toDailyWeather } from '#core/weather/daily-weather.ts';
import { openZone } from '#core/timezone.ts';
import { readReadingsCsv } from '#formats/readings-csv/index.ts';
import { readWeatherCsv } from '#formats/weather-csv/index.ts';
import { toDaily, toHourly } from '#measure/index.ts';

/** Hours with a reading a year needs to be fitted or judged (of 8,760). */
const YEAR_HOURS = 7000;

export type YearPair = {
  readonly name: string;
  readonly series: HourlySeries;
  readonly daily: DailySeries;
  readonly features: HourFeatures;
  readonly first: number;
  readonly second: number;
  readonly learnt: Uint8Array;
  readonly judged: Uint8Array;
};

const yearMask = (series: HourlySeries, year: number): Uint8Array =>
  Uint8Array.from(series.energyKwh, (value, i) => {
    const day = series.localDay[i];
    const inside = day >= dayNumber(year, 1, 1) && day <= dayNumber(year, 12, 31);
    // An electricity meter of a building in use never stands at zero: the archive keeps gaps as zeros.
    return inside && value > 0 && Number.isFinite(series.outdoorC[i]) ? 1 : 0;
  });

const count = (mask: Uint8Array): number => mask.reduce((sum, flag) => sum + flag, 0);

/** Pairs of years of the electricity meters of the Cambridge folder that have both years. */
export const electricityPairs = (
  corpus: string,
  years: readonly (readonly [number, number])[],
): YearPair[] => {
  const folder = join(corpus, 'meters', 'cambridge');
  const weatherFolder = join(corpus, 'weather');
  if (!existsSync(folder) || !existsSync(weatherFolder)) return [];
  const weatherName = readdirSync(weatherFolder).find((one) => /^cambridge.*hourly.*\.csv(\.gz)?$/.test(one));
  if (weatherName === undefined) return [];
  const weather = readWeatherCsv(weatherName, readFileSync(join(weatherFolder, weatherName)));
  const zone = openZone('Europe/London');
  if (!weather.ok || !zone.ok) return [];
  const dailyWeather = toDailyWeather(weather.value.weather, zone.value);
  return readdirSync(folder)
    .filter((name) => /^b\d+\.csv(\.gz)?$/.test(name))
    .flatMap((name): YearPair[] => {
      const readings = readReadingsCsv(name, readFileSync(join(folder, name)), {
        valueColumn: 'electricity_kWh',
        timezone: 'Europe/London',
      });
      if (!readings.ok) return [];
      const hourly = toHourly(readings.value, weather.value.weather, 'Europe/London');
      const daily = toDaily(readings.value, { weather: dailyWeather });
      if (!hourly.ok || !daily.ok) return [];
      const { series } = hourly.value;
      const features = hourFeatures(series, 'GB');
      return years.flatMap(([first, second]) => {
        const [learnt, judged] = [yearMask(series, first), yearMask(series, second)];
        if (count(learnt) < YEAR_HOURS || count(judged) < YEAR_HOURS) return [];
        return [{ name, series, daily: daily.value.series, features, first, second, learnt, judged }];
      });
    });
};

export const predictions = (model: HourlyModel, features: HourFeatures, mask: Uint8Array): Float64Array => {
  const candidate = hourlyCandidateOf(model.kind);
  return Float64Array.from(mask, (flag, i) =>
    flag === 1 ? candidate.predict(model, features, i) : Number.NaN,
  );
};

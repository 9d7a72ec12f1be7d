import { z } from 'zod';
import { type Warning, warning } from '#core/message.ts';
import { failure, ok, type Result } from '#core/result.ts';
import { openZone, type Zone } from '#core/timezone.ts';
import type { HourlyWeather, Station } from '#core/weather/weather.ts';
import { openJson } from '../readings/open-json.ts';
import { instantsOf } from '../readings/instants.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const values = z.array(z.number().nullable()).optional();
const times = z.array(z.union([z.string(), z.number()])).min(1);

const answerSchema = z.object({
  latitude: z.number(),
  longitude: z.number(),
  elevation: z.number().optional(),
  timezone: z.string().optional(),
  utc_offset_seconds: z.number().optional(),
  hourly_units: z.record(z.string(), z.string()).optional(),
  daily_units: z.record(z.string(), z.string()).optional(),
  hourly: z.object({ time: times, temperature_2m: values, shortwave_radiation: values }).optional(),
  daily: z
    .object({
      time: times,
      temperature_2m_mean: values,
      temperature_2m_min: values,
      temperature_2m_max: values,
      shortwave_radiation_sum: values,
    })
    .optional(),
});

/** Whether the first characters of a file are those of an answer of Open-Meteo. */
export const isOpenMeteo = (head: string): boolean =>
  /^\s*\{/.test(head) && /"latitude"/.test(head) && /"(hourly|daily)(_units)?"/.test(head);

export type OpenMeteoFile = {
  readonly weather: HourlyWeather;
  readonly station: Station;
  readonly warnings: readonly Warning[];
};

const column = (length: number, from: readonly (number | null)[] | undefined): Float64Array =>
  Float64Array.from({ length }, (_, index) => from?.[index] ?? Number.NaN);

/** Local times of the answer's zone, or Unix seconds where it was asked for them. */
const toInstants = (written: readonly (string | number)[], zone: Zone): Float64Array =>
  written.every((one) => typeof one === 'number')
    ? Float64Array.from(written, (one) => one * 1000)
    : instantsOf(written.map(String), zone).instantMs;

/** Open-Meteo gives the local clock as one fixed offset for the whole answer, summer and winter alike. */
const fixedZone = (offsetSeconds: number): string => {
  const minutes = Math.round(Math.abs(offsetSeconds) / 60);
  if (minutes === 0) return 'UTC';
  const two = (figure: number): string => String(figure).padStart(2, '0');
  return `${offsetSeconds < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
};

const fahrenheit = (units: Readonly<Record<string, string>> | undefined, key: string): boolean =>
  units?.[key]?.includes('F') === true;

const celsius = (degrees: Float64Array, isFahrenheit: boolean): Float64Array =>
  isFahrenheit ? degrees.map((one) => ((one - 32) * 5) / 9) : degrees;

/**
 * Reads the JSON of the Open-Meteo forecast and archive interfaces: hourly `temperature_2m` (°C or °F, at the instant)
 * and `shortwave_radiation` (W/m2, mean of the hour before), or daily means. Days are those of `timezone`. Fails with
 * `open-meteo-layout`.
 */
export const readOpenMeteo = (name: string, bytes: Uint8Array): Result<OpenMeteoFile> => {
  const json = openJson(name, bytes);
  if (!json.ok) return json;
  const parsed = answerSchema.safeParse(json.value);
  const bad = (fr: string, en: string): Result<never> =>
    failure('open-meteo-layout', `« ${name} » : ${fr}`, `“${name}”: ${en}`, { file: name });
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? '';
    return bad(
      `le champ ${field} n’a pas la forme d’une réponse Open-Meteo.`,
      `the field ${field} is not that of an Open-Meteo answer.`,
    );
  }
  const answer = parsed.data;
  const clock = openZone(fixedZone(answer.utc_offset_seconds ?? 0));
  if (!clock.ok) return clock;
  const named = openZone(answer.timezone ?? clock.value.name);
  const days = named.ok ? named.value : clock.value;
  const station: Station = {
    id: `open-meteo:${answer.latitude},${answer.longitude}`,
    name: `Open-Meteo ${answer.latitude}, ${answer.longitude}`,
    latitudeDeg: answer.latitude,
    longitudeDeg: answer.longitude,
    altitudeM: answer.elevation ?? Number.NaN,
  };
  const warnings: Warning[] = [];
  const done = (weather: Omit<HourlyWeather, 'name' | 'timezone'>): Result<OpenMeteoFile> => {
    const missing = weather.outdoorC.filter(Number.isNaN).length;
    if (missing > 0)
      warnings.push(
        warning(
          'weather-missing',
          `${missing} températures absentes.`,
          `${missing} temperatures are missing.`,
          {
            place: { file: name },
          },
        ),
      );
    return ok({ weather: { name: station.name, timezone: days.name, ...weather }, station, warnings });
  };
  const { hourly, daily } = answer;
  if (hourly?.temperature_2m !== undefined) {
    const startMs = toInstants(hourly.time, clock.value);
    if (startMs.some(Number.isNaN))
      return bad('un instant n’est pas compris.', 'an instant is not understood.');
    const count = startMs.length;
    const before = hourly.shortwave_radiation;
    return done({
      startMs,
      stepMs: HOUR_MS,
      outdoorC: celsius(
        column(count, hourly.temperature_2m),
        fahrenheit(answer.hourly_units, 'temperature_2m'),
      ),
      // The value at an instant is the mean of the hour that ends there.
      ...(before === undefined ? {} : { ghiWm2: column(count, [...before.slice(1), null]) }),
    });
  }
  if (daily === undefined)
    return bad('ni « hourly.temperature_2m » ni « daily ».', 'neither “hourly.temperature_2m” nor “daily”.');
  const startMs = toInstants(daily.time, days);
  if (startMs.some(Number.isNaN)) return bad('une date n’est pas comprise.', 'a date is not understood.');
  const count = startMs.length;
  const [mean, low, high] = [
    daily.temperature_2m_mean,
    daily.temperature_2m_min,
    daily.temperature_2m_max,
  ].map((one) => column(count, one));
  const sum = daily.shortwave_radiation_sum;
  const isFahrenheit = fahrenheit(answer.daily_units, 'temperature_2m_mean');
  return done({
    startMs,
    stepMs: DAY_MS,
    outdoorC: celsius(
      mean.map((one, index) => (Number.isNaN(one) ? (low[index] + high[index]) / 2 : one)),
      isFahrenheit,
    ),
    // MJ/m2 in the day.
    ...(sum === undefined ? {} : { ghiWm2: column(count, sum).map((one) => (one * 1e6) / 86_400) }),
  });
};

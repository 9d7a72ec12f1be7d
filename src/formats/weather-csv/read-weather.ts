import { type Warning, warning } from '#core/message.ts';
import { failure, ok, type Result } from '#core/result.ts';
import type { HourlyWeather } from '#core/weather/weather.ts';
import {
  columnNamed,
  detectDialect,
  openText,
  orderRows,
  pickRows,
  plainName,
  readTable,
  resolveTimes,
} from '../csv/index.ts';
import { countFr } from '../../core/wording.ts';

export type WeatherCsvOptions = {
  readonly timeColumn?: string;
  readonly temperatureColumn?: string;
  readonly ghiColumn?: string;
  /** IANA zone of local times. */
  readonly timezone?: string;
  readonly fahrenheit?: boolean;
};

export type WeatherFile = { readonly weather: HourlyWeather; readonly warnings: readonly Warning[] };

const timeNames = /^(date.*|time.*|dt|instant|horodate|start|jour|day|heure)$/;
const temperatureNames =
  /^(t|tm|t_?out.*|t_?ext.*|temperature.*|temp.*|oat|outdoor.*|air_temp.*|dry_?bulb.*|te|to)$/;
const irradianceNames =
  /^(ghi.*|glo|global.*|shortwave_radiation.*|solar.*|i_sol|irradiance.*|rayonnement.*)$/;

const indexOf = (header: readonly string[], pattern: RegExp): number =>
  header.findIndex((one) => pattern.test(plainName(one)));

const stepOf = (startMs: Float64Array): number => {
  const steps = new Map<number, number>();
  for (let index = 1; index < startMs.length; index++) {
    const step = startMs[index] - startMs[index - 1];
    steps.set(step, (steps.get(step) ?? 0) + 1);
  }
  return [...steps].reduce((best, one) => (one[1] > best[1] ? one : best), [3_600_000, 0])[0];
};

/**
 * Reads measured weather: a time column, an outdoor temperature and where there is one the global horizontal
 * irradiance, hourly or daily. Fails as
 * `readReadingsCsv` does, and with `weather-header` when no temperature column is found.
 */
export const readWeatherCsv = (
  name: string,
  bytes: Uint8Array,
  options: WeatherCsvOptions = {},
): Result<WeatherFile> => {
  const text = openText(name, bytes);
  if (!text.ok) return text;
  const asked = options.timeColumn;
  const dialect = detectDialect(
    name,
    text.value,
    (cells) =>
      asked === undefined
        ? indexOf(cells, timeNames) >= 0
        : cells.some((one) => plainName(one) === plainName(asked)),
    {
      fr: 'il faut une colonne de date et une colonne de température extérieure',
      en: 'a date column and an outdoor temperature column are needed',
    },
  );
  if (!dialect.ok) return dialect;
  const { header } = dialect.value;
  const find = (wanted: string | undefined, pattern: RegExp): Result<number> =>
    wanted === undefined ? ok(indexOf(header, pattern)) : columnNamed(name, header, wanted);
  const time = find(asked, timeNames);
  if (!time.ok) return time;
  const temperature = find(options.temperatureColumn, temperatureNames);
  if (!temperature.ok) return temperature;
  const ghi = find(options.ghiColumn, irradianceNames);
  if (!ghi.ok) return ghi;
  if (temperature.value < 0)
    return failure(
      'weather-header',
      `« ${name} » n’a pas de colonne de température extérieure reconnue parmi ${header.join(', ')}. Donnez --temperature-column.`,
      `“${name}” has no outdoor temperature column that is known among ${header.join(', ')}. Give --temperature-column.`,
      { file: name, line: Math.max(1, dialect.value.dataLine - 1) },
    );
  const table = readTable(text.value.bytes, dialect.value, {
    time: [time.value],
    required: [],
    optional: [temperature.value, ...(ghi.value < 0 ? [] : [ghi.value])],
  });
  const times = resolveTimes(name, { ...table, stampsEnd: false }, options.timezone);
  if (!times.ok) return times;
  const { zone, instantMs } = times.value;
  const ordered = orderRows(instantMs, table.columns[0]);
  if (pickRows(instantMs, ordered).length === 0)
    return failure(
      'readings-none',
      `Aucune ligne utilisable dans « ${name} » : ${table.rowsRead} lues, ${table.rejected} refusées.`,
      `No usable row in “${name}”: ${table.rowsRead} read, ${table.rejected} refused.`,
      { file: name, line: table.rejections[0]?.line ?? dialect.value.dataLine },
    );
  const pick = (values: Float64Array): Float64Array => pickRows(values, ordered);
  const temperatureName = plainName(header[temperature.value]);
  const fahrenheit = options.fahrenheit ?? /(_|temp|deg)f$|fahrenheit|^oat$/.test(temperatureName);
  const degrees = pick(table.columns[0]);
  const startMs = pick(instantMs);
  const irradiance = ghi.value < 0 ? undefined : pick(table.columns[1]);
  const warnings = [...times.value.warnings];
  if (table.rejected > 0)
    warnings.push(
      warning(
        'weather-rows-rejected',
        `${countFr(table.rejected, 'ligne de météo', 'lignes de météo')} dont la date n’est pas comprise (la première : ligne ${table.rejections[0].line}) : rien n’en est pris.`,
        `${table.rejected} weather rows whose date is not understood (the first: line ${table.rejections[0].line}) are left out.`,
        { place: { file: name, line: table.rejections[0].line } },
      ),
    );
  return ok({
    weather: {
      name,
      startMs,
      stepMs: stepOf(startMs),
      outdoorC: fahrenheit ? degrees.map((value) => ((value - 32) * 5) / 9) : degrees,
      ...(irradiance === undefined ? {} : { ghiWm2: irradiance }),
      timezone: zone.name,
    },
    warnings,
  });
};

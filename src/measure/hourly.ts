import { type Warning, warning } from '#core/message.ts';
import { failure, ok, type Result } from '#core/result.ts';
import type { HourlySeries, Readings } from '#core/series.ts';
import { openZone, type Zone } from '#core/timezone.ts';
import type { DailyWeather, HourlyWeather } from '#core/weather/weather.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** An hour stands when at least this share of it has a value; its energy is then raised in proportion. */
const LEAST_COVERAGE = 0.74;
/** Longest gap of the weather filled by a straight line, hours (opendsm keeps the same six). */
const WEATHER_GAP_HOURS = 6;

type Hours = { readonly firstMs: number; readonly count: number };

/** Energy of each hour; an interval belongs to the hour of its middle. */
const sumByHour = (
  readings: Readings,
  { firstMs, count }: Hours,
): { energy: Float64Array; partial: number } => {
  const energy = new Float64Array(count);
  const coveredMs = new Float64Array(count);
  const { startMs, endMs, energyKwh } = readings;
  for (let k = 0; k < startMs.length; k++) {
    const span = endMs[k] - startMs[k];
    if (Number.isNaN(energyKwh[k]) || span > 1.01 * HOUR_MS) continue;
    const slot = Math.floor(((startMs[k] + endMs[k]) / 2 - firstMs) / HOUR_MS);
    energy[slot] += energyKwh[k];
    coveredMs[slot] += span;
  }
  let partial = 0;
  for (let slot = 0; slot < count; slot++) {
    const coverage = coveredMs[slot] / HOUR_MS;
    if (coverage > 0.999 && coverage < 1.001) continue;
    if (coverage > 0 && coverage < 0.999) partial++;
    energy[slot] = coverage >= LEAST_COVERAGE ? energy[slot] / coverage : Number.NaN;
  }
  return { energy, partial };
};

/** Means of the samples of each hour, gaps of up to six hours filled by a straight line. */
const hourlyMeans = (
  startMs: Float64Array,
  stepMs: number,
  values: Float64Array,
  { firstMs, count }: Hours,
): Float64Array => {
  const sum = new Float64Array(count);
  const known = new Float64Array(count);
  for (let k = 0; k < values.length; k++) {
    if (Number.isNaN(values[k])) continue;
    const slot = Math.floor((startMs[k] + Math.min(stepMs, HOUR_MS) / 2 - firstMs) / HOUR_MS);
    if (slot < 0 || slot >= count) continue;
    sum[slot] += values[k];
    known[slot]++;
  }
  const means = sum.map((total, slot) => (known[slot] > 0 ? total / known[slot] : Number.NaN));
  let last = -1;
  for (let slot = 0; slot < count; slot++) {
    if (Number.isNaN(means[slot])) continue;
    const gap = slot - last - 1;
    if (last >= 0 && gap > 0 && gap <= WEATHER_GAP_HOURS)
      for (let k = 1; k <= gap; k++)
        means[last + k] = means[last] + ((means[slot] - means[last]) * k) / (gap + 1);
    last = slot;
  }
  return means;
};

const localClock = ({ firstMs, count }: Hours, zone: Zone): Pick<HourlySeries, 'localDay' | 'localHour'> => {
  const localDay = new Int32Array(count);
  const localHour = new Uint8Array(count);
  for (let slot = 0; slot < count; slot++) {
    const instant = firstMs + slot * HOUR_MS;
    const local = instant + zone.offsetMs(instant);
    const day = Math.floor(local / DAY_MS);
    localDay[slot] = day;
    localHour[slot] = Math.floor((local - day * DAY_MS) / HOUR_MS);
  }
  return { localDay, localHour };
};

/**
 * Hourly energy with the weather of each hour; readings finer than an hour are summed. An hour with less than three quarters of
 * its readings is NaN. The file's own temperature goes before the weather given. Fails with `readings-not-hourly` on coarser readings
 * and `bad-timezone`. `habitsZone` is the zone people live by where the clock of the file is another (one that stays on winter time).
 */
export const toHourly = (
  readings: Readings,
  weather?: HourlyWeather,
  habitsZone: string = readings.timezone,
): Result<{ readonly series: HourlySeries; readonly warnings: readonly Warning[] }> => {
  if (readings.resolution !== 'hourly' && readings.resolution !== 'sub-hourly')
    return failure(
      'readings-not-hourly',
      `« ${readings.name} » n’a pas de relevés horaires. Demandez --resolution daily, ou donnez des relevés horaires.`,
      `“${readings.name}” has no hourly readings. Ask for --resolution daily, or give hourly readings.`,
      { file: readings.name },
    );
  const opened = openZone(habitsZone);
  if (!opened.ok) return opened;
  const { startMs, endMs } = readings;
  // Zones off by half an hour have hours of their own; they start where the readings do.
  const zoneShift = opened.value.offsetMs(startMs[0]) % HOUR_MS;
  const firstMs = Math.floor((startMs[0] + zoneShift) / HOUR_MS) * HOUR_MS - zoneShift;
  const hours = { firstMs, count: Math.ceil((endMs[endMs.length - 1] - firstMs) / HOUR_MS) };
  const { energy, partial } = sumByHour(readings, hours);
  const own =
    readings.outdoorC === undefined ? undefined : hourlyMeans(startMs, HOUR_MS, readings.outdoorC, hours);
  const given =
    weather === undefined ? undefined : hourlyMeans(weather.startMs, weather.stepMs, weather.outdoorC, hours);
  const outdoorC = Float64Array.from({ length: hours.count }, (_, slot) => {
    const measured = own?.[slot] ?? Number.NaN;
    return Number.isNaN(measured) ? (given?.[slot] ?? Number.NaN) : measured;
  });
  const warnings =
    partial === 0
      ? []
      : [
          warning(
            'hour-incomplete',
            `${partial} heures n’ont qu’une partie de leurs relevés : complétées au prorata si les trois quarts y sont, sans valeur sinon.`,
            `${partial} hours have only a part of their readings: raised in proportion where three quarters are there, without a value otherwise.`,
            { place: { file: readings.name } },
          ),
        ];
  return ok({
    series: {
      timezone: habitsZone,
      firstHourMs: firstMs,
      energyKwh: energy,
      outdoorC,
      ...(weather?.ghiWm2 === undefined
        ? {}
        : { ghiWm2: hourlyMeans(weather.startMs, weather.stepMs, weather.ghiWm2, hours) }),
      ...localClock(hours, opened.value),
    },
    warnings,
  });
};

/**
 * Hours without a temperature of their own take the mean of their local day (°C), and it is said: the swing within the day is then
 * in the profile of the hours of the week, which knows its mean alone. The sun of a day is not spread over its hours.
 */
export const weatherOfDays = (
  series: HourlySeries,
  days: DailyWeather | undefined,
): { readonly series: HourlySeries; readonly warnings: readonly Warning[] } => {
  if (days === undefined) return { series, warnings: [] };
  let taken = 0;
  const outdoorC = series.outdoorC.map((own, i) => {
    if (Number.isFinite(own)) return own;
    const ofDay = days.outdoorC[series.localDay[i] - days.firstDay] ?? Number.NaN;
    if (Number.isFinite(ofDay)) taken++;
    return ofDay;
  });
  if (taken === 0) return { series, warnings: [] };
  return {
    series: { ...series, outdoorC },
    warnings: [
      warning(
        'temperature-of-day',
        `${taken} heures ont la température moyenne de leur jour : la météo du parc est journalière.`,
        `${taken} hours have the mean temperature of their day: the weather of the stock is daily.`,
      ),
    ],
  };
};

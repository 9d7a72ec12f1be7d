import { formatDay } from '#core/calendar.ts';
import { type Warning, warning } from '#core/message.ts';
import { failure, ok, type Result } from '#core/result.ts';
import type { DailySeries, Readings } from '#core/series.ts';
import { openZone, type Zone } from '#core/timezone.ts';
import { sliceDays } from '#core/weather/daily-weather.ts';
import type { DailyWeather } from '#core/weather/weather.ts';
import { countEn, countFr, dayEn, dayFr } from '../core/wording.ts';

const DAY_MS = 86_400_000;

/** What covers more than this says nothing of one day. */
export const severalDaysMs = 1.5 * DAY_MS;

/** A day stands when at least this share of its hours has a value; its total is then raised in proportion. */
const leastCoverage = 0.9;

/** A zero day colder than this is no day without heating (the yardsticks of the sample meters use the same bound). */
export const coldDayC = 10;

export type DailyOptions = {
  readonly weather?: DailyWeather;
  /** `missing`: runs of zeros that hold a whole cold day (any day where no temperature is known) are missing values. */
  readonly zeros?: 'missing' | 'real';
};

export type DailyReadings = { readonly series: DailySeries; readonly warnings: readonly Warning[] };

type Sums = {
  readonly energyKwh: Float64Array;
  /** Milliseconds of the day with a known value. */
  readonly coveredMs: Float64Array;
  readonly outdoorC: Float64Array | undefined;
};

type Days = { readonly zone: Zone; readonly firstDay: number; readonly count: number };

const dayLengthMs = (day: number, zone: Zone): number => {
  const midnight = (one: number): number =>
    zone.instantsOf(one * DAY_MS)[0] ?? one * DAY_MS - zone.offsetMs(one * DAY_MS);
  return midnight(day + 1) - midnight(day);
};

/** The day an interval belongs to: that of its middle, so that gas days and days written in another zone fall right. */
const dayOf = (startMs: number, endMs: number, zone: Zone): number => zone.localDay((startMs + endMs) / 2);

const sumByDay = (readings: Readings, energyKwh: Float64Array, { zone, firstDay, count }: Days): Sums => {
  const { startMs, endMs, outdoorC } = readings;
  const energy = new Float64Array(count);
  const coveredMs = new Float64Array(count);
  const temperature = outdoorC === undefined ? undefined : new Float64Array(count);
  const known = new Float64Array(count);
  for (let index = 0; index < startMs.length; index++) {
    const spanMs = endMs[index] - startMs[index];
    if (spanMs > severalDaysMs) continue;
    const slot = dayOf(startMs[index], endMs[index], zone) - firstDay;
    if (!Number.isNaN(energyKwh[index])) {
      energy[slot] += energyKwh[index];
      coveredMs[slot] += spanMs;
    }
    if (temperature !== undefined && outdoorC !== undefined && !Number.isNaN(outdoorC[index])) {
      temperature[slot] += outdoorC[index] * spanMs;
      known[slot] += spanMs;
    }
  }
  return {
    energyKwh: energy,
    coveredMs,
    outdoorC: temperature?.map((sum, slot) => (known[slot] >= DAY_MS / 2 ? sum / known[slot] : Number.NaN)),
  };
};

/** Runs of zero readings, as first and last index. */
const zeroRuns = (energyKwh: Float64Array): [number, number][] => {
  const runs: [number, number][] = [];
  for (let index = 0; index < energyKwh.length; index++) {
    if (energyKwh[index] !== 0) continue;
    let last = index;
    while (last + 1 < energyKwh.length && energyKwh[last + 1] === 0) last++;
    runs.push([index, last]);
    index = last;
  }
  return runs;
};

const withoutZeros = (
  readings: Readings,
  outdoorC: Float64Array,
  days: Days,
): { energyKwh: Float64Array; removed: number } => {
  const energyKwh = readings.energyKwh.slice();
  let removed = 0;
  for (const [first, last] of zeroRuns(readings.energyKwh)) {
    const from = dayOf(readings.startMs[first], readings.endMs[first], days.zone);
    const to = dayOf(readings.startMs[last], readings.endMs[last], days.zone);
    if (readings.endMs[last] - readings.startMs[first] < 0.95 * DAY_MS) continue;
    let cold = false;
    for (let day = from; day <= to; day++) {
      const degrees = outdoorC[day - days.firstDay];
      if (!(degrees >= coldDayC)) cold = true;
    }
    if (!cold) continue;
    energyKwh.fill(Number.NaN, first, last + 1);
    removed += last - first + 1;
  }
  return { energyKwh, removed };
};

/**
 * Daily totals in local days with the weather of each day. A day with less than 90 % of its hours is NaN; one with
 * more is raised in proportion, and counted in a warning. The file's own outdoor temperature goes before the
 * weather given. Fails with `readings-not-daily` when the readings are bills longer than a day, and `bad-timezone`.
 */
export const toDaily = (readings: Readings, options: DailyOptions = {}): Result<DailyReadings> => {
  if (readings.resolution === 'monthly' || readings.resolution === 'irregular')
    return failure(
      'readings-not-daily',
      `« ${readings.name} » a des relevés de plusieurs jours : il n’y a pas de valeurs journalières. Donnez des relevés journaliers ou horaires.`,
      `“${readings.name}” has readings of several days: there are no daily values. Give daily or hourly readings.`,
      { file: readings.name },
    );
  const opened = openZone(readings.timezone);
  if (!opened.ok) return opened;
  const zone = opened.value;
  const { startMs, endMs } = readings;
  const lastIndex = startMs.length - 1;
  const firstDay = dayOf(startMs[0], endMs[0], zone);
  const days = { zone, firstDay, count: dayOf(startMs[lastIndex], endMs[lastIndex], zone) - firstDay + 1 };
  const warnings: Warning[] = [];

  let sums = sumByDay(readings, readings.energyKwh, days);
  const weather = options.weather;
  const joined =
    weather === undefined ? undefined : sliceDays(weather.outdoorC, weather.firstDay, firstDay, days.count);
  const outdoorC = Float64Array.from({ length: days.count }, (_, slot) => {
    const own = sums.outdoorC?.[slot] ?? Number.NaN;
    return Number.isNaN(own) ? (joined?.[slot] ?? Number.NaN) : own;
  });
  if (options.zeros === 'missing') {
    const { energyKwh, removed } = withoutZeros(readings, outdoorC, days);
    if (removed > 0) {
      sums = sumByDay(readings, energyKwh, days);
      warnings.push(
        warning(
          'zeros-missing',
          `${countFr(removed, 'relevé nul', 'relevés nuls')} d’au moins un jour d’affilée par moins de ${coldDayC} °C (ou sans température connue), ${removed < 2 ? 'tenu pour manquant' : 'tenus pour manquants'}.`,
          `${countEn(removed, 'zero reading', 'zero readings')}, a day or more in a row below ${coldDayC} °C (or with no temperature known), taken as missing.`,
          { place: { file: readings.name } },
        ),
      );
    }
  }
  let [raised, dropped] = [0, 0];
  let firstDropped = Number.NaN;
  const energyKwh = sums.energyKwh.map((energy, slot) => {
    const coverage =
      sums.coveredMs[slot] /
      (readings.resolution === 'daily' ? sums.coveredMs[slot] : dayLengthMs(firstDay + slot, zone));
    if (coverage >= 0.999) return energy;
    if (coverage >= leastCoverage) {
      raised++;
      return energy / coverage;
    }
    if (coverage > 0 && dropped++ === 0) firstDropped = firstDay + slot;
    return Number.NaN;
  });
  if (raised > 0)
    warnings.push(
      warning(
        'day-completed',
        `${countFr(raised, 'jour où il manque au plus 10 % des heures est complété', 'jours où il manque au plus 10 % des heures sont complétés')} en proportion.`,
        `${countEn(raised, 'day with at most 10 % of its hours missing is', 'days with at most 10 % of their hours missing are')} raised in proportion.`,
        { place: { file: readings.name } },
      ),
    );
  if (dropped > 0)
    warnings.push(
      warning(
        'day-incomplete',
        `${countFr(dropped, 'jour où il manque plus de 10 % des heures est laissé', 'jours où il manque plus de 10 % des heures sont laissés')} sans valeur (le premier : ${dayFr(firstDropped)}).`,
        `${countEn(dropped, 'day with more than 10 % of its hours missing is', 'days with more than 10 % of their hours missing are')} left without a value (the first: ${dayEn(firstDropped)}).`,
        { ref: formatDay(firstDropped), place: { file: readings.name } },
      ),
    );
  return ok({
    series: {
      timezone: readings.timezone,
      firstDay,
      energyKwh,
      outdoorC,
      ...(weather?.ghiWm2 === undefined
        ? {}
        : { ghiWm2: sliceDays(weather.ghiWm2, weather.firstDay, firstDay, days.count) }),
    },
    warnings,
  });
};

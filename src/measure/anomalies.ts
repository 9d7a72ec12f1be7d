import { weekday } from '#core/calendar.ts';
import { type Message, message } from '#core/message.ts';
import type { DailySeries, Readings } from '#core/series.ts';
import { openZone } from '#core/timezone.ts';

/** A habit that a meter shows and that costs energy, with what it rests on. */
export type Anomaly = {
  readonly code: 'night-heating' | 'weekend-heating' | 'high-base-load';
  readonly message: Message;
  /** What was compared: 1 is “as much as when in use”. */
  readonly ratio: number;
  /** Energy a year that goes there, kWh: all of it, not what could be saved. */
  readonly energyKwhYear: number;
};

/** The heating line of the meter. */
export type HeatingLine = {
  readonly baseKwhDay: number;
  readonly slopeKwhKDay: number;
  readonly balancePointC: number;
};

/** Heating days: the line expects this much above the base, as a share of the base and the coldest tenth alike. */
const COLD_K = 3;
/** Fewest days, and nights, that a habit rests on. */
const FEWEST = 20;
/** A set-back brings nights and weekends well below this share of what working time takes. */
const AS_MUCH = 0.85;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const NIGHT = { from: 0, to: 5 };
const DAYTIME = { from: 9, to: 16 };

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const percent = (share: number): string => String(Math.round(100 * share));

/** Whether the weekends of cold days take as much heat, degree for degree, as the days between. */
const weekendHeating = (series: DailySeries, line: HeatingLine): Anomaly[] => {
  const shares: Record<'week' | 'weekend', number[]> = { week: [], weekend: [] };
  let weekendKwh = 0;
  let days = 0;
  series.energyKwh.forEach((energy, i) => {
    const kelvins = line.balancePointC - series.outdoorC[i];
    if (!Number.isFinite(energy) || !Number.isFinite(kelvins)) return;
    days++;
    const isWeekend = weekday(series.firstDay + i) >= 5;
    const heat = Math.max(0, energy - line.baseKwhDay);
    if (isWeekend && kelvins > 0) weekendKwh += heat;
    if (kelvins < COLD_K) return;
    shares[isWeekend ? 'weekend' : 'week'].push(heat / kelvins);
  });
  const { week, weekend } = shares;
  if (week.length < FEWEST || weekend.length < FEWEST || !(meanOf(week) > 0)) return [];
  const ratio = meanOf(weekend) / meanOf(week);
  if (ratio < AS_MUCH) return [];
  return [
    {
      code: 'weekend-heating',
      ratio,
      energyKwhYear: (weekendKwh * 365.25) / days,
      message: message(
        `Chauffe le week-end autant qu’en semaine : ${percent(ratio)} % de la chaleur d’un jour ouvré par degré de froid, sur ${weekend.length} jours de week-end froids. Normal s’il est alors ouvert.`,
        `Heats as much at weekends as on working days: ${percent(ratio)} % of a working day’s heat per degree of cold, over ${weekend.length} cold weekend days. To be expected if it is open then.`,
      ),
    },
  ];
};

/** Whether the nights of cold days take as much power as the middle of the day; hours or finer alone tell. */
const nightHeating = (readings: Readings, series: DailySeries, line: HeatingLine): Anomaly[] => {
  const zone = openZone(readings.timezone);
  if (!zone.ok || (readings.resolution !== 'hourly' && readings.resolution !== 'sub-hourly')) return [];
  const { startMs, endMs, energyKwh } = readings;
  const sums = { night: 0, nightHours: 0, day: 0, dayHours: 0 };
  const nights = new Set<number>();
  const firstMs = series.firstDay * DAY_MS;
  for (let k = 0; k < startMs.length; k++) {
    const hours = (endMs[k] - startMs[k]) / HOUR_MS;
    if (!Number.isFinite(energyKwh[k]) || hours > 1.01 || startMs[k] < firstMs - DAY_MS) continue;
    const day = zone.value.localDay(startMs[k]);
    const slot = day - series.firstDay;
    const kelvins = line.balancePointC - (series.outdoorC[slot] ?? Number.NaN);
    if (!(kelvins >= COLD_K) || weekday(day) >= 5) continue;
    const hour = (startMs[k] + zone.value.offsetMs(startMs[k]) - day * DAY_MS) / HOUR_MS;
    if (hour >= NIGHT.from && hour < NIGHT.to) {
      sums.night += energyKwh[k];
      sums.nightHours += hours;
      nights.add(day);
    } else if (hour >= DAYTIME.from && hour < DAYTIME.to) {
      sums.day += energyKwh[k];
      sums.dayHours += hours;
    }
  }
  if (nights.size < FEWEST || sums.dayHours === 0 || !(sums.day > 0)) return [];
  const base = line.baseKwhDay / 24;
  const [night, day] = [sums.night / sums.nightHours - base, sums.day / sums.dayHours - base];
  if (!(day > 0) || night / day < AS_MUCH) return [];
  const coldNights = nights.size / (series.energyKwh.length / 365.25);
  return [
    {
      code: 'night-heating',
      ratio: night / day,
      energyKwhYear: night * (NIGHT.to - NIGHT.from) * coldNights,
      message: message(
        `Chauffe la nuit comme le jour : de minuit à 5 h, ${percent(night / day)} % de la puissance de 9 h à 16 h, sur ${nights.size} nuits froides de semaine.`,
        `Heats by night as by day: from midnight to 5, ${percent(night / day)} % of the power from 9 to 16, over ${nights.size} cold weeknights.`,
      ),
    },
  ];
};

/**
 * Habits of a building that is not lived in, as its meter shows them on cold days, above its base load: heating at weekends and at night
 * as when in use. Nothing is said of fewer than twenty such days, nor of nights without hourly readings.
 */
export const heatingHabits = (series: DailySeries, line: HeatingLine, readings?: Readings): Anomaly[] =>
  line.slopeKwhKDay > 0
    ? [
        ...weekendHeating(series, line),
        ...(readings === undefined ? [] : nightHeating(readings, series, line)),
      ]
    : [];

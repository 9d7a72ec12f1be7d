import { message } from '#core/message.ts';
import type { Readings } from '#core/series.ts';
import type { Zone } from '#core/timezone.ts';
import type { Finding } from './quality-types.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Days of gas run from 06:00 (they are no defect). */
const gasDayHour = 6;
/** Share of the days that must begin at the same hour. */
const mostDays = 0.9;

const action = message(
  'Demandez le fuseau de l’export ; donnez-le (--timezone) pour que les jours de la météo soient ceux des relevés.',
  'Ask for the time zone of the export; give it (--timezone) so that the days of the weather are those of the readings.',
);

const clock = (hour: number): string =>
  `${String(Math.floor(hour)).padStart(2, '0')}:${String(Math.round((hour % 1) * 60)).padStart(2, '0')}`;

/** Hours of the day, local and UTC, at which the days begin, most frequent first. */
const beginnings = (startMs: Float64Array, offsetMs: (instant: number) => number): [number, number][] => {
  const counts = new Map<number, number>();
  for (const start of startMs) {
    const hour = ((((start + offsetMs(start)) % DAY_MS) + DAY_MS) % DAY_MS) / HOUR_MS;
    counts.set(hour, (counts.get(hour) ?? 0) + 1);
  }
  return [...counts].sort((left, right) => right[1] - left[1]);
};

/**
 * Days that are not those of the place: a file whose clock keeps winter time or UTC all year (its reader says so), or
 * daily readings that do not begin at local midnight (nor at 06:00, the gas day).
 */
export const findForeignDays = (readings: Readings, zone: Zone): Finding[] => {
  const { startMs, endMs, resolution, warnings } = readings;
  if (startMs.length === 0) return [];
  const span = { from: zone.localDay(startMs[0]), to: zone.localDay(endMs[endMs.length - 1] - 1) };
  const kept = warnings.find(({ code }) => code === 'clock-without-summer-time');
  if (kept !== undefined) return [{ code: 'clock-shift', ...span, message: kept.message, action }];
  if (resolution !== 'daily') return [];
  const local = beginnings(startMs, zone.offsetMs);
  const [usual] = local;
  if (usual === undefined || usual[0] === 0 || usual[0] === gasDayHour) return [];
  const [fixed] = beginnings(startMs, () => 0);
  if (fixed === undefined || Math.max(fixed[1], usual[1]) < mostDays * startMs.length) return [];
  const hours = local
    .slice(0, 2)
    .map(([hour]) => hour)
    .sort((left, right) => left - right);
  const isUtc = fixed[0] === 0;
  const shown = hours.map(clock);
  return [
    {
      code: 'clock-shift',
      ...span,
      ratio: usual[0],
      message: message(
        `Les jours commencent à ${shown.join(' ou ')}, heure locale (${zone.name})${isUtc ? ' : ce sont des jours UTC' : ''}.`,
        `The days begin at ${shown.join(' or ')} local time (${zone.name})${isUtc ? ': they are UTC days' : ''}.`,
      ),
      action,
    },
  ];
};

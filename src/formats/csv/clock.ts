import { type Warning, warning } from '#core/message.ts';
import { ok, type Result } from '#core/result.ts';
import { openZone, type Zone } from '#core/timezone.ts';
import { noOffset } from './stamp.ts';
import { countEn, countFr } from '../../core/wording.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

/** The zone used where neither the file nor the caller names one. */
const defaultTimezone = 'Europe/Paris';

/** Times as written, and what else decides how they are read. */
type WrittenTimes = {
  readonly localMs: Float64Array;
  readonly offsetMin: Int16Array;
  readonly dateOnly: boolean;
  readonly stampsEnd: boolean;
  /** Instant of the row before the first, where these rows go on from others. */
  readonly afterMs?: number;
};

type ResolvedTimes = {
  readonly zone: Zone;
  /** Instants in file order; NaN for an hour that does not exist in the zone. */
  readonly instantMs: Float64Array;
  readonly warnings: readonly Warning[];
};

const fixedZoneName = (offsetMin: number): string => {
  if (offsetMin === 0) return 'UTC';
  // POSIX signs: Etc/GMT-1 is one hour east of Greenwich.
  if (offsetMin % 60 === 0) return `Etc/GMT${offsetMin > 0 ? '-' : '+'}${Math.abs(offsetMin) / 60}`;
  const minutes = Math.abs(offsetMin);
  const two = (figure: number): string => String(figure).padStart(2, '0');
  return `${offsetMin > 0 ? '+' : '-'}${two(Math.trunc(minutes / 60))}:${two(minutes % 60)}`;
};

/** Zones tried, in this order, for a file whose times carry offsets that change with the season. */
const usualZones = [
  defaultTimezone,
  'Europe/London',
  'Europe/Helsinki',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Halifax',
  'Australia/Sydney',
];

const agrees = (times: WrittenTimes, zone: Zone): boolean => {
  const { localMs, offsetMin } = times;
  for (let index = 0; index < localMs.length; index++) {
    const offset = offsetMin[index];
    if (offset !== noOffset && zone.offsetMs(localMs[index] - offset * MINUTE_MS) !== offset * MINUTE_MS)
      return false;
  }
  return true;
};

/** The zone that stated offsets betray: a usual one they all agree with, else the fixed zone of the first of them. */
const zoneFromOffsets = (times: WrittenTimes): Result<Zone> => {
  for (const name of usualZones) {
    const zone = openZone(name);
    if (!zone.ok || agrees(times, zone.value)) return zone;
  }
  return openZone(fixedZoneName(times.offsetMin.find((offset) => offset !== noOffset) ?? 0));
};

type ClockSigns = { readonly skipped: number; readonly nights: number; readonly repeated: number };

/** Rows in hours that spring leaves out, the nights they fall in, and local times that autumn really gives twice. */
const clockSigns = (times: WrittenTimes, zone: Zone): ClockSigns => {
  const { localMs, offsetMin } = times;
  const nights = new Set<number>();
  const ambiguous = new Set<number>();
  let [skipped, repeated, cachedDay, changes] = [0, 0, Number.NaN, false];
  for (let index = 0; index < localMs.length; index++) {
    if (offsetMin[index] !== noOffset) continue;
    const local = localMs[index];
    const day = Math.floor(local / DAY_MS);
    if (day !== cachedDay) {
      cachedDay = day;
      changes = zone.offsetMs((day - 1) * DAY_MS) !== zone.offsetMs((day + 2) * DAY_MS);
    }
    if (!changes) continue;
    const meanings = zone.instantsOf(local).length;
    if (meanings === 2) {
      if (ambiguous.has(local)) repeated++;
      ambiguous.add(local);
    }
    // The end of the last hour of winter is written 02:00 as often as 03:00: no sign of another clock.
    if (meanings > 0 || (times.stampsEnd && zone.instantsOf(local - 1).length > 0)) continue;
    skipped++;
    nights.add(day);
  }
  return { skipped, nights: nights.size, repeated };
};

const mostlyFalls = (localMs: Float64Array): boolean => {
  let balance = 0;
  for (let index = 1; index < localMs.length; index++)
    balance += localMs[index] < localMs[index - 1] ? 1 : -1;
  return balance > 0;
};

/** Instants, written over the local times: a file's worth of them is not held twice. */
const resolve = (times: WrittenTimes, zone: Zone): Float64Array => {
  const { localMs, offsetMin } = times;
  const length = localMs.length;
  // A file in falling order meets the second passage of the autumn hour first: walk it from its end.
  const falling = mostlyFalls(localMs);
  let previous = falling ? Number.NEGATIVE_INFINITY : (times.afterMs ?? Number.NEGATIVE_INFINITY);
  let [cachedDay, dayOffset] = [Number.NaN, Number.NaN];
  for (let step = 0; step < length; step++) {
    const index = falling ? length - 1 - step : step;
    const local = localMs[index];
    const stated = offsetMin[index];
    let instant: number;
    if (stated !== noOffset) instant = local - stated * MINUTE_MS;
    else {
      const day = Math.floor(local / DAY_MS);
      if (day !== cachedDay) {
        cachedDay = day;
        const before = zone.offsetMs((day - 1) * DAY_MS);
        dayOffset = before === zone.offsetMs((day + 2) * DAY_MS) ? before : Number.NaN;
      }
      if (Number.isNaN(dayOffset)) {
        const [first, second] = zone.instantsOf(local);
        if (first === undefined)
          instant = times.dateOnly || times.stampsEnd ? local - zone.offsetMs(local - DAY_MS) : Number.NaN;
        else instant = second !== undefined && previous >= first ? second : first;
      } else instant = local - dayOffset;
    }
    localMs[index] = instant;
    if (!Number.isNaN(instant)) previous = instant;
  }
  return localMs;
};

/**
 * Turns times as written into instants. Without a named zone, the file's own constant offset is used, else
 * Europe/Paris, and said. A file that has the hours spring leaves out keeps winter time all year and is read so. In the repeated
 * hour of autumn the rows are taken in their order. The instants take the place of `localMs`. Fails with `bad-timezone`.
 */
export const resolveTimes = (
  name: string,
  times: WrittenTimes,
  asked: string | undefined,
): Result<ResolvedTimes> => {
  const opened = openZone(asked ?? defaultTimezone);
  if (!opened.ok) return opened;
  const warnings: Warning[] = [];
  let zone = opened.value;
  const anyStated = times.offsetMin.some((offset) => offset !== noOffset);
  if (asked === undefined && anyStated) {
    const found = zoneFromOffsets(times);
    if (!found.ok) return found;
    zone = found.value;
  }
  if (asked === undefined && !times.dateOnly && (!anyStated || zone.name !== defaultTimezone))
    warnings.push(
      warning(
        'timezone-assumed',
        `Aucun fuseau indiqué : ${zone.name} est pris${anyStated ? ', d’après le décalage écrit dans le fichier' : ''}. Donnez --timezone pour un autre.`,
        `No time zone given: ${zone.name} is taken${anyStated ? ', after the offset written in the file' : ''}. Give --timezone for another.`,
        { ref: zone.name, place: { file: name } },
      ),
    );
  if (!times.dateOnly) {
    const { skipped, nights, repeated } = clockSigns(times, zone);
    if (skipped > 0 && repeated === 0) {
      const year = new Date(times.localMs[0]).getUTCFullYear();
      const winter = Math.min(zone.offsetMs(Date.UTC(year, 0, 1)), zone.offsetMs(Date.UTC(year, 6, 1)));
      const fixed = openZone(fixedZoneName(Math.round(winter / MINUTE_MS)));
      if (!fixed.ok) throw new Error(`No zone for a fixed offset of ${winter} ms`);
      warnings.push(
        warning(
          'clock-without-summer-time',
          `Le fichier a ${countFr(skipped, 'relevé', 'relevés')} dans l’heure que le passage à l’heure d’été saute (${countFr(nights, 'nuit', 'nuits')}) : son horloge reste à l’heure d’hiver. Les jours sont comptés en ${fixed.value.name}.`,
          `The file has ${countEn(skipped, 'reading', 'readings')} in the hour that the start of summer time leaves out (${countEn(nights, 'night', 'nights')}): its clock stays on winter time. Days are counted in ${fixed.value.name}.`,
          { ref: fixed.value.name, place: { file: name } },
        ),
      );
      zone = fixed.value;
    }
  }
  return ok({ zone, instantMs: resolve(times, zone), warnings });
};

import { failure, ok, type Result } from './result.ts';

const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;

/** Civil time of one IANA zone. Instants in UTC milliseconds; local times as if they were UTC milliseconds. */
export type Zone = {
  readonly name: string;
  readonly offsetMs: (instantMs: number) => number;
  /** Days since 1970-01-01 of the local date. */
  readonly localDay: (instantMs: number) => number;
  /**
   * The instants a local time may mean: one ordinarily, two in the repeated hour of autumn (summer time first), none
   * in the hour that spring leaves out.
   */
  readonly instantsOf: (localMs: number) => readonly number[];
};

const zones = new Map<string, Zone>();

/** Opens a zone. Fails with `bad-timezone` when the name is not one of the IANA database. */
export const openZone = (name: string): Result<Zone> => {
  const open = zones.get(name);
  if (open !== undefined) return ok(open);
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return failure(
      'bad-timezone',
      `Le fuseau horaire « ${name} » est inconnu. Donnez un nom comme Europe/Paris.`,
      `The time zone “${name}” is unknown. Give a name such as Europe/Paris.`,
    );
  }
  const zone = zoneOf(name, format);
  zones.set(name, zone);
  return ok(zone);
};

const zoneOf = (name: string, format: Intl.DateTimeFormat): Zone => {
  const ask = (instantMs: number): number => {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(instantMs)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instantMs / 1000) * 1000;
  };
  // Formatting costs microseconds; a day without a change needs it once, a day with one once a quarter of an hour.
  const byDay = new Map<number, number | Map<number, number>>();
  const offsetMs = (instantMs: number): number => {
    const day = Math.floor(instantMs / DAY_MS);
    let known = byDay.get(day);
    if (known === undefined) {
      const first = ask(day * DAY_MS);
      known = first === ask((day + 1) * DAY_MS) ? first : new Map<number, number>();
      byDay.set(day, known);
    }
    if (typeof known === 'number') return known;
    const quarter = Math.floor(instantMs / QUARTER_MS);
    let offset = known.get(quarter);
    if (offset === undefined) {
      offset = ask(quarter * QUARTER_MS);
      known.set(quarter, offset);
    }
    return offset;
  };
  return {
    name,
    offsetMs,
    localDay: (instantMs) => Math.floor((instantMs + offsetMs(instantMs)) / DAY_MS),
    instantsOf: (localMs) => {
      const offsets = [...new Set([offsetMs(localMs - DAY_MS), offsetMs(localMs + DAY_MS)])];
      return offsets
        .map((offset) => localMs - offset)
        .filter((instant) => instant + offsetMs(instant) === localMs)
        .sort((left, right) => left - right);
    },
  };
};

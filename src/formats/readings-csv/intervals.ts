import type { Readings } from '#core/series.ts';
import type { Zone } from '#core/timezone.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export type Resolution = Readings['resolution'];

/** The usual distance between rows, ms, and the name of it. */
export type Pace = { readonly stepMs: number; readonly resolution: Resolution };

const nameOf = (stepMs: number): Resolution => {
  if (stepMs < 59.5 * MINUTE_MS) return 'sub-hourly';
  if (stepMs <= 12 * HOUR_MS) return 'hourly';
  if (stepMs > 22 * HOUR_MS && stepMs < 26 * HOUR_MS) return 'daily';
  return stepMs >= 27 * DAY_MS && stepMs <= 33 * DAY_MS ? 'monthly' : 'irregular';
};

/** The most frequent distance between rows where half the rows or more keep it, else their median. */
export const paceOf = (instantMs: Float64Array): Pace => {
  const counts = new Map<number, number>();
  // Steps repeat for hundreds of rows: the map is asked once a run.
  let [runMs, run] = [Number.NaN, 0];
  const endRun = (): void => {
    const step = Math.round(runMs / MINUTE_MS);
    if (run > 0) counts.set(step, (counts.get(step) ?? 0) + run);
  };
  for (let index = 1; index < instantMs.length; index++) {
    const stepMs = instantMs[index] - instantMs[index - 1];
    if (stepMs === runMs) run++;
    else {
      endRun();
      [runMs, run] = [stepMs, 1];
    }
  }
  endRun();
  const sorted = [...counts].sort(([left], [right]) => left - right);
  if (sorted.length === 0) return { stepMs: DAY_MS, resolution: 'irregular' };
  const total = instantMs.length - 1;
  const [modal, often] = sorted.reduce((best, one) => (one[1] > best[1] ? one : best));
  let middle = modal;
  if (often * 2 < total) {
    let seen = 0;
    for (const [step, count] of sorted) {
      seen += count;
      if (seen * 2 >= total) {
        middle = step;
        break;
      }
    }
  }
  const stepMs = middle * MINUTE_MS;
  return { stepMs, resolution: nameOf(stepMs) };
};

/** The same clock time a number of days or months later (or earlier), as an instant. */
const shift = (instantMs: number, zone: Zone, days: number, months: number): number => {
  const local = new Date(instantMs + zone.offsetMs(instantMs));
  if (months !== 0) {
    // The end of the month stays the end of the month: a month after 31 January is 28 February.
    const day = local.getUTCDate();
    local.setUTCDate(1);
    local.setUTCMonth(local.getUTCMonth() + months);
    const last = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 0)).getUTCDate();
    local.setUTCDate(Math.min(day, last));
  }
  const localMs = local.getTime() + days * DAY_MS;
  return zone.instantsOf(localMs)[0] ?? localMs - zone.offsetMs(localMs - DAY_MS);
};

/** One pace later (`+1`) or earlier (`-1`): a local day is 23 to 25 hours, a month 28 to 31 days. */
const onePace = (instantMs: number, pace: Pace, zone: Zone, direction: 1 | -1): number => {
  if (pace.resolution === 'daily') return shift(instantMs, zone, direction, 0);
  if (pace.resolution === 'monthly') return shift(instantMs, zone, 0, direction);
  return instantMs + direction * pace.stepMs;
};

/** Bounds of each interval from the instants at its start (or its end), none longer than one pace where the pace is regular. */
export const boundsOf = (
  instantMs: Float64Array,
  pace: Pace,
  zone: Zone,
  stampsEnd: boolean,
): { startMs: Float64Array; endMs: Float64Array } => {
  const length = instantMs.length;
  const other = new Float64Array(length);
  for (let index = 0; index < length; index++) {
    const here = instantMs[index];
    const direction = stampsEnd ? -1 : 1;
    const neighbour = instantMs[index + direction];
    const regular = onePace(here, pace, zone, direction);
    if (neighbour === undefined) other[index] = regular;
    // Bills follow each other: the next begins where this one ends, however long it was.
    else if (pace.resolution === 'irregular') other[index] = neighbour;
    else if (pace.resolution === 'monthly')
      other[index] = Math.abs(neighbour - here) < 45 * DAY_MS ? neighbour : regular;
    else other[index] = stampsEnd ? Math.max(neighbour, regular) : Math.min(neighbour, regular);
  }
  return stampsEnd ? { startMs: other, endMs: instantMs } : { startMs: instantMs, endMs: other };
};

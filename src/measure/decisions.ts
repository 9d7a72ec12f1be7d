import { type DayRange, formatRange } from '#core/calendar.ts';
import { type Warning, warning } from '#core/message.ts';
import type { Zone } from '#core/timezone.ts';

/** What a person decided about the readings of some local days (both included), and who. */
export type DecidedDays = DayRange & {
  readonly id: number;
  readonly action: 'keep' | 'exclude' | 'correct';
  /** What `correct` multiplies the readings by. */
  readonly factor?: number;
  readonly by: string;
};

export type Decided = {
  /** kWh as decided: NaN where excluded. */
  readonly energyKwh: Float64Array;
  /** Local days that a person has confirmed: neither their zeros nor their extremes are doubted again. */
  readonly confirmedDays: ReadonlySet<number>;
  readonly warnings: readonly Warning[];
};

const told = (one: DecidedDays, readings: number): Warning => {
  const days = formatRange(one);
  const about = { ref: formatRange(one).slice(0, 10) };
  if (one.action === 'keep')
    return warning(
      'decision-kept',
      `Les ${readings} relevés du ${days} sont gardés tels quels (décision n° ${one.id}, ${one.by}).`,
      `The ${readings} readings of ${days} are kept as they are (decision no. ${one.id}, ${one.by}).`,
      about,
    );
  if (one.action === 'exclude')
    return warning(
      'decision-excluded',
      `Les ${readings} relevés du ${days} sont exclus des calculs (décision n° ${one.id}, ${one.by}).`,
      `The ${readings} readings of ${days} are left out of the computations (decision no. ${one.id}, ${one.by}).`,
      about,
    );
  return warning(
    'decision-corrected',
    `Les ${readings} relevés du ${days} sont multipliés par ${one.factor} (décision n° ${one.id}, ${one.by}).`,
    `The ${readings} readings of ${days} are multiplied by ${one.factor} (decision no. ${one.id}, ${one.by}).`,
    about,
  );
};

/**
 * Reads a series as people have decided, the latest decision of a day over the earlier ones; the readings given are
 * not touched. A reading belongs to the local day of its middle. Each decision is told in a warning.
 */
export const applyDecisions = (
  readings: {
    readonly startMs: Float64Array;
    readonly endMs: Float64Array;
    readonly energyKwh: Float64Array;
  },
  decisions: readonly DecidedDays[],
  zone: Zone,
): Decided => {
  const energyKwh = readings.energyKwh.slice();
  const confirmedDays = new Set<number>();
  if (decisions.length === 0) return { energyKwh, confirmedDays, warnings: [] };
  const counts = decisions.map(() => 0);
  for (let index = 0; index < energyKwh.length; index++) {
    const day = zone.localDay((readings.startMs[index] + readings.endMs[index]) / 2);
    const at = decisions.findLastIndex(({ from, to }) => day >= from && day <= to);
    const decision = decisions[at];
    if (decision === undefined) continue;
    counts[at]++;
    if (decision.action === 'exclude') energyKwh[index] = Number.NaN;
    else {
      confirmedDays.add(day);
      if (decision.factor !== undefined) energyKwh[index] *= decision.factor;
    }
  }
  return { energyKwh, confirmedDays, warnings: decisions.map((one, at) => told(one, counts[at])) };
};

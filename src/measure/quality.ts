import { formatDay, parseDay } from '#core/calendar.ts';
import { type Language, message, type Warning } from '#core/message.ts';
import type { DailySeries, Readings } from '#core/series.ts';
import { openZone } from '#core/timezone.ts';
import { findClockShifts } from './quality-clock.ts';
import { findForeignDays } from './quality-days.ts';
import { findEstimated } from './quality-estimated.ts';
import { findOverlaps } from './quality-overlap.ts';
import { findImpossible, type PossibleUse } from './quality-possible.ts';
import { findFrozen, findGaps, findZeroRuns } from './quality-runs.ts';
import { findSpikes } from './quality-spikes.ts';
import type { Finding, FindingCode } from './quality-types.ts';
import { findUnitBreaks } from './quality-unit-break.ts';

/** What the reader of the file already met, as findings: its warnings name the day in `ref`. */
const fromWarnings: Readonly<Record<string, FindingCode>> = {
  'meter-reset': 'reset',
  duplicate: 'duplicate',
  'duplicate-conflict': 'duplicate',
};

const actions: Readonly<Record<'reset' | 'duplicate', Finding['action']>> = {
  reset: message(
    'Retrouvez l’index de dépose et de pose, et saisissez l’énergie de l’intervalle.',
    'Find the closing and opening registers, and enter the energy of the interval.',
  ),
  duplicate: message(
    'Vérifiez l’export : un fichier a pu être collé deux fois.',
    'Check the export: a file may have been pasted twice.',
  ),
};

const told = (one: Warning): Finding[] => {
  const code = fromWarnings[one.code];
  const day = parseDay(one.ref ?? '');
  if (code === undefined || day === undefined) return [];
  return [
    {
      code,
      from: day,
      to: day,
      message: one.message,
      action: actions[code === 'reset' ? 'reset' : 'duplicate'],
    },
  ];
};

/**
 * The defects of a series: unit breaks, zeros that mean missing, gaps, spikes, frozen values, resets, clock shifts and
 * duplicates (the same time counted twice among them), by date. Nothing is repaired: each finding has a sentence and what to do. `daily` is `toDaily` of the same
 * readings, with the weather where it is known; without it (bills) only gaps, resets, duplicates and estimated reads are
 * looked for. `possible` is what the building of the meter can take at most (`possibleUse`), where a twin is known.
 */
export const qualityFindings = (
  readings: Readings,
  daily: DailySeries | undefined,
  possible?: PossibleUse,
): Finding[] => {
  const zone = openZone(readings.timezone);
  if (!zone.ok) throw new Error(`Readings in an unknown zone: ${readings.timezone}`);
  return [
    ...readings.warnings.flatMap(told),
    ...findForeignDays(readings, zone.value),
    ...findOverlaps(readings, zone.value),
    ...findEstimated(readings, zone.value),
    ...findGaps(readings, zone.value),
    ...findFrozen(readings, zone.value),
    ...findSpikes(readings, zone.value),
    ...findClockShifts(readings, zone.value),
    ...(daily === undefined ? [] : [...findUnitBreaks(daily), ...findZeroRuns(daily)]),
    ...(daily === undefined || possible === undefined ? [] : findImpossible(daily, possible)),
  ].sort((left, right) => left.from - right.from || left.to - right.to);
};

export type QualityJson = {
  readonly schema: 'stacoptim.quality/1';
  readonly findings: readonly {
    readonly code: FindingCode;
    readonly from: string;
    readonly to: string;
    readonly ratio: number | null;
    readonly message: string;
    readonly action: string;
  }[];
};

/** The findings as printed and served, in one language. */
export const qualityJson = (findings: readonly Finding[], language: Language): QualityJson => ({
  schema: 'stacoptim.quality/1',
  findings: findings.map(({ code, from, to, ratio, message: sentence, action }) => ({
    code,
    from: formatDay(from),
    to: formatDay(to),
    ratio: ratio ?? null,
    message: sentence[language],
    action: action[language],
  })),
});

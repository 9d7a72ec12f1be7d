import { type Readings, readingFlag } from '#core/series.ts';
import { openZone } from '#core/timezone.ts';
import type { Finding, FindingCode } from './quality-types.ts';

/** What a finding writes on the readings of its days; a gap has no reading. */
export const flagBits: Readonly<Record<FindingCode, number>> = {
  'unit-break': readingFlag.unitBreak,
  'zero-as-missing': readingFlag.zeroAsMissing,
  gap: 0,
  spike: readingFlag.spike,
  frozen: readingFlag.frozen,
  reset: readingFlag.reset,
  'clock-shift': readingFlag.clockShift,
  duplicate: readingFlag.duplicate,
  estimated: readingFlag.estimated,
  impossible: readingFlag.impossible,
};

/**
 * The flags of each reading: those of its source and those of the findings whose local days it falls in. A zero flag
 * stands on zeros alone, a spike on the highest or a negative reading of its day; after a change of unit every later
 * reading carries its flag until the next change.
 */
export const flagReadings = (readings: Readings, findings: readonly Finding[]): Uint16Array => {
  const zone = openZone(readings.timezone);
  if (!zone.ok) throw new Error(`Readings in an unknown zone: ${readings.timezone}`);
  const { startMs, endMs, energyKwh } = readings;
  const flags = readings.flags?.slice() ?? new Uint16Array(startMs.length);
  const days = Int32Array.from(startMs, (start, index) => zone.value.localDay((start + endMs[index]) / 2));
  const breaks = findings.filter(({ code }) => code === 'unit-break');
  for (let index = 0; index < flags.length; index++)
    // Two changes that follow each other: the second may lead back, so their parity is what is told.
    if (breaks.filter(({ from }) => from <= days[index]).length % 2 === 1)
      flags[index] |= readingFlag.unitBreak;
  for (const { code, from, to } of findings) {
    if (code === 'gap' || code === 'unit-break') continue;
    const inside: number[] = [];
    for (let index = 0; index < days.length; index++)
      if (days[index] >= from && days[index] <= to) inside.push(index);
    const highest = inside.reduce(
      (best, one) => (energyKwh[one] > (energyKwh[best] ?? Number.NEGATIVE_INFINITY) ? one : best),
      -1,
    );
    for (const index of inside) {
      if (code === 'zero-as-missing' && energyKwh[index] !== 0) continue;
      if (code === 'spike' && index !== highest && !(energyKwh[index] < 0)) continue;
      flags[index] |= flagBits[code];
    }
  }
  return flags;
};

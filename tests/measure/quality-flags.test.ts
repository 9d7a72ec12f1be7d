import { describe, expect, it } from 'vitest';
import { parseDay } from '#core/calendar.ts';
import { type Readings, readingFlag } from '#core/series.ts';
import { flagReadings, type PossibleUse, possibleUse, qualityFindings, toDaily } from '#measure/index.ts';
import { sampleTwin } from '../support/sample-twin.ts';
import { valueOf } from '../support/readings.ts';

const DAY_MS = 86_400_000;
const firstDay = parseDay('2024-01-01') ?? 0;

const daily = (kwh: readonly number[], more: Partial<Readings> = {}): Readings => ({
  name: 'm',
  timezone: 'UTC',
  resolution: 'daily',
  startMs: Float64Array.from(kwh, (_, index) => (firstDay + index) * DAY_MS),
  endMs: Float64Array.from(kwh, (_, index) => (firstDay + index + 1) * DAY_MS),
  energyKwh: Float64Array.from(kwh),
  rowsRead: kwh.length,
  rowsRejected: 0,
  warnings: [],
  ...more,
});

const wave = (count: number): number[] => Array.from({ length: count }, (_, index) => 50 + (index % 7));

describe('estimated reads', () => {
  it('are told by runs, with their energy', () => {
    const bills = daily([100, 200, 300, 400], { resolution: 'irregular', flags: Uint16Array.of(0, 1, 1, 0) });
    const found = qualityFindings(bills, undefined).filter(({ code }) => code === 'estimated');
    expect(found.map(({ from, to }) => [from - firstDay, to - firstDay])).toEqual([[1, 2]]);
    expect(found[0]?.message.en).toContain('500.0 kWh');
  });
});

describe('readings beyond the building', () => {
  const possible: PossibleUse = { lossKwhK: 10, insideC: 26, otherKwh: 40 };

  it('are told by runs, with the largest possible of that day', () => {
    const readings = daily([100, 300, 500, 100], { outdoorC: Float64Array.of(6, 6, 6, 6) });
    const series = valueOf(toDaily(readings)).series;
    const found = qualityFindings(readings, series, possible).filter(({ code }) => code === 'impossible');
    // 10·(26 − 6) + 40 = 240 kWh.
    expect(found.map(({ from, to, ratio }) => [from - firstDay, to - firstDay, ratio])).toEqual([
      [1, 2, 500 / 240],
    ]);
  });

  it('are wide: a cold day of the sample building at its own loss and efficiency is possible, a unit of MWh is not', () => {
    const twin = sampleTwin('b');
    const limit = possibleUse(twin);
    const coldDay =
      (24 * twin.heatLoss.value * (twin.setPointC.value + 10)) / (1000 * twin.system.efficiency.value) +
      twin.baseLoadKwhDay.value;
    const readings = daily([coldDay, coldDay * 1000], { outdoorC: Float64Array.of(-10, -10) });
    const found = qualityFindings(readings, valueOf(toDaily(readings)).series, limit);
    expect(found.filter(({ code }) => code === 'impossible').map(({ from }) => from - firstDay)).toEqual([1]);
  });
});

describe('the flags of each reading', () => {
  it('carry the findings of their day, a zero only on zeros, a spike only on the reading that stands out', () => {
    const kwh = wave(60);
    kwh[10] = 2000;
    kwh[20] = 0;
    const readings = daily(kwh, { flags: Uint16Array.from(kwh, (_, index) => (index === 5 ? 1 : 0)) });
    const findings = qualityFindings(readings, valueOf(toDaily(readings)).series);
    const flags = flagReadings(readings, findings);
    expect(flags[5]).toBe(readingFlag.estimated);
    expect(flags[10]).toBe(readingFlag.spike);
    expect(flags[20]).toBe(readingFlag.zeroAsMissing);
    expect(flags.filter((one) => one !== 0).length).toBe(3);
    expect(readings.flags?.[10]).toBe(0);
  });
});

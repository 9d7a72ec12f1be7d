import { describe, expect, it } from 'vitest';
import { weekday } from '#core/calendar.ts';
import { cpuEnergyJ } from '#core/ledger.ts';
import type { DailySeries } from '#core/series.ts';
import { expectedDays, findFaults, fitModel, modelRecord } from '#measure/index.ts';
import { type MeterTruth, plainTruth, simulatedMeter } from '../../scripts/validate/simulated-meter.ts';

const truth: MeterTruth = { ...plainTruth, weekend: 0.7 };
const series = simulatedMeter(truth, { years: 2, seed: 9 });
const { firstDay } = series;
/** Learnt on the first 270 days and the winter before them is not known: the year from day 0 to 364 is. */
const fitted = fitModel(series, { baseline: { from: firstDay, to: firstDay + 364 }, holidays: 'none' });
if (!fitted.ok) throw new Error(fitted.error.code);
const record = modelRecord(fitted.value, {
  dataHash: '',
  readings: '',
  version: '',
  ledger: { work: '', wallMs: 0, cpuMs: 0, peakRssMb: 0, energyJ: cpuEnergyJ(0) },
});

const heating = (i: number): number => truth.slope * Math.max(0, truth.balanceC - series.outdoorC[i]);
const faultsOn = (slot: number, extra: (i: number) => number) => {
  const changed: DailySeries = { ...series, energyKwh: series.energyKwh.map((value, i) => value + extra(i)) };
  const days = expectedDays(record, changed, { from: firstDay + 365, to: firstDay + slot }) ?? [];
  return findFaults(record, days) ?? [];
};
const codes = (slot: number, extra: (i: number) => number): string[] =>
  faultsOn(slot, extra).map(({ code }) => code);

describe('what a meter takes too much of', () => {
  it('is nothing on quiet days', () => {
    for (const slot of [420, 450, 560, 700]) expect(codes(slot, () => 0)).toEqual([]);
  });

  it('is heating that drifts, with its days, kWh and interval in words', () => {
    const [fault] = faultsOn(430, (i) => (i >= 416 ? 0.4 * heating(i) : 0));
    expect(fault.code).toBe('heating-drift');
    expect(fault.excessPercent.low).toBeGreaterThan(0);
    expect(fault.excessPercent.value).toBeGreaterThan(20);
    expect(fault.excessPercent.value).toBeLessThan(45);
    expect(fault.message.fr).toMatch(
      /^Du \d+(er)? février 2022 au 7 mars 2022 \(\d+ jours\) : \d+ % de plus que prévu/,
    );
  });

  it('is the weekend alone where closed days take more and others do not', () => {
    const closed = (i: number): boolean => weekday(firstDay + i) >= 5;
    expect(codes(440, (i) => (i >= 400 && closed(i) ? 0.5 * heating(i) : 0))).toEqual(['weekend-heating']);
  });

  it('is the base load in summer', () => {
    expect(codes(365 + 220, (i) => (i >= 365 + 190 ? 0.5 * truth.base : 0))).toEqual(['summer-base-load']);
  });

  it('is not told of less, of gaps, of a meter without heating or a record nobody can read', () => {
    expect(codes(430, (i) => (i >= 416 ? -0.4 * heating(i) : 0))).toEqual([]);
    expect(codes(430, (i) => (i >= 416 ? Number.NaN : 0))).toEqual([]);
    expect(findFaults({ ...record, signature: null }, [])).toBeUndefined();
    expect(findFaults({ ...record, model: { kind: 'of-tomorrow' } }, [])).toBeUndefined();
  });
});

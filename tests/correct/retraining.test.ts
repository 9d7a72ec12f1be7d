import { describe, expect, it } from 'vitest';
import { liveDays } from '#app/live-fit.ts';
import { liveStep, type Tried } from '#correct/index.ts';
import { cpuEnergyJ } from '#core/ledger.ts';
import type { DailySeries } from '#core/series.ts';
import { expectedDays, fitModel, type ModelRecord, modelRecord } from '#measure/index.ts';
import { plainTruth, simulatedMeter } from '../../scripts/validate/simulated-meter.ts';

const until = (series: DailySeries, days: number): DailySeries => ({
  ...series,
  energyKwh: series.energyKwh.slice(0, days),
  outdoorC: series.outdoorC.slice(0, days),
});

type Known = { history: Tried[]; served?: ModelRecord };

const night = (series: DailySeries, known: Known, touched = false) => {
  const live = liveDays({ series });
  const outcome = liveStep({
    live,
    of: () => live,
    range: { from: series.firstDay, to: series.firstDay + series.energyKwh.length - 1 },
    holidays: 'FR',
    history: known.history,
    ...(known.served === undefined ? {} : { served: known.served }),
    inForce: known.served !== undefined,
    touched,
  });
  return outcome;
};

const keep = (known: Known, outcome: ReturnType<typeof night>): Known => {
  if (outcome.kind !== 'trained') return known;
  const record = modelRecord(outcome.fitted, {
    dataHash: outcome.hash,
    readings: 'test',
    version: 'test',
    ledger: { work: 'retrain', wallMs: 0, cpuMs: 0, peakRssMb: 0, energyJ: cpuEnergyJ(0) },
  });
  const history = [{ record, to: outcome.window.to, dataHash: outcome.hash }, ...known.history];
  return outcome.verdict.promoted ? { history, served: record } : { ...known, history };
};

const series = simulatedMeter(plainTruth, { years: 2, seed: 5 });
const started = (from = series): Known => keep({ history: [] }, night(until(from, 500), { history: [] }));

describe('a live model', () => {
  it('is trained first, then left alone while nothing drifts, then trained again on schedule, warm', () => {
    const known = started();
    expect(known.served).toBeDefined();
    expect(night(until(series, 500), known)).toMatchObject({
      kind: 'not-due',
      reason: { en: 'no new reading.' },
    });
    const quiet = night(until(series, 510), known);
    expect(quiet.kind).toBe('not-due');
    expect(quiet.kind === 'not-due' && quiet.reason.en).toContain('10 new days and no drift');
    const scheduled = night(until(series, 528), known);
    if (scheduled.kind !== 'trained') throw new Error(scheduled.kind);
    expect(scheduled.cause.cause).toBe('schedule');
    // The rung in service and the mean it is held against.
    expect(scheduled.fitted.candidates.length).toBeLessThanOrEqual(2);
    expect(known.served?.candidates.length).toBeGreaterThan(5);
  });

  it('is trained on drift, after a fortnight, with all of the ladder', () => {
    const drifting = simulatedMeter(plainTruth, { years: 2, seed: 5, change: (i) => (i < 500 ? 1 : 1.4) });
    const known = started();
    expect(night(until(drifting, 510), known).kind).toBe('not-due');
    const trained = night(until(drifting, 516), known);
    if (trained.kind !== 'trained') throw new Error(trained.kind);
    expect(trained.cause.cause).toBe('drift');
    expect(trained.cause.reason.fr).toMatch(/^dérive : \d+ jours à \d+ % au-dessus/);
    expect(trained.fitted.candidates.length).toBeGreaterThan(5);
  });

  it('is trained when its readings were corrected, not when they only came again', () => {
    const known = started();
    expect(night(until(series, 501), known, true).kind).toBe('not-due');
    const energyKwh = until(series, 501).energyKwh.slice();
    energyKwh[400] *= 2;
    const corrected = night({ ...until(series, 501), energyKwh }, known, true);
    expect(corrected.kind === 'trained' && corrected.cause.cause).toBe('corrected');
  });

  it('is retrained fewer than 30 times in a year that drifts all along', () => {
    const restless = simulatedMeter(plainTruth, {
      years: 2.5,
      seed: 5,
      change: (i) => 1 + 0.5 * Math.sin(i / 9),
    });
    let known = started(restless);
    let trained = 0;
    for (let days = 501; days <= 865; days++) {
      const outcome = night(until(restless, days), known);
      known = keep(known, outcome);
      if (outcome.kind === 'trained') trained++;
    }
    expect(trained).toBeGreaterThan(12);
    expect(trained).toBeLessThan(30);
  });

  it('fails with the reason of the fit', () => {
    const outcome = night(until(series, 5), { history: [] });
    expect(outcome.kind === 'failed' && outcome.error.code).toBe('too-little-data');
  });
});

describe('a record asked about later days', () => {
  it('expects what the fit itself predicted', () => {
    const { firstDay } = series;
    const ahead = { from: firstDay + 400, to: firstDay + 420 };
    const fitted = fitModel(series, {
      baseline: { from: firstDay + 30, to: firstDay + 394 },
      predict: ahead,
      holidays: 'FR',
    });
    if (!fitted.ok) throw new Error(fitted.error.code);
    const record = modelRecord(fitted.value, {
      dataHash: '',
      readings: '',
      version: '',
      ledger: { work: '', wallMs: 0, cpuMs: 0, peakRssMb: 0, energyJ: cpuEnergyJ(0) },
    });
    const days = expectedDays(JSON.parse(JSON.stringify(record)) as ModelRecord, series, ahead) ?? [];
    expect(days.map(({ day }) => day)).toEqual(fitted.value.rows.map(({ day }) => day));
    days.forEach(({ predicted }, i) => expect(predicted).toBeCloseTo(fitted.value.rows[i].predicted, 1));
    expect(expectedDays({ ...record, model: { kind: 'of-tomorrow' } }, series, ahead)).toBeUndefined();
    expect(expectedDays({ ...record, resolution: 'hourly' }, series, ahead)).toBeUndefined();
  });
});

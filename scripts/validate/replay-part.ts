import { median } from 'simple-statistics';
import { cpuClockMs } from '#app/clock.ts';
import { liveDays } from '#app/live-fit.ts';
import { liveStep, type Tried } from '#correct/index.ts';
import { cpuEnergyJ } from '#core/ledger.ts';
import type { DailySeries } from '#core/series.ts';
import { goodness } from '#core/statistics/index.ts';
import { expectedDays, type ModelRecord, modelRecord } from '#measure/index.ts';
import { type Figure, figuresOf, type Part, type PartOptions } from '../figures/figure.ts';
import { calendarYear, openArchive } from './year-pairs.ts';

const figure = figuresOf('replay', 'npm run validate -- --corpus DIR --only replay');

type Replay = {
  readonly building: string;
  readonly cv: number;
  /** The first model kept all year, on the same days. */
  readonly staticCv: number;
  readonly trained: number;
  readonly promoted: number;
  readonly onDrift: number;
  readonly cpuMs: number;
  readonly fullFits: number;
};

/** The series as it stood on the evening of a day: no reading after it, three years of them at most. */
const until = (series: DailySeries, day: number): DailySeries => {
  const start = Math.max(0, day - 3 * 365 - series.firstDay);
  const end = day + 1 - series.firstDay;
  return {
    ...series,
    firstDay: series.firstDay + start,
    energyKwh: series.energyKwh.slice(start, end),
    outdoorC: series.outdoorC.slice(start, end),
    ...(series.ghiWm2 === undefined ? {} : { ghiWm2: series.ghiWm2.slice(start, end) }),
  };
};

/**
 * 2019 lived day by day: each morning the model in force says what the day will take given its weather, each evening the reading
 * comes and the night's step is done, the same that the nightly job does.
 */
const replay = (building: string, series: DailySeries): Replay | undefined => {
  const year = calendarYear(2019);
  const history: (Tried & { readonly served: boolean })[] = [];
  let served: ModelRecord | undefined;
  let first: ModelRecord | undefined;
  let [trained, promoted, onDrift, fullFits, cpuMs] = [0, 0, 0, 0, 0];
  const actual: number[] = [];
  const predicted: number[] = [];
  const kept: number[] = [];
  for (let day = year.from - 1; day <= year.to; day++) {
    if (day >= year.from && served !== undefined && first !== undefined) {
      const today = { from: day, to: day };
      const start = cpuClockMs();
      const [expected] = expectedDays(served, series, today) ?? [];
      cpuMs += cpuClockMs() - start;
      const [stayed] = expectedDays(first, series, today) ?? [];
      if (expected !== undefined && stayed !== undefined && Number.isFinite(expected.actual)) {
        actual.push(expected.actual);
        predicted.push(expected.predicted);
        kept.push(stayed.predicted);
      }
    }
    const seen = until(series, day);
    const to = seen.firstDay + seen.energyKwh.findLastIndex((value) => Number.isFinite(value));
    const start = cpuClockMs();
    const live = liveDays({ series: seen }, 'GB');
    const step = liveStep({
      live,
      of: () => live,
      range: { from: seen.firstDay, to },
      holidays: 'GB',
      history,
      ...(served === undefined ? {} : { served }),
      inForce: served !== undefined,
      touched: false,
      clock: cpuClockMs,
    });
    const spent = cpuClockMs() - start;
    cpuMs += spent;
    if (step.kind !== 'trained') continue;
    const record = modelRecord(step.fitted, {
      dataHash: step.hash,
      readings: building,
      version: 'replay',
      ledger: { work: 'retrain', wallMs: spent, cpuMs: spent, peakRssMb: 0, energyJ: cpuEnergyJ(spent) },
    });
    history.unshift({ record, to: step.window.to, dataHash: step.hash, served: step.verdict.promoted });
    if (step.verdict.promoted) served = record;
    if (step.cause.cause === 'first') {
      // Trained before the year begins: no retraining.
      first = record;
      continue;
    }
    trained++;
    if (step.verdict.promoted) promoted++;
    if (step.cause.cause === 'drift') onDrift++;
    if (record.candidates.length > 2) fullFits++;
  }
  if (actual.length < 300) return undefined;
  return {
    building,
    cv: goodness(actual, predicted, 0).cvRmse,
    staticCv: goodness(actual, kept, 0).cvRmse,
    trained,
    promoted,
    onDrift,
    cpuMs,
    fullFits,
  };
};

const validateReplay = async ({ corpus, tell }: PartOptions): Promise<Figure[]> => {
  const archive = await openArchive(corpus, 'gas');
  const replays: Replay[] = [];
  // The program is compiled once a night for a whole stock: one meter is lived beforehand, uncounted.
  for (const [building, series] of [...archive].slice(0, 1)) replay(building, series);
  for (const [building, series] of archive) {
    const one = replay(building, series);
    if (one === undefined) continue;
    tell(
      `${building}: CV ${one.cv.toFixed(1)} % (kept ${one.staticCv.toFixed(1)} %), ${one.trained} retrainings, ${one.onDrift} on drift, ${one.promoted} promoted, ${(one.cpuMs / 100).toFixed(1)} J`,
    );
    replays.push(one);
  }
  if (replays.length === 0) return [];
  const cv = median(replays.map((one) => one.cv));
  const staticCv = median(replays.map((one) => one.staticCv));
  const most = Math.max(...replays.map((one) => one.trained));
  const joules = replays.map(({ cpuMs }) => cpuEnergyJ(cpuMs).value);
  const dearest = Math.max(...joules);
  return [
    figure({
      id: 'cv',
      metric: 'gas meters lived day by day over 2019: median CV(RMSE) of the live model',
      value: cv,
      unit: '%',
      goal: '≤ 29.0',
      holds: cv <= 29,
      n: replays.length,
      comparator: { name: 'the model of 2018 kept all year', value: staticCv, unit: '%' },
    }),
    figure({
      id: 'retrainings',
      metric: 'retrainings in the year, of the meter that had most',
      value: most,
      unit: '1',
      goal: '< 30',
      holds: most < 30,
      n: replays.length,
      comparator: { name: 'median', value: median(replays.map(({ trained }) => trained)), unit: '' },
    }),
    figure({
      id: 'energy',
      metric:
        'energy of the live model in the year (daily predictions, watch, retraining, gate), of the meter that took most',
      value: dearest,
      unit: 'J',
      goal: '< 10',
      holds: dearest < 10,
      n: replays.length,
      comparator: { name: 'median', value: median(joules), unit: 'J' },
    }),
  ];
};

export const replayPart: Part = {
  title: 'The live model, night by night',
  notes: `Every gas meter of the Cambridge archive with at least 300 days read in 2019. On 31 December 2018 a first model is trained; then each
morning the model in force predicts the day from its weather, each evening the reading comes, and the step of the nightly job (\`liveStep\`) is done:
due or not (28 days, drift by Page’s sums on whitened residuals, never within a fortnight), challenger on the last year, the promotion gate. The rung
in service is taken again alone (warm start) but on drift and twice a year, when all of the ladder is tried. Energy is CPU time × 10 W, as in
the ledger (models/compute-energy.json), the program warm; reading the database is not in it.`,
  run: validateReplay,
};

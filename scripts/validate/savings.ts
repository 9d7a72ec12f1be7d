import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { median, quantile } from 'simple-statistics';
import { parseDay } from '#core/calendar.ts';
import type { DailySeries } from '#core/series.ts';
import { fractionalSavingsUncertainty } from '#core/statistics/index.ts';
import { learnStockDrift, measureSavings, type StockDrift, yearHalfWidthLn } from '#measure/index.ts';
import { type Figure, figuresOf, type Part, type PartOptions } from '../figures/figure.ts';
import { readTable } from './cambridge.ts';
import { intervalScore, rescaledHalfWidths, type SavingsCase, scoresOf } from './interval-scores.ts';
import { periodFigures } from './period-figures.ts';
import { type Placebo, placeboYears } from './placebos.ts';
import { simulateSavings } from './simulated.ts';
import { openArchive } from './year-pairs.ts';

const figure = figuresOf('savings', 'npm run validate -- --corpus DIR --only savings');

const readSeries = async (path: string): Promise<DailySeries> => {
  const rows = await readTable(path);
  const firstDay = parseDay(rows[0].date) ?? 0;
  const count = (parseDay(rows[rows.length - 1].date) ?? firstDay) - firstDay + 1;
  const energyKwh = new Float64Array(count).fill(Number.NaN);
  const outdoorC = new Float64Array(count).fill(Number.NaN);
  for (const row of rows) {
    const slot = (parseDay(row.date) ?? Number.NaN) - firstDay;
    if (row.kwh !== '') energyKwh[slot] = Number(row.kwh);
    if (row.T_out_C !== '') outdoorC[slot] = Number(row.T_out_C);
  }
  return { timezone: 'Europe/London', firstDay, energyKwh, outdoorC };
};

const dayOf = (text: string): number => parseDay(text) ?? Number.NaN;

/** Cases with a heating cut put into real meters, measured with the drift of the other buildings only. */
const injectedCases = async (
  corpus: string,
  driftWithout: (building: string) => StockDrift,
): Promise<readonly SavingsCase[]> => {
  const folder = join(corpus, 'meters', 'injected_savings');
  if (!existsSync(join(folder, 'TRUTH.csv'))) return [];
  const cases: SavingsCase[] = [];
  for (const row of await readTable(join(folder, 'TRUTH.csv'))) {
    const measured = measureSavings(await readSeries(join(folder, `${row.case}.csv`)), {
      baseline: { from: dayOf(row.baseline_start), to: dayOf(row.baseline_end) },
      reporting: { from: dayOf(row.reporting_start), to: dayOf(row.reporting_end) },
      holidays: 'GB',
      stockDrift: driftWithout(row.building),
    });
    if (!measured.ok) continue;
    const { savingsShare, ashrae14 } = measured.value;
    cases.push({
      building: row.building,
      truth: Number(row.true_savings_pct),
      value: savingsShare.value,
      low: savingsShare.low,
      high: savingsShare.high,
      ashraePoints: ashrae14.fsuPercent * Math.abs(savingsShare.value / 100),
    });
  }
  return cases;
};

const intervalFigures = (
  cases: readonly SavingsCase[],
  id: string,
  what: string,
  least: number | undefined,
): Figure[] => {
  const { held, score, halfWidth } = scoresOf(cases);
  const rescaled = rescaledHalfWidths(cases, held / cases.length);
  const ashrae =
    cases.reduce(
      (sum, { value, truth }, j) => sum + intervalScore(value - rescaled[j], value + rescaled[j], truth),
      0,
    ) / cases.length;
  return [
    figure({
      id: `${id}-coverage`,
      metric: `${what}: cases whose 90 % interval holds the truth (median half width ${halfWidth.toFixed(1)} points)`,
      value: held,
      unit: 'cases',
      goal: least === undefined ? '88 to 92 % within binomial spread' : `≥ ${least} of ${cases.length}`,
      holds:
        least === undefined
          ? Math.abs(held / cases.length - 0.9) <= 1.645 * Math.sqrt(0.09 / cases.length)
          : held >= least,
      n: cases.length,
    }),
    figure({
      id: `${id}-score`,
      metric: `${what}: mean interval score (Winkler, 90 %)`,
      value: score,
      unit: 'points',
      goal: 'below ASHRAE 14 rescaled to the same coverage, leave-one-building-out',
      holds: score < ashrae,
      n: cases.length,
      comparator: { name: 'ASHRAE 14 rescaled', value: ashrae, unit: 'points' },
    }),
  ];
};

const injectedFigures = (cases: readonly SavingsCase[]): Figure[] => {
  if (cases.length === 0) return [];
  const errors = cases.map(({ value, truth }) => Math.abs(value - truth));
  const [middle, ninth] = [median(errors), quantile(errors, 0.9)];
  return [
    figure({
      id: 'injected-median',
      metric: 'injected savings: median absolute error',
      value: middle,
      unit: 'points',
      goal: '< 3.4',
      holds: middle < 3.4,
      n: cases.length,
    }),
    figure({
      id: 'injected-p90',
      metric: 'injected savings: 90th percentile of the absolute error',
      value: ninth,
      unit: 'points',
      goal: '< 9.1',
      holds: ninth < 9.1,
      n: cases.length,
    }),
    ...intervalFigures(cases, 'injected', 'injected savings', Math.ceil((28 / 34) * cases.length)),
  ];
};

/** Each placebo year again, its interval drawn with the drift the other buildings show. */
const placeboCases = (placebos: readonly Placebo[], figureOf: 'sum' | 'level'): SavingsCase[] =>
  placebos.map(({ building, lnRatio, noise, ashraePoints }) => {
    const { factor } = learnStockDrift(placebos, { without: building, figure: figureOf, priorYears: 0 });
    const half = yearHalfWidthLn(figureOf, noise, factor);
    const share = (bound: number): number => 100 * (1 - Math.exp(lnRatio + bound));
    return { building, truth: 0, value: share(0), low: share(half), high: share(-half), ashraePoints };
  });

const simulatedFigures = (tell: PartOptions['tell']): Figure[] => {
  tell('1,000 simulated meters');
  const cases = simulateSavings(1000, 2026);
  const held =
    (100 * cases.filter(({ truth, low, high }) => truth >= low && truth <= high).length) / cases.length;
  return [
    figure({
      id: 'simulated-coverage',
      metric: 'simulated meters of known law: 90 % interval holds the true savings',
      value: held,
      unit: '%',
      goal: '88 to 92',
      holds: held >= 88 && held <= 92,
      n: cases.length,
    }),
  ];
};

const handWorked = (): Figure => {
  const value = fractionalSavingsUncertainty({
    confidence: 0.8,
    cvRmse: 0.5,
    savingsFraction: 1,
    parameters: 2,
    baselinePoints: 12,
    reportingPoints: 12,
    autocorrelation: 0,
  });
  return figure({
    id: 'ashrae14-hand-value',
    metric: 'fractional savings uncertainty, hand-worked case (80 %, CV 0.5, F 1, p 2, n = m = 12)',
    value,
    unit: '1',
    goal: '0.2695',
    holds: Math.abs(value - 0.2695) < 5e-5,
    n: 1,
  });
};

/** Savings on real meters with a known cut, on years without works and on simulated meters. */
const validateSavings = async ({ corpus, tell }: PartOptions): Promise<Figure[]> => {
  const archive = await openArchive(corpus, 'gas');
  tell('years without works of the archive');
  const placebos = placeboYears(archive, 'auto');
  const plain = placeboYears(archive, 'whole');
  const injected = await injectedCases(corpus, (building) =>
    learnStockDrift(placebos, { without: building, figure: 'level', priorYears: 0 }),
  );
  const [adjusted, whole] = [placebos, plain].map((years) =>
    median(years.map(({ sharePercent }) => Math.abs(sharePercent.value))),
  );
  return [
    ...injectedFigures(injected),
    ...(placebos.length === 0
      ? []
      : [
          figure({
            id: 'placebo-median',
            metric: 'years without works: median of the savings told',
            value: adjusted,
            unit: 'points',
            goal: 'below the plain prediction',
            holds: adjusted < whole,
            n: placebos.length,
            comparator: { name: 'plain prediction', value: whole, unit: 'points' },
          }),
          ...intervalFigures(
            placeboCases(placebos, 'level'),
            'placebo',
            'years without works, level',
            undefined,
          ),
          ...intervalFigures(
            placeboCases(plain, 'sum'),
            'placebo-plain',
            'years without works, plain prediction',
            undefined,
          ),
        ]),
    ...simulatedFigures(tell),
    ...periodFigures(archive, plain),
    handWorked(),
  ];
};

export const savingsPart: Part = {
  title: 'Savings',
  notes: `
Injected savings: real meters in whose second year a known share of the heating was taken away (three of the 34 cases have none). Years without works: 88
pairs of consecutive years, 2012 to 2019, measured as if there had been works; the truth is zero. Each building’s interval is drawn with the drift
that the other buildings show, with nothing of the shipped prior’s width left in (\`learnStockDrift\` without the building and without shrinkage). “ASHRAE 14 rescaled” is
Guideline 14’s half width times the factor that gives the other buildings the same coverage. With 88 cases a coverage is known to ±5 points, with 34 to ±8.

The figure told for a heating meter is the level that persists over fortnights with the base load drawn towards “unchanged” (decision 0150).

Drift and residual noise go together: the half width is hypot(d, k·σ) with k 2.5, where a normal quantile would have 1.645, because residuals
remember longer than the four weeks over which their memory is measured. Leave-one-meter-out the interval score of the level falls from 50.2 (k
1.645) to 46.3 (k 2.5) at the same coverage. Drifts of different meters in the same year are next to independent (correlation 0.02).

Simulated meters have a known law, scatter with a memory, a cut of 0 to 40 % of the heating and a drift drawn from the shipped table (Student t, 3
degrees of freedom): they check that the point, the noise and the table combine to the stated coverage, not that the table is right.

Calendar months and years are plain differences. On the placebo years their intervals held the truth in 80 % of months (60 % from June to September) while
they knew of the year’s drift alone; single months drift beside their year by 14 % of the mean month of the baseline (half width, \`month\` of
models/drift-prior.json: the best mean interval score over the same months; chosen without the building judged, 91.0 % are held). The simulated
months drift by that table.

The difference in differences is tried on simulated meters that all lose a tenth in the year after the works (a price crisis), each against ten meters without works, and
on meters with neither works nor shock. With 400 cases a coverage is known to ±2.5 points.`,
  run: validateSavings,
};

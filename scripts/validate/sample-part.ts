import { parseDay } from '#core/calendar.ts';
import type { DailySeries } from '#core/series.ts';
import { openZone } from '#core/timezone.ts';
import type { SavingsScope } from '#core/meter-rules.ts';
import { measureSavings } from '#measure/index.ts';
import { type Figure, figuresOf, type Part, type PartOptions } from '../figures/figure.ts';
import { buildings } from '../stock/buildings.ts';
import { simulateMeter } from '../stock/simulate.ts';
import { truthOf } from '../stock/truth.ts';
import { generateWeather, type HourlyWeather } from '../stock/weather.ts';

const figure = figuresOf('sample', 'npm run validate -- --only sample');
const FIRST_YEAR = 2022;
const YEARS = 3;
const LIVES = 20;
const HOUR_MS = 3_600_000;

const dayOf = (text: string): number => parseDay(text) ?? Number.NaN;
const firstDay = dayOf(`${FIRST_YEAR}-01-01`);
const days = dayOf(`${FIRST_YEAR + YEARS}-01-01`) - firstDay;

/** Local days of an hourly column: sums, or means. */
const toDays = (weather: HourlyWeather, hourly: Float64Array, mean: boolean): Float64Array => {
  const zone = openZone('Europe/Paris');
  if (!zone.ok) throw new Error(zone.error.code);
  const [sums, hours] = [new Float64Array(days), new Float64Array(days)];
  hourly.forEach((value, hour) => {
    const slot = zone.value.localDay(weather.startMs + hour * HOUR_MS) - firstDay;
    if (slot < 0 || slot >= days) return;
    sums[slot] += value;
    hours[slot]++;
  });
  return mean ? sums.map((sum, slot) => sum / hours[slot]) : sums;
};

type Errors = Record<'works' | 'none', Record<'auto' | 'whole', number[]>>;

/** One life of one building of the sample: its own weather, winters and days, with the works and without them. */
const live = (index: number, life: number, errors: Errors): void => {
  const spec = buildings[index];
  const weather = generateWeather(FIRST_YEAR, YEARS, 5000 + 100 * life + index);
  const lived = { ...spec, id: `${spec.id} life ${life}` };
  const from = dayOf(spec.works.end) + 1;
  const start = dayOf(spec.works.start);
  const reporting = { from, to: Math.min(firstDay + days - 1, from + 364) };
  const baseline = { from: Math.max(firstDay, start - 365), to: start - 1 };
  const truth = truthOf(spec);
  const run = (worksFrom: number): Float64Array =>
    toDays(weather, simulateMeter(lived, truth, weather, worksFrom), false);
  const [done, none] = [run(from), run(Number.POSITIVE_INFINITY)];
  const outdoorC = toDays(weather, weather.outdoorC, true);
  const ghiWm2 = toDays(weather, weather.ghiWm2, true);
  const sum = (energyKwh: Float64Array): number =>
    energyKwh.subarray(reporting.from - firstDay, reporting.to - firstDay + 1).reduce((a, b) => a + b, 0);
  const told = (energyKwh: Float64Array, scope: SavingsScope): number => {
    const series: DailySeries = { timezone: 'Europe/Paris', firstDay, energyKwh, outdoorC, ghiWm2 };
    const measured = measureSavings(series, { baseline, reporting, holidays: 'FR', scope });
    if (!measured.ok) throw new Error(measured.error.code);
    return measured.value.savingsShare.value;
  };
  for (const scope of ['auto', 'whole'] as const) {
    errors.works[scope].push(told(done, scope) - 100 * (1 - sum(done) / sum(none)));
    errors.none[scope].push(told(none, scope));
  }
};

const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const spreadOf = (values: readonly number[]): number => {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
};

const validateSample = ({ tell }: PartOptions): Promise<Figure[]> => {
  const errors: Errors = { works: { auto: [], whole: [] }, none: { auto: [], whole: [] } };
  for (let life = 0; life < LIVES; life++) {
    tell(`life ${life + 1} of ${LIVES} of the sample stock`);
    for (const index of buildings.keys()) live(index, life, errors);
  }
  const reported = (id: string, metric: string, values: readonly number[], plain: boolean): Figure => {
    const [mean, spread] = [meanOf(values), spreadOf(values)];
    const doubt = (1.645 * spread) / Math.sqrt(values.length);
    return figure({
      id,
      metric: `${metric}: mean error (spread ${spread.toFixed(1)}, mean known to ±${doubt.toFixed(1)})`,
      value: mean,
      unit: 'points',
      goal: plain ? 'within ±1' : 'reported',
      holds: plain ? Math.abs(mean) <= 1 : null,
      n: values.length,
    });
  };
  return Promise.resolve([
    reported('works-plain', 'sample stock lived again, works, plain difference', errors.works.whole, true),
    reported('none-plain', 'sample stock lived again, no works, plain difference', errors.none.whole, true),
    reported('works-level', 'sample stock lived again, works, level that persists', errors.works.auto, false),
    reported(
      'none-level',
      'sample stock lived again, no works, level that persists',
      errors.none.auto,
      false,
    ),
  ]);
};

export const samplePart: Part = {
  title: 'The sample stock lived again',
  notes: `
Told savings lie mostly under the truth on the sample stock as it is shipped. Is that the stock or the measure? The seven buildings live ${LIVES} times, each
time under other weather and with other people, with the works and without them: what is told less what is true.

The plain difference is right on average. The one life that is shipped drew winters in which people heat more after the works than before
(set points differ by 0.35 K, standard deviation, from winter to winter: 2 to 3 % of a year), under one weather for all: its seven
placebos lie 2 to 8 points under zero but one. With set points that never move, the spread of the error falls from 4.7 to 1.6 points and the
mean stays.

The level that persists has a bias of its own, with or without that drift: it lies about two points under the truth on works that move the balance point. Insulation spares
a larger share of a mild fortnight than of a cold one, and the regression weighs fortnights by the square of their energy. Weighing them by their energy brings
the error from −2.0 to −0.8 points here, and costs on real meters: injected savings 2.47 to 2.83 points (90th percentile 8.8 to 9.9, over its
goal of 9.1), placebo interval score 47.7 to 58.4. Half of the weighing: −1.6 here. Taking the base load from the warmest days changes nothing. It
was left as it is (decision 0288); the plain figure stands beside it in every answer.`,
  run: validateSample,
};

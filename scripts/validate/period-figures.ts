import { dateOf } from '#core/calendar.ts';
import { calendarSavings } from '#measure/index.ts';
import { type Figure, figuresOf } from '../figures/figure.ts';
import type { Placebo } from './placebos.ts';
import { type GroupedCase, simulateGroups } from './simulated-groups.ts';
import type { SimulatedCase } from './simulated.ts';
import {
  type CalendarTally,
  count,
  type HeldPeriods,
  newTally,
  simulatePeriods,
} from './simulated-periods.ts';
import { type Archive, between, calendarYear } from './year-pairs.ts';

const figure = figuresOf('savings', 'npm run validate -- --corpus DIR --only savings');

const coverageOf = (id: string, metric: string, { held, n }: HeldPeriods): Figure => {
  const percent = (100 * held) / n;
  return figure({
    id,
    metric: `${metric}: 90 % intervals that hold the truth`,
    value: percent,
    unit: '%',
    goal: '87 to 95',
    holds: percent >= 87 && percent <= 95,
    n,
  });
};

const tallyFigures = (id: string, what: string, { months, soFar, years }: CalendarTally): Figure[] => [
  coverageOf(`${id}-months`, `${what}, calendar months`, months),
  coverageOf(`${id}-so-far`, `${what}, from the works to the end of each month`, soFar),
  coverageOf(`${id}-years`, `${what}, calendar years`, years),
];

const SUMMER = { from: 6, to: 9 } as const;

/** Months and years of the placebo years, whose truth is zero. */
const placeboPeriods = (archive: Archive, placebos: readonly Placebo[]): Figure[] => {
  const tally = newTally();
  const summer: HeldPeriods = { held: 0, n: 0 };
  for (const { building, year } of placebos) {
    const whole = archive.get(building);
    if (whole === undefined) continue;
    const [baseline, reporting] = [calendarYear(year), calendarYear(year + 1)];
    const series = between(whole, baseline.from, reporting.to);
    const calendar = calendarSavings(series, { baseline, reporting, holidays: 'GB', zeros: 'real' });
    if (!calendar.ok) continue;
    for (const { from, savings, cumulated } of calendar.value.months) {
      const { month } = dateOf(from);
      count(tally.months, 0, savings);
      count(tally.soFar, 0, cumulated);
      if (month >= SUMMER.from && month <= SUMMER.to) count(summer, 0, savings);
    }
    for (const { savings } of calendar.value.years) count(tally.years, 0, savings);
  }
  return [
    ...tallyFigures('placebo-calendar', 'years without works', tally),
    coverageOf('placebo-calendar-summer', 'years without works, months of June to September', summer),
  ];
};

const isHeld = ({ truth, low, high }: SimulatedCase): boolean => truth >= low && truth <= high;
const share = (cases: readonly SimulatedCase[], wanted: (one: SimulatedCase) => boolean): number =>
  (100 * cases.filter(wanted).length) / cases.length;
const biasOf = (cases: readonly SimulatedCase[]): number =>
  cases.reduce((sum, { value, truth }) => sum + value - truth, 0) / cases.length;

const GROUPS = 400;
const SEED = 2027;

/** A price crisis that takes a tenth off every meter, and the same stock without it. */
const groupFigures = (): Figure[] => {
  const pick = (cases: readonly GroupedCase[], one: keyof GroupedCase): SimulatedCase[] =>
    cases.map((found) => found[one]);
  const crisis = simulateGroups(GROUPS, SEED, { shock: 0.9 });
  const quiet = simulateGroups(GROUPS, SEED, { shock: 1, cuts: false });
  const [plain, grouped] = [pick(crisis, 'plain'), pick(crisis, 'grouped')];
  const [held, biased] = [share(grouped, isHeld), biasOf(grouped)];
  const claimed = share(pick(quiet, 'grouped'), ({ low }) => low > 0);
  return [
    figure({
      id: 'group-shock-coverage',
      metric:
        'every meter of the stock down by 10 %: 90 % interval of the difference in differences holds the truth',
      value: held,
      unit: '%',
      goal: '86 to 94',
      holds: held >= 86 && held <= 94,
      n: GROUPS,
      comparator: { name: 'plain figure', value: share(plain, isHeld), unit: '%' },
    }),
    figure({
      id: 'group-shock-bias',
      metric: 'every meter of the stock down by 10 %: mean error of the difference in differences',
      value: biased,
      unit: 'points',
      goal: 'within ±1.5',
      holds: Math.abs(biased) <= 1.5,
      n: GROUPS,
      comparator: { name: 'plain figure', value: biasOf(plain), unit: 'points' },
    }),
    figure({
      id: 'group-placebo',
      metric: 'no works and no shock: savings claimed by the difference in differences (interval above zero)',
      value: claimed,
      unit: '%',
      goal: '≤ 10',
      holds: claimed <= 10,
      n: GROUPS,
      comparator: {
        name: 'plain figure',
        value: share(pick(quiet, 'plain'), ({ low }) => low > 0),
        unit: '%',
      },
    }),
  ];
};

/** Coverage over calendar periods, on real meters without works and on simulated ones, and of figures against a group. */
export const periodFigures = (archive: Archive, placebos: readonly Placebo[]): Figure[] => [
  ...(placebos.length === 0 ? [] : placeboPeriods(archive, placebos)),
  ...tallyFigures('simulated-calendar', 'simulated meters', simulatePeriods(400, 2028)),
  ...groupFigures(),
];

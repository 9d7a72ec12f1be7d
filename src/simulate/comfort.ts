import type { Posterior } from '#core/calibration/index.ts';
import { adaptiveLimitC, overheating } from '#core/physics/hourly/comfort.ts';
import { idealPlant, roomForHours, simulateYear } from '#core/physics/hourly/simulate-year.ts';
import type { Quantity } from '#core/quantity.ts';
import { meanOf } from '#core/random.ts';
import type { Twin } from '#core/twin.ts';
import type { HotSpell } from '#core/weather/made-year.ts';
import type { TypicalYear } from '#core/weather/typical-year.ts';
import { logNormalDraws } from './draws.ts';
import { hourlyRun } from './hourly-run.ts';
import { buildModel } from './model.ts';
import { quantityOf } from './quantity-of.ts';
import { renovatedTwin } from './renovated-twin.ts';
import { runCoalition } from './run.ts';
import type { Measure } from './schema.ts';
import type { ScenarioInput } from './types.ts';

/** The coldest running mean that the adaptive limit is made for gives the lowest limit, 25.1 °C. */
const LOWEST_LIMIT_C = adaptiveLimitC(new Float64Array(24).fill(10))[0];

/**
 * Whether the adaptive limit can speak of a building: one heated above the limit itself (a pool hall at 27 °C) would be called too
 * warm by its own heating, all winter long.
 */
export const comfortApplies = ({ setPointC }: Pick<Posterior, 'setPointC'>): boolean =>
  meanOf(setPointC) < LOWEST_LIMIT_C;

/** Draws an option's summer is run on: enough for an interval, few enough for twelve options at once. */
const COMFORT_DRAWS = 40;
/** Hours run before the hot spell, so that the building's mass enters it as it was: three weeks. */
const RUN_IN_H = 21 * 24;

/** The same place and months twice: as they are, and with a run of hot days. */
export type ComfortYears = {
  readonly year: TypicalYear;
  readonly hot: TypicalYear;
  readonly spell: HotSpell;
};

export type SummerComfort = {
  /** Hours of the year above the adaptive limit of EN 16798-1, category II, whoever is in; nothing is cooled. */
  readonly overheatingHours: Quantity;
  /** The same weighted by the excess, K·h. */
  readonly overheatingDegreeHours: Quantity;
  /** Of the hot spell alone, K·h. */
  readonly heatWaveDegreeHours: Quantity;
  /** Warmest hour of the hot spell, °C. */
  readonly heatWaveWarmestC: Quantity;
  /** Degree hours of the year, one a draw, in the same order for every option of a building. */
  readonly degreeHoursK: Float64Array;
};

/** Warm-weather over cold-weather share of the sun that the measures' shading leaves, one a draw. */
const summerSunOf = (measures: readonly Measure[], size: number): Float64Array => {
  const sun = new Float64Array(size).fill(1);
  for (const measure of measures)
    for (const [at, effect] of measure.effects.entries()) {
      if (effect.kind !== 'shade') continue;
      const summer = logNormalDraws(`${measure.id}/${at}/summer`, effect.summerFactor, size);
      const winter = logNormalDraws(`${measure.id}/${at}`, effect.winterFactor, size);
      for (let i = 0; i < size; i += 1) sun[i] *= Math.min(1, summer[i] / winter[i]);
    }
  return sun;
};

/** The twin and its draws with the measures done. */
const afterWorks = (input: ScenarioInput): { readonly twin: Twin; readonly posterior: Posterior } => {
  const { twin, posterior, measures } = input;
  if (measures.length === 0) return { twin, posterior };
  const { h, totalH, setPointC, gainsW, solarApertureM2 } = runCoalition(
    buildModel(input),
    (1 << measures.length) - 1,
  );
  return {
    twin: renovatedTwin(twin, measures),
    posterior: { ...posterior, h, totalH, setPointC, gainsW, solarApertureM2 },
  };
};

/**
 * Summer comfort of the twin with the measures of the input done, on the same draws as its energy: the year by the
 * simple hourly method, and a hot spell laid over it. The measures must be possible (`checkMeasures`).
 */
export const summerComfort = (
  input: ScenarioInput,
  { year, hot, spell }: ComfortYears,
  draws = COMFORT_DRAWS,
): SummerComfort => {
  const { twin, posterior } = afterWorks(input);
  const options = { draws, summerSun: summerSunOf(input.measures, posterior.draws) };
  const run = hourlyRun(twin, posterior, year, options);
  const wave = hourlyRun(twin, posterior, hot, options);
  const first = (spell.firstDayOfYear - 1) * 24;
  const from = Math.max(0, first - RUN_IN_H);
  const to = Math.min(hot.outdoorC.length, first + spell.days * 24);
  const wholeYear = roomForHours(run.limitC.length);
  const hotWeeks = roomForHours(to - from);
  const rows = run.draws.map((draw) => {
    const network = run.network(draw);
    const yearly = overheating(
      simulateYear(network, run.drive(draw), idealPlant, undefined, wholeYear).operativeC,
      run.limitC,
    );
    const { operativeC } = simulateYear(
      network,
      wave.drive(draw, from, to),
      idealPlant,
      posterior.setPointC[draw],
      hotWeeks,
    );
    const hotWeek = overheating(operativeC.subarray(first - from), wave.limitC.subarray(first, to));
    return { yearly, hotWeek };
  });
  const figure = (of: (row: (typeof rows)[number]) => number, unit: string, what: string): Quantity =>
    quantityOf(
      Float64Array.from(rows, of),
      unit,
      posterior.usesMeter ? 'learnt' : 'computed',
      `${what}; ${run.basis}; adaptive limit of EN 16798-1:2019 category II, every hour counted`,
    );
  const week = `${spell.days} days of ${spell.lowestC.toFixed(1)} to ${spell.highestC.toFixed(1)} °C under a clear sky`;
  return {
    overheatingHours: figure(({ yearly }) => yearly.hours, 'h', 'Whole year'),
    overheatingDegreeHours: figure(({ yearly }) => yearly.degreeHoursK, 'K h', 'Whole year'),
    heatWaveDegreeHours: figure(({ hotWeek }) => hotWeek.degreeHoursK, 'K h', week),
    heatWaveWarmestC: figure(({ hotWeek }) => hotWeek.highestC, '°C', week),
    degreeHoursK: Float64Array.from(rows, ({ yearly }) => yearly.degreeHoursK),
  };
};

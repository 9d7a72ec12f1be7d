import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { calibrate, type Prior } from '#core/calibration/index.ts';
import { quantiles } from '#core/random.ts';
import { indoorEvidence, type IndoorReadings } from '#measure/index.ts';
import { absentFigure, type Figure, figuresOf } from '../figures/figure.ts';

const command = 'npm run validate -- --only calibration';
const row = figuresOf('calibration.passive-house', command);

const median = (values: readonly number[]): number => quantiles(Float64Array.from(values), [0.5])[0];
const known = (values: Float64Array): number[] => Array.from(values).filter((value) => !Number.isNaN(value));

/** Hourly columns by name; what is not a number is unknown. */
const readColumns = (file: string): Map<string, Float64Array> => {
  const [head = '', ...lines] = gunzipSync(readFileSync(file)).toString('utf8').trim().split(/\r?\n/);
  const cells = lines.map((line) => line.split(','));
  return new Map(
    head.split(',').map((name, column) => [
      name,
      Float64Array.from(cells, (row) => {
        const text = row[column] ?? '';
        return text === '' ? Number.NaN : Number(text);
      }),
    ]),
  );
};

/** Sensors whose median is within this of the middle sensor's are taken for rooms; the others hang outdoors or in a buffer. */
const ROOM_K = 5;
const powers = ['ElectricHeater', 'Appliances', 'lights', 'Ventilation'];

const readHouse = (file: string): IndoorReadings => {
  const columns = readColumns(file);
  const sensors = [...columns].filter(([name]) => /^T\d+$/.test(name)).map(([, values]) => values);
  const medians = sensors.map((values) => median(known(values)));
  const middle = median(medians);
  const rooms = sensors.filter((_, i) => Math.abs((medians[i] ?? Number.NaN) - middle) <= ROOM_K);
  const outdoorC = columns.get('T_out') ?? new Float64Array();
  const indoorC = outdoorC.map((_, hour) => {
    const values = rooms.map((values) => values[hour]).filter((value) => !Number.isNaN(value));
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  });
  const powerW = outdoorC.map((_, hour) =>
    powers.reduce((sum, name) => sum + (columns.get(name)?.[hour] ?? Number.NaN), 0),
  );
  return { indoorC, outdoorC, powerW };
};

/**
 * What a stranger would say of a small low-energy house, its plans unseen: the loss within a factor of three, the rest
 * within two. The whole loss stands in one group, for the spreads of many would make their sum look known.
 */
const within = (medianValue: number, factor: number) => ({
  median: medianValue,
  sigma: Math.log(factor) / 1.645,
});
const none = { median: 0, sigma: 0 };
const housePrior: Prior = {
  schema: 'stacoptim.prior/1',
  h: {
    walls: within(100, 3),
    roof: none,
    floor: none,
    windows: none,
    doors: none,
    bridges: none,
    air: none,
  },
  setPointC: { mean: 20, sd: 1 },
  gainsW: within(200, 2),
  solarApertureM2: within(5, 2),
  efficiency: { median: 1, sigma: 0.02 },
  heatedShare: { median: 1, sigma: 0 },
  baseLoadKwhDay: within(3, 2),
  capacityJK: within(5e7, 2),
};
/** Mean sun on a south façade over a Belgian winter, W/m2, night and day. */
const WINTER_SUN_WM2 = 60;

const boundsOf = (readings: IndoorReadings, days: (day: number) => boolean) => {
  const evidence = indoorEvidence(readings, days);
  if (!evidence.ok) throw new Error(evidence.error.message.en);
  const posterior = calibrate(housePrior, evidence.value, {
    draws: 4000,
    seed: 1,
    seasonSolarWm2: WINTER_SUN_WM2,
  });
  const [low, middle, high] = quantiles(posterior.totalH, [0.05, 0.5, 0.95]) as [number, number, number];
  return { low, middle, high, days: evidence.value.days };
};

const before = (): number => {
  const [low, high] = quantiles(
    calibrate(housePrior, undefined, { draws: 4000, seed: 1 }).totalH,
    [0.05, 0.95],
  ) as [number, number];
  return high / low;
};

/** Heat-loss coefficient of a real house from two halves of its readings that share no day. */
export const validatePassiveHouse = (corpus: string): Figure[] => {
  const file = join(corpus, 'meters/belgium_passive_house/hourly_2016_2017.csv.gz');
  const metric = 'Belgian house, intervals of H from two halves overlap';
  if (!existsSync(file))
    return [
      absentFigure({ id: 'calibration.passive-house.halves', metric, unit: '1', goal: 'both', command }),
    ];
  const readings = readHouse(file);
  const whole = boundsOf(readings, () => true);
  // The day that parts the cold days in two equal lots, and weeks in turn.
  const used: number[] = [];
  indoorEvidence(readings, (day) => {
    used.push(day);
    return true;
  });
  const middleDay = used[Math.floor(used.length / 2)] ?? 0;
  const splits = [
    { id: 'in-order', name: 'first and second half', first: (day: number) => day < middleDay },
    { id: 'weeks', name: 'odd and even weeks', first: (day: number) => Math.floor(day / 7) % 2 === 0 },
  ];
  return [
    row({
      id: 'whole',
      metric: `Belgian house, H from ${whole.days} cold days: 90 % interval ${whole.low.toFixed(0)} to ${whole.high.toFixed(0)} W/K, median`,
      value: whole.middle,
      unit: 'W/K',
      goal: 'reported',
      holds: null,
      n: whole.days,
    }),
    row({
      id: 'narrower',
      metric: 'Belgian house, high over low bound of H after the readings',
      value: whole.high / whole.low,
      unit: '1',
      goal: 'reported',
      holds: null,
      n: whole.days,
      comparator: { name: 'before', value: before(), unit: '' },
    }),
    ...splits.map(({ id, name, first }) => {
      const [one, two] = [boundsOf(readings, first), boundsOf(readings, (day) => !first(day))];
      const overlap = Math.min(one.high, two.high) - Math.max(one.low, two.low);
      return row({
        id,
        metric: `Belgian house, ${name}: ${one.low.toFixed(0)} to ${one.high.toFixed(0)} (${one.days} d) and ${two.low.toFixed(0)} to ${two.high.toFixed(0)} W/K (${two.days} d), overlap`,
        value: overlap,
        unit: 'W/K',
        goal: '> 0',
        holds: overlap > 0,
        n: one.days + two.days,
      });
    }),
  ];
};

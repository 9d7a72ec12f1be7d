import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { costicDegreeDays, dailyExtremes, heatingDegreeDays } from '../../src/core/weather/degree-days.ts';
import { planeYear } from '../../src/core/weather/plane-irradiance.ts';
import type { TypicalYear } from '../../src/core/weather/typical-year.ts';
import { readWeather } from '../../src/formats/registry.ts';
import { absentFigure, type Figure, figuresOf, type Part } from '../figures/figure.ts';

const command = 'npm run validate -- --corpus DIR --only weather';
const figure = figuresOf('weather', command);

const openYear = (path: string): TypicalYear | undefined => {
  const read = readWeather(basename(path), readFileSync(path));
  return read.ok && read.value.kind === 'typical' ? read.value.year : undefined;
};

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/** Lowest and highest of six programs, kWh/(m2 a): ASHRAE 140-2020, case 600, incident solar radiation. */
const solarRanges = [
  ['horizontal', 0, 0, 1662.5, 1670],
  ['north', 90, 0, 399, 477.3],
  ['east', 90, 90, 1016.7, 1067.9],
  ['south', 90, 180, 1290.6, 1387],
  ['west', 90, 270, 903.1, 997],
] as const;

const solarFigures = (corpus: string): Figure[] => {
  const path = join(corpus, 'weather', 'bestest', '725650TYCST.epw.gz');
  const year = existsSync(path) ? openYear(path) : undefined;
  return solarRanges.flatMap(([face, tiltDeg, azimuthDeg, low, high]) => {
    const goal = `${low} to ${high}`;
    const metric = `solar radiation in a year on the ${face} plane of ASHRAE 140 case 600`;
    if (year === undefined)
      return [absentFigure({ id: `weather.solar-${face}`, metric, unit: 'kWh/m2', goal, command })];
    const total = (model: 'perez' | 'isotropic'): number => {
      const plane = planeYear(year, { tiltDeg, azimuthDeg }, model);
      return (sum(plane.directWm2) + sum(plane.diffuseWm2) + sum(plane.groundWm2)) / 1000;
    };
    const value = total('perez');
    return [
      figure({
        id: `solar-${face}`,
        metric,
        value,
        unit: 'kWh/m2',
        goal,
        holds: value >= low && value <= high,
        n: 8760,
        comparator: { name: 'isotropic sky', value: total('isotropic'), unit: 'kWh/m2' },
      }),
    ];
  });
};

/** Degree days of base 18 computed from the same files by an independent program: daily mean, and COSTIC. */
const degreeDays: Readonly<Record<string, readonly [number, number]>> = {
  'FRA_AC_Bordeaux.Merignac.AP.075100_TMYx.2009-2023': [1731, 1816],
  'FR-Paris-Orly-Airp-71490TM2': [3050, 3172],
  'FRA_AR_Lyon-Bron.AP.074800_TMYx.2004-2018': [2243, 2368],
  'FRA_Lyon.074810_IWEC': [2539, 2577],
  H1a: [2328, 2384],
  H1b: [2504, 2606],
  H1c: [2239, 2280],
  H2a: [2252, 2305],
  H2b: [1962, 2040],
  H2c: [1966, 2017],
  H2d: [1723, 1834],
  H3: [1378, 1343],
};

const degreeDayFigures = (corpus: string): Figure[] => {
  const files = ['epw', 'rt2012'].flatMap((folder) => {
    const path = join(corpus, 'weather', folder);
    return existsSync(path) ? readdirSync(path).map((name) => join(path, name)) : [];
  });
  let [worst, known, years] = [0, 0, 0];
  for (const path of files) {
    const year = openYear(path);
    if (year === undefined) continue;
    years++;
    const expected = degreeDays[basename(path).replace(/\.(epw|txt)(\.gz)?$/, '')];
    if (expected === undefined) continue;
    known++;
    const { meanC, minC, maxC } = dailyExtremes(year.outdoorC);
    worst = Math.max(
      worst,
      Math.abs(heatingDegreeDays(meanC) - expected[0]),
      Math.abs(costicDegreeDays(minC, maxC) - expected[1]),
    );
  }
  return [
    figure({
      id: 'typical-years',
      metric: 'typical years read (EPW and RT2012)',
      value: years,
      unit: 'files',
      goal: 'reported',
      holds: null,
      n: files.length,
    }),
    known === 0
      ? absentFigure({
          id: 'weather.degree-days',
          metric: 'largest difference of degree days',
          unit: 'K d',
          goal: '<= 1',
          command,
        })
      : figure({
          id: 'degree-days',
          metric:
            'largest difference of degree days (daily mean, and COSTIC, base 18) from those computed independently',
          value: worst,
          unit: 'K d',
          goal: '<= 1',
          holds: worst <= 1,
          n: 2 * known,
        }),
  ];
};

export const weatherPart: Part = {
  title: 'Weather',
  notes: `Solar radiation on the five planes of ASHRAE 140-2020 case 600 from its own weather file: sun positions four to an
hour (Spencer, no refraction), Perez 1990 sky, albedo 0.2; the range is the lowest and highest of six reference programs. The
isotropic sky stands beside as a comparator: it is not asked to hold. Degree days of the EPW and RT2012 typical years are
compared with figures computed by an independent program from the same files, printed to 1 K d.`,
  run: ({ corpus }) => Promise.resolve([...solarFigures(corpus), ...degreeDayFigures(corpus)]),
};

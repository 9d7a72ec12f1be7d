import { calibrate, priorFromTwin } from '#core/calibration/index.ts';
import type { SignatureEvidence } from '#core/evidence.ts';
import { bordeaux, bordeauxPlace } from '#core/physics/bordeaux.ts';
import { madeYear } from '#core/weather/made-year.ts';
import {
  hotSpell,
  otherCarbonFactors,
  type ScenarioInput,
  shippedCarbonFactors,
  shippedCatalogue,
  shippedEconomics,
  shippedPrices,
  shippedSubsidies,
  simulateHourly,
  simulateScenario,
  summerComfort,
  warmer2050,
} from '#simulate/index.ts';
import { blockOfFlats } from './block-of-flats.ts';

const evidence: SignatureEvidence = {
  slopeKwhKDay: 168,
  balancePointC: 15.5,
  baseLoadKwhDay: 290,
  covariance: [
    [4, -0.3, 0],
    [-0.3, 0.05, 0],
    [0, 0, 100],
  ],
  days: 365,
  cvRmsePercent: 12,
  r2: 0.95,
  yearDrift: 0.08,
};

/** Packages that between them use every effect of the catalogue, alone and together. */
const packages: readonly (readonly string[])[] = [
  [],
  ...shippedCatalogue.map(({ id }) => [id]),
  ['wall-insulation-outside', 'roof-insulation', 'windows', 'ventilation-hygro', 'set-back', 'heat-pump-air'],
  ['wall-insulation-inside', 'floor-insulation', 'ventilation-heat-recovery', 'heat-pump-hybrid'],
  ['windows-triple', 'solar-protection', 'lighting-led', 'photovoltaic', 'hot-water'],
  ['airtightness', 'balancing', 'building-management', 'thermal-bridges', 'boiler-condensing'],
  [
    'wall-insulation-outside',
    'roof-insulation',
    'floor-insulation',
    'windows',
    'ventilation-hygro',
    'set-back',
    'solar-protection',
    'heat-pump-air',
  ],
];

/** Every number of a value by its path; draws stand as their mean and one of them, words and levels are left out. */
const numbersOf = (value: unknown, path: string, found: Record<string, number>): void => {
  if (typeof value === 'number') found[path] = value;
  else if (value instanceof Float64Array) {
    let sum = 0;
    for (const each of value) sum += each;
    found[`${path}.mean`] = sum / value.length;
    found[`${path}.7`] = value[7];
  } else if (typeof value === 'object' && value !== null)
    for (const [key, part] of Object.entries(value))
      if (key !== 'level' && key !== 'warnings') numbersOf(part, `${path}.${key}`, found);
};

/** Every figure of a spread of scenarios on the block of flats: by scenario, then by a path that names it. */
export const scenarioFigures = (): Record<string, Record<string, number>> => {
  const twin = blockOfFlats();
  const prior = priorFromTwin(twin);
  const metered = calibrate(prior, evidence, { draws: 300, seed: 7 });
  const unmetered = calibrate(prior, undefined, { draws: 300, seed: 5 });
  const input: Omit<ScenarioInput, 'measures'> = {
    twin,
    posterior: metered,
    weather: bordeaux,
    prices: shippedPrices,
    factors: shippedCarbonFactors,
    economics: shippedEconomics,
  };
  const whole: Partial<ScenarioInput> = {
    posterior: unmetered,
    otherFactors: otherCarbonFactors,
    subsidies: shippedSubsidies,
    site: { day: '2026-03-01', ceeZone: 'H2' },
    tenancy: { chargesShare: 0.8, thirdLine: { shareOfSaving: 0.5, years: 15 } },
    comfort: { rebound: 0.4, conventionalSetPointC: 21 },
    realisation: [
      { measure: 'wall-insulation-outside', mean: 0.78, sd: 0.1, sdCase: 0, cases: 14 },
      { measure: 'windows', mean: 0.9, sd: 0.2, sdCase: 0, cases: 0 },
    ],
  };
  const all: Record<string, Record<string, number>> = {};
  const add = (name: string, value: unknown): void => {
    const found: Record<string, number> = {};
    numbersOf(value, '', found);
    all[name] = found;
  };
  for (const ids of packages) {
    const measures = shippedCatalogue.filter(({ id }) => ids.includes(id));
    const delays = measures.map((_, index) => (index % 3) * 4);
    for (const [name, more] of [
      ['metered', { twin: { ...twin, use: 'school' } }],
      // The path itself taken as sure, as it was when the figures were kept.
      ['later', { ...whole, delays, weather: { ...warmer2050(bordeaux), commonSpreadK: 0 } }],
    ] as const) {
      const result = simulateScenario({ ...input, ...more, measures });
      if (result.ok) add(`${name}/${ids.join('+')}`, result.value);
    }
  }
  const years = {
    year: madeYear(bordeaux, bordeauxPlace),
    hot: madeYear(bordeaux, bordeauxPlace, hotSpell()),
    spell: hotSpell(),
  };
  for (const ids of [[], ['windows', 'solar-protection', 'roof-insulation']]) {
    const measures = shippedCatalogue.filter(({ id }) => ids.includes(id));
    const { degreeHoursK: _draws, ...summer } = summerComfort({ ...input, measures }, years, 6);
    add(`summer/${ids.join('+')}`, summer);
  }
  const setBack = { byK: 3, fromHour: 22, toHour: 6 };
  add('hourly', simulateHourly(twin, metered, years.year, { draws: 4, setBack }));
  return all;
};

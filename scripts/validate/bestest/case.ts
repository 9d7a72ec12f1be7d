import { clearGlazing } from '#core/physics/hourly/glazing.ts';
import { networkOf } from '#core/physics/hourly/network.ts';
import {
  type AngleCurve,
  equivalentOutdoorC,
  type OutdoorSurface,
  windowYear,
} from '#core/physics/hourly/outdoors.ts';
import type { Shading } from '#core/physics/hourly/shading.ts';
import { type HourlyYear, idealPlant, simulateYear } from '#core/physics/hourly/simulate-year.ts';
import { planeYear, type PlaneYear } from '#core/weather/plane-irradiance.ts';
import type { TypicalYear } from '#core/weather/typical-year.ts';

/** What makes one case of ASHRAE 140-2020 section 7 (corpus reference/ashrae140/SPEC.md). */
type CaseSpec = {
  readonly id: string;
  readonly heavy: boolean;
  readonly windows: 'south' | 'east-west';
  readonly glass: 'double' | 'low-e' | 'single';
  readonly shaded: boolean;
  readonly insulated: boolean;
  readonly control: 'dead-band' | 'single-set' | 'set-back' | 'night-vent' | 'free' | 'free-night-vent';
};

const families = ['6', '9'] as const;

const variant = (
  id: string,
  change: Partial<CaseSpec> = {},
): ((family: '6' | '9') => CaseSpec | undefined) => {
  const spec = (family: '6' | '9'): CaseSpec => ({
    id: `${family}${id}`,
    heavy: family === '9',
    windows: 'south',
    glass: 'double',
    shaded: false,
    insulated: false,
    control: 'dead-band',
    ...change,
  });
  return (family) => (family === '9' && change.glass !== undefined ? undefined : spec(family));
};

export const cases: readonly CaseSpec[] = families.flatMap((family) =>
  [
    variant('00'),
    variant('10', { shaded: true }),
    variant('20', { windows: 'east-west' }),
    variant('30', { windows: 'east-west', shaded: true }),
    variant('40', { control: 'set-back' }),
    variant('50', { control: 'night-vent' }),
    variant('60', { glass: 'low-e' }),
    variant('70', { glass: 'single' }),
    variant('80', { insulated: true }),
    variant('85', { control: 'single-set' }),
    variant('95', { insulated: true, control: 'single-set' }),
    variant('00FF', { control: 'free' }),
    variant('50FF', { control: 'free-night-vent' }),
    variant('80FF', { insulated: true, control: 'free' }),
  ].flatMap((make) => make(family) ?? []),
);

const FLOOR_M2 = 48;
const VOLUME_M3 = 129.6;
const facades = [
  { name: 'north', azimuthDeg: 0, areaM2: 21.6 },
  { name: 'east', azimuthDeg: 90, areaM2: 16.2 },
  { name: 'south', azimuthDeg: 180, areaM2: 21.6 },
  { name: 'west', azimuthDeg: 270, areaM2: 16.2 },
] as const;

/**
 * W/(m2 K): plain walls and roof from their layers by ISO 6946 (R_si 0.13 and 0.10, R_se 0.04); the insulated ones and
 * the floor as the published 5R1C of the Modelica Buildings library has them, for their layers are not in the corpus.
 */
const uOf = ({ insulated }: CaseSpec) => ({
  wall: insulated ? 0.15 : 1 / (0.17 + 0.012 / 0.16 + 0.066 / 0.04 + 0.009 / 0.14),
  roof: insulated ? 0.1 : 1 / (0.14 + 0.01 / 0.16 + 0.1118 / 0.04 + 0.019 / 0.14),
  floor: 0.0377,
});
/**
 * U by EN 673 from the panes (low-e: emissivity 0.047, argon 12 mm), g by our own pane optics (low-e: the published
 * 0.44, its coating having no angle data in the corpus).
 */
const glassOf = {
  double: { uWm2K: 2.87, g: clearGlazing(2).normal.solarFactor, panes: 2 },
  'low-e': { uWm2K: 1.28, g: 0.44, panes: 2 },
  single: { uWm2K: 5.78, g: clearGlazing(1).normal.solarFactor, panes: 1 },
} as const;

/** C_m per floor area, J/(m2 K), and A_m/A_f of the published 5R1C. */
const massBy = (heavy: boolean) =>
  heavy
    ? { capacityJK: 249_272 * FLOOR_M2, massAreaM2: 2.7 * FLOOR_M2 }
    : { capacityJK: 51_289.8 * FLOOR_M2, massAreaM2: 4.522 * FLOOR_M2 };
/** Heat transfer between surfaces and air of the published 5R1C, W/(m2 K). */
const SURFACE_AIR_WM2K = 2.1;

/** Window 3 m × 2 m with its head 0.5 m under the roof; two side by side 1 m apart, 0.5 m from the corners. */
const shadingOf = ({ windows }: CaseSpec): readonly Shading[] => {
  const size = { widthM: 3, heightM: 2 };
  return windows === 'south'
    ? [{ ...size, overhang: { depthM: 1, aboveM: 0.5, beyondM: 2.5 } }]
    : [
        {
          ...size,
          overhang: { depthM: 1, aboveM: 0.5, beyondM: 0 },
          fins: { depthM: 1, besideM: 0, aboveM: 0.5, belowM: 0.2 },
        },
      ];
};

/** Density of air at 1,650 m over that at sea level. */
const ALTITUDE = 0.414 / 0.5;

export type Climate = { readonly year: TypicalYear; readonly planes: Readonly<Record<string, PlaneYear>> };

export const climateOf = (year: TypicalYear): Climate => ({
  year,
  planes: Object.fromEntries([
    ...facades.map(({ name, azimuthDeg }) => [name, planeYear(year, { tiltDeg: 90, azimuthDeg })] as const),
    ['roof', planeYear(year, { tiltDeg: 0, azimuthDeg: 0 })],
  ]),
});

/** Sun through the windows of a case by a curve, W per m2 of each façade that has windows. */
export const windowSun = (climate: Climate, spec: CaseSpec, curve: AngleCurve): Map<string, Float64Array> => {
  const names = spec.windows === 'south' ? ['south'] : ['east', 'west'];
  const shading = spec.shaded ? shadingOf(spec)[0] : undefined;
  return new Map(
    facades
      .filter(({ name }) => names.includes(name))
      .map(({ name, azimuthDeg }) => [
        name,
        windowYear(climate.year, { tiltDeg: 90, azimuthDeg }, curve, shading),
      ]),
  );
};

const hourOf = (hour: number): number => hour % 24;

/** Runs a case through the year. */
export const simulateCase = (climate: Climate, spec: CaseSpec): HourlyYear => {
  const { year, planes } = climate;
  const u = uOf(spec);
  const glass = glassOf[spec.glass];
  const windowArea = (name: string): number =>
    spec.windows === 'south' ? (name === 'south' ? 12 : 0) : name === 'east' || name === 'west' ? 6 : 0;
  const paint = { absorptance: 0.6, emissivity: 0.9 };
  const walls: OutdoorSurface[] = facades.map(({ name, areaM2 }) => ({
    heatWK: u.wall * (areaM2 - windowArea(name)),
    tiltDeg: 90,
    ...(planes[name] === undefined ? {} : { sun: planes[name] }),
    ...paint,
  }));
  const roof: OutdoorSurface = {
    heatWK: u.roof * FLOOR_M2,
    tiltDeg: 0,
    sun: planes['roof'],
    ...paint,
  };
  const floor: OutdoorSurface = { heatWK: u.floor * FLOOR_M2, tiltDeg: 180, ...paint };
  const opaque = [...walls, roof, floor];
  const windowWK = glass.uWm2K * 12;
  const clear = clearGlazing(glass.panes);
  const curve: AngleCurve = {
    at: (cosine) => (glass.g * clear.at(cosine).solarFactor) / clear.normal.solarFactor,
    diffuse: (glass.g * clear.diffuse.solarFactor) / clear.normal.solarFactor,
  };
  const solarW = new Float64Array(year.outdoorC.length);
  for (const [name, sun] of windowSun(climate, spec, curve))
    for (let hour = 0; hour < solarW.length; hour++) solarW[hour] += windowArea(name) * sun[hour];

  const { control } = spec;
  const vented = control === 'night-vent' || control === 'free-night-vent';
  const infiltrationWK = 0.34 * 0.5 * VOLUME_M3 * ALTITUDE;
  const fanWK = 0.34 * 1703.16 * ALTITUDE;
  const each = (of: (hourOfDay: number) => number): Float64Array =>
    Float64Array.from(year.outdoorC, (_, hour) => of(hourOf(hour)));
  const fanRuns = (hour: number): boolean => vented && (hour >= 18 || hour < 7);
  const heatingC = {
    'dead-band': () => 20,
    'single-set': () => 20,
    // From 7 to 8 the set point rises evenly: half way on the mean of the hour.
    'set-back': (hour: number) => (hour >= 23 || hour < 7 ? 10 : hour === 7 ? 15 : 20),
    'night-vent': () => -Infinity,
    free: () => -Infinity,
    'free-night-vent': () => -Infinity,
  }[control];
  const coolingC = {
    'dead-band': () => 27,
    'single-set': () => 20,
    'set-back': () => 27,
    'night-vent': (hour: number) => (hour >= 7 && hour < 18 ? 27 : Infinity),
    free: () => Infinity,
    'free-night-vent': () => Infinity,
  }[control];
  return simulateYear(
    networkOf({
      floorAreaM2: FLOOR_M2,
      opaqueWK: opaque.reduce((sum, { heatWK }) => sum + heatWK, 0),
      windowWK,
      ...massBy(spec.heavy),
      surfaceAirWm2K: SURFACE_AIR_WM2K,
    }),
    {
      supplyC: year.outdoorC,
      opaqueC: equivalentOutdoorC(year, opaque),
      windowC: year.outdoorC,
      airWK: each((hour) => infiltrationWK + (fanRuns(hour) ? fanWK : 0)),
      solarW,
      internalW: each(() => 200),
      heatingC: each(heatingC),
      coolingC: each(coolingC),
    },
    { ...idealPlant, convectiveGains: 0.4 },
  );
};

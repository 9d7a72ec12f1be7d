import { formatDay, isHoliday, weekday } from '../../src/core/calendar.ts';
import { seedOf, seeded } from './random.ts';
import type { BuildingSpec } from './specification.ts';
import type { Truth } from './truth.ts';
import type { HourlyWeather } from './weather.ts';

const DAY_MS = 86_400_000;

/** School holidays of zone A in the sample years, both days included (Ministère de l'Éducation nationale). */
const schoolBreaks: readonly (readonly [string, string])[] = [
  ['2022-01-01', '2022-01-02'],
  ['2022-02-12', '2022-02-27'],
  ['2022-04-16', '2022-05-01'],
  ['2022-07-08', '2022-08-31'],
  ['2022-10-22', '2022-11-06'],
  ['2022-12-17', '2023-01-02'],
  ['2023-02-04', '2023-02-19'],
  ['2023-04-08', '2023-04-23'],
  ['2023-07-08', '2023-09-03'],
  ['2023-10-21', '2023-11-05'],
  ['2023-12-23', '2024-01-07'],
  ['2024-02-17', '2024-03-03'],
  ['2024-04-13', '2024-04-28'],
  ['2024-07-06', '2024-09-01'],
  ['2024-10-19', '2024-11-03'],
  ['2024-12-21', '2024-12-31'],
];

const isOpen = (spec: BuildingSpec, day: number): boolean => {
  if (!spec.openWeekend && (weekday(day) >= 5 || isHoliday('FR', day))) return false;
  if (!spec.schoolHolidays) return true;
  const text = formatDay(day);
  return !schoolBreaks.some(([from, to]) => text >= from && text <= to);
};

/** The figures of the building in force on one day, before or after the works. */
type State = {
  readonly lossWK: number;
  readonly efficiency: number;
  readonly shiftK: number;
  readonly baseFactor: number;
};

const stateOf = (spec: BuildingSpec, truth: Truth, renovated: boolean): State => {
  const { factors } = spec.works;
  const factor = (name: 'walls' | 'roof' | 'floor' | 'windows' | 'air'): number =>
    renovated ? (factors[name] ?? 1) : 1;
  const { lossesWK } = truth;
  return {
    lossWK:
      lossesWK.walls * factor('walls') +
      lossesWK.roof * factor('roof') +
      lossesWK.floor * factor('floor') +
      lossesWK.windows * factor('windows') +
      lossesWK.doors +
      lossesWK.bridges +
      lossesWK.air * factor('air'),
    efficiency: renovated ? (factors.efficiency ?? spec.efficiency) : spec.efficiency,
    shiftK: renovated ? (factors.setPointK ?? 0) : 0,
    baseFactor: renovated ? (factors.baseLoad ?? 1) : 1,
  };
};

/**
 * Hourly energy of a meter, kWh: a room node and a mass node, stepped implicitly hour by hour (two resistances, one
 * capacity; not the monthly balance that the product calibrates with), a thermostat with set-back and days off,
 * limited power, solar and internal gains, people who change their habits a little each winter and each day.
 * `worksFrom` is the first day with the works' effect; infinity gives what would have been without them.
 */
export const simulateMeter = (
  spec: BuildingSpec,
  truth: Truth,
  weather: HourlyWeather,
  worksFrom: number,
): Float64Array => {
  const random = seeded(seedOf(`${spec.id} life`));
  const hours = weather.outdoorC.length;
  const firstDay = Math.floor(weather.startMs / DAY_MS);
  const exchangeWK = 9 * truth.floorAreaM2;
  const capacityWhK = 60 * truth.floorAreaM2;
  const apertureM2 = 0.28 * truth.windowM2;
  const before = stateOf(spec, truth, false);
  const after = stateOf(spec, truth, true);
  const maximumW = 1.6 * truth.heatLossWK * 25;
  const energyKwh = new Float64Array(hours);
  let massC = spec.setPointC - 1;
  let habit = 0;
  let winterK = 0.35 * random.normal();
  let demand = 0;
  for (let hour = 0; hour < hours; hour++) {
    const day = firstDay + Math.floor(hour / 24);
    const hourOfDay = hour % 24;
    if (hourOfDay === 0) {
      if (formatDay(day).endsWith('-08-01')) winterK = 0.35 * random.normal();
      habit = 0.6 * habit + 0.8 * 0.35 * random.normal();
      demand = 0.65 * demand + Math.sqrt(1 - 0.65 ** 2) * random.normal();
    }
    const state = day >= worksFrom ? after : before;
    const open = isOpen(spec, day);
    const [opens, closes] = spec.occupiedHours;
    const warmFrom = opens === 0 ? 0 : opens - 2;
    const occupied = open && hourOfDay >= opens && hourOfDay < closes;
    const warm = open && hourOfDay >= warmFrom && hourOfDay < closes;
    const setPointC = spec.setPointC + winterK + habit + state.shiftK - (warm ? 0 : spec.setBackK);
    const outdoorC = weather.outdoorC[hour] ?? 0;
    const gainsW =
      spec.gainsWm2 * truth.floorAreaM2 * (occupied ? 1.3 : 0.5) + apertureM2 * (weather.ghiWm2[hour] ?? 0);
    // Room balance: exchange·(mass − room) + loss·(outdoor − room) + gains + heat = 0, the mass takes half the gains.
    const roomAt = (heatW: number): number =>
      (exchangeWK * massC + state.lossWK * outdoorC + gainsW / 2 + heatW) / (exchangeWK + state.lossWK);
    const neededW = (setPointC - roomAt(0)) * (exchangeWK + state.lossWK);
    const inSeason = outdoorC < 21;
    const heatW = inSeason ? Math.max(0, Math.min(maximumW, neededW)) : 0;
    const roomC = roomAt(heatW);
    massC = (capacityWhK * massC + exchangeWK * roomC + gainsW / 2) / (capacityWhK + exchangeWK);
    const share = occupied ? 1.4 : 0.6;
    const closedFactor = open ? 1 : 0.5;
    const baseKwh =
      (spec.baseLoadKwhDay / 24) * share * closedFactor * Math.max(0.1, 1 + spec.baseLoadSpread * demand);
    energyKwh[hour] = heatW / 1000 / state.efficiency + baseKwh * state.baseFactor;
  }
  return energyKwh;
};

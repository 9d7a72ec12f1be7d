import { readFileSync } from 'node:fs';
import { heatPumpCop } from '#core/physics/heat-pump.ts';
import { massAreaOverFloor, networkOf } from '#core/physics/hourly/network.ts';
import { convective, type HeatSplit, simulateYear } from '#core/physics/hourly/simulate-year.ts';

type Zone = Readonly<Record<string, number | string>>;
type StepCase = {
  readonly name: string;
  readonly inputs: { readonly [name: string]: number };
  readonly zone: Zone;
  readonly expected: { readonly [name: string]: number };
};

/** What one hour came to, and the hour's quantities that differ from the expected ones after rounding to 2 decimals. */
type StepResult = { readonly name: string; readonly wrong: readonly string[] };

const number = (zone: Zone, name: string): number => Number(zone[name]);

/** Heat capacity of air as the reference code has it, J/(m3 K). */
const AIR_J_M3K = 1200;

/** Temperatures of the reference's emitters and sources, °C. */
const HEATING_SUPPLY_C = 40;
const COOLING_SUPPLY_C = 6;
const GROUND_COOLING_C = 12;
const GROUND_HEATING_C = 7;

const splitOf = (emission: unknown): HeatSplit =>
  emission === 'emission_system.FloorHeating' ? { air: 0, surface: 1, mass: 0 } : convective;

const stepOf = ({ zone, inputs }: StepCase, outdoorC: number, massC: number) => {
  const floorAreaM2 = number(zone, 'floor_area');
  const capacity = number(zone, 'thermal_capacitance_per_floor_area');
  const opaqueWK = number(zone, 'u_walls') * number(zone, 'walls_area');
  const [vent, leak] = [number(zone, 'ach_vent'), number(zone, 'ach_infl')];
  const kept = 1 - (vent / (vent + leak)) * number(zone, 'ventilation_efficiency');
  const at = (value: number | undefined): Float64Array => Float64Array.of(value ?? Number.NaN);
  const year = simulateYear(
    {
      ...networkOf({
        floorAreaM2,
        opaqueWK,
        windowWK: number(zone, 'u_windows') * number(zone, 'window_area'),
        capacityJK: capacity * floorAreaM2,
        massAreaM2: massAreaOverFloor(capacity) * floorAreaM2,
        internalAreaM2: number(zone, 'total_internal_area'),
      }),
      // The reference code leaves out 1/(1/H_op − 1/H_ms).
      massOutdoorWK: opaqueWK,
    },
    {
      supplyC: at(outdoorC),
      opaqueC: at(outdoorC),
      windowC: at(outdoorC),
      airWK: at((AIR_J_M3K * kept * number(zone, 'room_vol') * (vent + leak)) / 3600),
      solarW: at(inputs['solar_gains']),
      internalW: at(inputs['internal_gains']),
      heatingC: at(number(zone, 't_set_heating')),
      coolingC: at(number(zone, 't_set_cooling')),
    },
    {
      maxHeatingW: number(zone, 'max_heating_energy_per_floor_area') * floorAreaM2,
      maxCoolingW: -number(zone, 'max_cooling_energy_per_floor_area') * floorAreaM2,
      heatingSplit: splitOf(zone['heating_emission_system']),
      // The reference finds the need of a cooling hour, too, by the rise that the heating emitter gives.
      coolingSplit: splitOf(zone['heating_emission_system']),
    },
    massC,
  );
  const [heating, cooling] = [year.heatingW[0] ?? 0, year.coolingW[0] ?? 0];
  const copOf = (system: unknown, whenAir: number, whenGround: number): number =>
    system === 'supply_system.HeatPumpAir'
      ? heatPumpCop('air', whenAir, true)
      : system === 'supply_system.HeatPumpWater'
        ? heatPumpCop('ground', whenGround, true)
        : 1;
  const heatingCop = copOf(
    zone['heating_supply_system'],
    HEATING_SUPPLY_C - outdoorC,
    HEATING_SUPPLY_C - GROUND_HEATING_C,
  );
  const coolingCop = copOf(
    zone['cooling_supply_system'],
    outdoorC - COOLING_SUPPLY_C,
    GROUND_COOLING_C - COOLING_SUPPLY_C,
  );
  return {
    t_m: (massC + (year.massC[0] ?? Number.NaN)) / 2,
    energy_demand: heating - cooling,
    heating_sys_electricity: heating / heatingCop,
    cooling_sys_electricity: cooling / coolingCop,
    cop: cooling > 0 ? coolingCop : heatingCop,
  };
};

/** The winter hour that the case of mixed emissions runs before the one its inputs name. */
const FIRST_HOUR = { outdoorC: 10, massC: 20 };

/** Single hours of a public 5R1C code (MIT), its lighting left out, against ours. */
export const stepCases = (file: string): StepResult[] => {
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: StepCase[] };
  return cases.map((one) => {
    const own: Record<string, number> = stepOf(one, one.inputs['t_out'] ?? 0, one.inputs['t_m_prev'] ?? 0);
    if (one.zone['heating_emission_system'] !== one.zone['cooling_emission_system']) {
      const { t_m, heating_sys_electricity, cop } = stepOf(one, FIRST_HOUR.outdoorC, FIRST_HOUR.massC);
      Object.assign(own, { t_m, heating_sys_electricity, cop });
    }
    const wrong = Object.keys(own).filter((name) => {
      const expected = one.expected[name];
      return expected !== undefined && !(Math.abs((own[name] ?? Number.NaN) - expected) <= 0.005001);
    });
    return { name: one.name, wrong: wrong.map((name) => `${name} ${own[name]} ≠ ${one.expected[name]}`) };
  });
};

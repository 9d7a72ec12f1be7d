import table from '../../../models/heat-pumps.json' with { type: 'json' };

type HeatPumpSource = 'air' | 'ground';
export type HeatEmitter = 'floor' | 'radiators-low' | 'radiators-high' | 'air';

/**
 * Coefficient of performance by the lift from the source to the supply, K (Staffell et al. 2012, models/heat-pumps.json).
 * The regression stands between 15 (ground: 20) and 60 K; outside the nearest end stands unless `extend` asks for the
 * plain polynomial, as for cooling.
 */
export const heatPumpCop = (source: HeatPumpSource, liftK: number, extend = false): number => {
  const { a, b, c, fromK, toK } = table.cop[source];
  const lift = extend ? liftK : Math.min(toK, Math.max(fromK, liftK));
  return a + b * lift + c * lift * lift;
};

const fahrenheit = (celsius: number): number => 32 + 1.8 * celsius;

const airCapacity = (indoorC: number, outdoorC: number): number => {
  const [a, b, c, d, e, f] = table.capacity.air as [number, number, number, number, number, number];
  const inside = fahrenheit(indoorC);
  const outside = fahrenheit(Math.min(table.capacity.toC, Math.max(table.capacity.fromC, outdoorC)));
  return a + b * inside + c * inside ** 2 + d * outside + e * outside ** 2 + f * inside * outside;
};

/** Rated conditions of EN 14511 for air, °C. */
const RATED_OUTDOOR_C = 7;
const INDOOR_C = 20;

/** Heating capacity of an air-source machine over that at 7 °C outdoors (Cutler et al. 2013). */
export const airCapacityShare = (outdoorC: number): number =>
  airCapacity(INDOOR_C, outdoorC) / airCapacity(INDOOR_C, RATED_OUTDOOR_C);

export type HeatPump = {
  readonly source: HeatPumpSource;
  readonly emitter: HeatEmitter;
  /** Heat at 7 °C outdoors (air) or at all times (ground), W. */
  readonly ratedW: number;
};

type HeatPumpYear = {
  /** Heat asked, kWh. */
  readonly heatKwh: number;
  readonly electricityKwh: number;
  /** Part of the heat that direct electricity gave because the machine was too small, kWh. */
  readonly backupKwh: number;
  /** Seasonal performance factor: heat over electricity, back-up included; NaN when no heat was asked. */
  readonly spf: number;
};

/** What a heat pump takes to give hourly loads, W, at hourly outdoor temperatures, °C; what it cannot give comes from direct electricity. */
export const heatPumpYear = (pump: HeatPump, loadW: Float64Array, outdoorC: Float64Array): HeatPumpYear => {
  const supplyC = table.supplyC[pump.emitter];
  let [heat, electricity, backup] = [0, 0, 0];
  for (let hour = 0; hour < loadW.length; hour++) {
    const load = loadW[hour];
    if (!(load > 0)) continue;
    const air = pump.source === 'air';
    const most = pump.ratedW * (air ? airCapacityShare(outdoorC[hour]) : 1);
    const given = Math.min(load, most);
    const sourceC = air ? outdoorC[hour] : table.groundSourceC.value;
    heat += load / 1000;
    electricity += (given / heatPumpCop(pump.source, supplyC - sourceC) + load - given) / 1000;
    backup += (load - given) / 1000;
  }
  return { heatKwh: heat, electricityKwh: electricity, backupKwh: backup, spf: heat / electricity };
};

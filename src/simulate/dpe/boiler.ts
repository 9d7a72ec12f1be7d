import type { Combustion, ConventionalCarrier } from '#core/conventional.ts';

/** Gross over net heating value: the method's efficiencies are net, its load curve gross (section 13.2; DOMAIN 2.10). */
const grossOverNet: Readonly<Record<ConventionalCarrier, number>> = {
  gas: 1.11,
  lpg: 1.09,
  oil: 1.07,
  coal: 1.04,
  logs: 1.08,
  pellets: 1.08,
  chips: 1.08,
  electricity: 1,
  'district-heat': 1,
};

/** Load points of the conventional season and their weights (section 13.2.1). */
const loads: readonly (readonly [number, number])[] = [
  [0.05, 0.1],
  [0.15, 0.25],
  [0.25, 0.2],
  [0.35, 0.15],
  [0.45, 0.1],
  [0.55, 0.1],
  [0.65, 0.05],
  [0.75, 0.025],
  [0.85, 0.025],
];

/** Gain in percent a kelvin of colder return, and the water temperature the tests are made at. */
const returns = {
  standard: [0.1, 50],
  'low-temperature': [0.1, 40],
  condensing: [0.2, 33],
} as const;

const lossAt = (power: number, efficiency: number): number => (power * (100 - efficiency)) / efficiency;

const line = (x: number, from: readonly [number, number], to: readonly [number, number]): number =>
  from[1] + ((to[1] - from[1]) * (x - from[0])) / (to[0] - from[0]);

/** Losses of the generator at part load x, kW, through the points the method gives for its family. */
const lossCurve = (unit: Combustion, factor: number): ((x: number) => number) => {
  const power = unit.powerW / 1000;
  const full = (100 * unit.fullLoad) / factor;
  const part = (100 * unit.partLoad) / factor;
  const idle = (0.15 * unit.standbyW * factor) / 1000;
  if (unit.family === 'gas-radiator') return (x) => ((1.04 * (100 - full)) / full) * power * x;
  if (unit.family === 'solid-fuel' || unit.family === 'warm-air') {
    const half = lossAt(0.5 * power, part);
    const whole = lossAt(power, full);
    return (x) => (x < 0.5 ? line(x, [0, idle], [0.5, half]) : line(x, [0.5, half], [1, whole]));
  }
  const [slope, tested] = returns[unit.family];
  const water = unit.modulating ? unit.partLoadC : unit.fullLoadC;
  const at30 = lossAt(0.3 * power, part + slope * (tested - water));
  const whole = lossAt(power, full + 0.1 * (70 - unit.fullLoadC));
  if (unit.family === 'standard')
    return (x) => (x < 0.3 ? line(x, [0, idle], [0.3, at30]) : line(x, [0.3, at30], [1, whole]));
  return (x) => {
    if (x < 0.15) return line(x, [0, idle], [0.15, at30 / 2]);
    return x < 0.3 ? line(x, [0.15, at30 / 2], [0.3, at30]) : line(x, [0.3, at30], [1, whole]);
  };
};

/**
 * Seasonal efficiency of a combustion generator on the net heating value, by the method's load curve (section 13.2.1).
 * `sizing` is the installed power over what the losses need at the design temperature.
 */
export const seasonalEfficiency = (
  unit: Combustion,
  carrier: ConventionalCarrier,
  sizing: number,
): number => {
  const factor = grossOverNet[carrier];
  const loss = lossCurve(unit, factor);
  let given = 0;
  let taken = 0;
  for (const [load, weight] of loads) {
    const x = Math.min(1, load / sizing);
    const power = (unit.powerW / 1000) * x;
    given += power * weight;
    taken += weight * (power + loss(x));
  }
  return (factor * given) / (taken + (0.45 * unit.standbyW + unit.pilotW) / 1000);
};

/** Casing losses a boiler in the heated space gives back in a month, Wh (section 9.1.1). */
export const recoveredFromBoiler = (
  unit: Combustion,
  hotWater: boolean,
  heatingHours: number,
  needWh: number,
): number => {
  if (unit.family === 'warm-air') return 0;
  const running = (1.3 * needWh) / (0.3 * unit.powerW) + (hotWater ? (heatingHours * 1790) / 8760 : 0);
  return 0.48 * (unit.sealed ? 0.75 : 0.5) * unit.standbyW * Math.min(heatingHours, running);
};

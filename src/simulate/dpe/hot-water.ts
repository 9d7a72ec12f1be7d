import type { HotWaterSystem } from '#core/conventional.ts';

/** Hours a year of standby at nominal and of pilot light, by kind (sections 14.1.1 to 14.1.3). */
const idle = {
  boiler: { standby: 1790, pilot: 6970 * 0.5 },
  instant: { standby: 1790, pilot: 6970 },
  'gas-tank': { standby: 8592, pilot: 6970 },
} as const;

/** Final energy of one system over its useful need, both a year, kWh: generation, tank and distribution (sections 11.3 to 14). */
export const hotWaterUse = (system: HotWaterSystem, needKwh: number): number => {
  const { source, tankLossWh, distribution, solarShare } = system;
  const needWh = (1000 * needKwh) / system.units;
  if (needWh <= 0) return 0;
  const expense = (): number => {
    if (source.kind === 'fixed') return 1 / source.efficiency;
    if (source.kind === 'electric') return (1 + (tankLossWh * distribution) / needWh) / source.bonus;
    const hours = idle[source.kind];
    return (
      1 / source.fullLoad +
      (hours.standby * source.standbyW + tankLossWh + hours.pilot * source.pilotW) / needWh
    );
  };
  return (needKwh * (1 - solarShare) * expense()) / distribution;
};

/** Losses of pipes and tanks that warm the dwelling, W on average of the year (section 9.1.1): 48 % of them count. */
export const recoveredFromHotWater = (system: HotWaterSystem, needKwh: number): number => {
  const pipes = (system.collective ? 0.212 : 0.1) * 1000 * needKwh;
  const tanks = system.collective || !system.tankHeated ? 0 : system.tankLossWh * system.units;
  return (0.48 * (pipes + tanks)) / 8760;
};

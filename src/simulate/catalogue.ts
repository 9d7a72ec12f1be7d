import airtightness from '../../models/measures/airtightness.json' with { type: 'json' };
import balancing from '../../models/measures/balancing.json' with { type: 'json' };
import boilerCondensing from '../../models/measures/boiler-condensing.json' with { type: 'json' };
import buildingManagement from '../../models/measures/building-management.json' with { type: 'json' };
import districtHeat from '../../models/measures/district-heat.json' with { type: 'json' };
import doors from '../../models/measures/doors.json' with { type: 'json' };
import floorInsulation from '../../models/measures/floor-insulation.json' with { type: 'json' };
import heatPumpAir from '../../models/measures/heat-pump-air.json' with { type: 'json' };
import heatPumpGround from '../../models/measures/heat-pump-ground.json' with { type: 'json' };
import hotWater from '../../models/measures/hot-water.json' with { type: 'json' };
import poolCover from '../../models/measures/pool-cover.json' with { type: 'json' };
import roofInsulation from '../../models/measures/roof-insulation.json' with { type: 'json' };
import setBack from '../../models/measures/set-back.json' with { type: 'json' };
import heatRecovery from '../../models/measures/ventilation-heat-recovery.json' with { type: 'json' };
import hygro from '../../models/measures/ventilation-hygro.json' with { type: 'json' };
import wallInside from '../../models/measures/wall-insulation-inside.json' with { type: 'json' };
import wallOutside from '../../models/measures/wall-insulation-outside.json' with { type: 'json' };
import windows from '../../models/measures/windows.json' with { type: 'json' };
import factorsTable from '../../models/carbon-factors.json' with { type: 'json' };
import pricesTable from '../../models/energy-prices.json' with { type: 'json' };
import { type Measure, measureSchema } from './schema.ts';
import type { CarbonFactors, EnergyPrices } from './types.ts';

/** The measures shipped with the tool; a user's own are passed beside or instead, as values. */
export const shippedCatalogue: readonly Measure[] = [
  wallOutside,
  wallInside,
  roofInsulation,
  floorInsulation,
  windows,
  doors,
  airtightness,
  hygro,
  heatRecovery,
  boilerCondensing,
  heatPumpAir,
  heatPumpGround,
  districtHeat,
  setBack,
  buildingManagement,
  balancing,
  hotWater,
  poolCover,
].map((file) => measureSchema.parse(file));

export const shippedPrices: EnergyPrices = {
  version: pricesTable.version,
  date: pricesTable.date,
  carriers: pricesTable.carriers,
};

/** Factors for what a building really emits; the regulatory ones are kept apart (DOMAIN 3.9). */
export const shippedCarbonFactors: CarbonFactors = {
  version: factorsTable.version,
  date: factorsTable.date,
  purpose: 'operational',
  carriers: factorsTable.purposes.operational,
};

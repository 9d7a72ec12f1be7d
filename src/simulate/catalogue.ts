import { z } from 'zod';
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
import wallInsulationOutsideDeep from '../../models/measures/wall-insulation-outside-deep.json' with {
  type: 'json',
};
import wallInsulationInsideWoodFibre from '../../models/measures/wall-insulation-inside-wood-fibre.json' with {
  type: 'json',
};
import roofTerraceInsulation from '../../models/measures/roof-terrace-insulation.json' with { type: 'json' };
import roofInsulationLight from '../../models/measures/roof-insulation-light.json' with { type: 'json' };
import floorInsulationDeep from '../../models/measures/floor-insulation-deep.json' with { type: 'json' };
import windowsTriple from '../../models/measures/windows-triple.json' with { type: 'json' };
import thermalBridges from '../../models/measures/thermal-bridges.json' with { type: 'json' };
import heatPumpHybrid from '../../models/measures/heat-pump-hybrid.json' with { type: 'json' };
import emittersLowTemperature from '../../models/measures/emitters-low-temperature.json' with {
  type: 'json',
};
import lightingLed from '../../models/measures/lighting-led.json' with { type: 'json' };
import solarProtection from '../../models/measures/solar-protection.json' with { type: 'json' };
import photovoltaic from '../../models/measures/photovoltaic.json' with { type: 'json' };
import windows from '../../models/measures/windows.json' with { type: 'json' };
import economicsTable from '../../models/economics.json' with { type: 'json' };
import factorsTable from '../../models/carbon-factors.json' with { type: 'json' };
import pricesTable from '../../models/energy-prices.json' with { type: 'json' };
import ceeBarEn101 from '../../models/subsidies/cee-bar-en-101.json' with { type: 'json' };
import ceeBarEn102 from '../../models/subsidies/cee-bar-en-102.json' with { type: 'json' };
import ceeBarEn103 from '../../models/subsidies/cee-bar-en-103.json' with { type: 'json' };
import ceeBarEn104 from '../../models/subsidies/cee-bar-en-104.json' with { type: 'json' };
import ceeBarEn104Electric from '../../models/subsidies/cee-bar-en-104-electric.json' with { type: 'json' };
import ceeBarTh137 from '../../models/subsidies/cee-bar-th-137.json' with { type: 'json' };
import ceeBatTh116Office from '../../models/subsidies/cee-bat-th-116-office.json' with { type: 'json' };
import ceeBatTh116School from '../../models/subsidies/cee-bat-th-116-school.json' with { type: 'json' };
import { type Measure, measureSchema } from './schema.ts';
import { type Subsidy, subsidySchema } from './subsidy.ts';
import type { CarbonFactors, Economics, EnergyPrices } from './types.ts';

const factorSchema = z.object({
  kgPerKwh: z.number(),
  per: z.enum(['gross', 'net']).optional(),
  source: z.string(),
});

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
  wallInsulationOutsideDeep,
  wallInsulationInsideWoodFibre,
  roofTerraceInsulation,
  roofInsulationLight,
  floorInsulationDeep,
  windowsTriple,
  thermalBridges,
  heatPumpHybrid,
  emittersLowTemperature,
  lightingLed,
  solarProtection,
  photovoltaic,
].map((file) => measureSchema.parse(file));

export const shippedPrices: EnergyPrices = {
  version: pricesTable.version,
  date: pricesTable.date,
  carriers: pricesTable.carriers,
};

/** Schemes of aid shipped with the tool; a user's own are passed beside. */
export const shippedSubsidies: readonly Subsidy[] = [
  ceeBarEn101,
  ceeBarEn102,
  ceeBarEn103,
  ceeBarEn104,
  ceeBarEn104Electric,
  ceeBarTh137,
  ceeBatTh116Office,
  ceeBatTh116School,
].map((file) => subsidySchema.parse(file));

export const shippedEconomics: Economics = economicsTable;

type Purpose = keyof typeof factorsTable.purposes;

const factorsFor = (purpose: Purpose): CarbonFactors => ({
  version: factorsTable.version,
  date: factorsTable.date,
  purpose,
  carriers: z.record(z.string(), factorSchema).parse(factorsTable.purposes[purpose]),
  grossOverNet: { gas: factorsTable.grossOverNet.gas },
});

/** Factors for what a building really emits; the regulatory ones are kept apart (DOMAIN 3.9). */
export const shippedCarbonFactors: CarbonFactors = factorsFor('operational');

/** Factors of the energy label and of the tertiary declaration, never mixed with the former. */
export const otherCarbonFactors: readonly CarbonFactors[] = [factorsFor('dpe'), factorsFor('operat')];

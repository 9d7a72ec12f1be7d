import table from '../../../models/dpe-climate.json' with { type: 'json' };
import type { ConventionalInput, Facing } from '#core/conventional.ts';

type Months = readonly number[];

/** The conventional year of a place, by month. */
export type ConventionalClimate = {
  readonly degreeHours19: Months;
  readonly degreeHours14: Months;
  readonly heatingHours: Months;
  readonly outdoorC: Months;
  readonly southKwhM2: Months;
  readonly coldWaterC: Months;
  readonly coolingHours: Months;
  readonly coolingOutdoorC: Months;
  readonly coolingSouthKwhM2: Months;
  readonly orientation: Readonly<Record<Facing, Months>>;
  /** Outdoor temperature the heating is sized at, degrees C. */
  readonly designC: number;
};

const design = { H1: -9.5, H2: -6.5, H3: -3.5 } as const;
const DESIGN_STEP_C = 2;

const prefix = (zone: string): keyof typeof design =>
  zone.startsWith('H1') ? 'H1' : zone.startsWith('H2') ? 'H2' : 'H3';

/** Conventional climate of a zone and altitude class (3CL-DPE 2021, section 18; DOMAIN 2.12, models/dpe-climate.json). */
export const conventionalClimate = ({
  zone,
  altitude,
  oldHeavy,
}: Pick<ConventionalInput, 'zone' | 'altitude' | 'oldHeavy'>): ConventionalClimate => {
  const season = oldHeavy ? 'oldHeavy' : 'ordinary';
  return {
    degreeHours19: table.degreeHours19[season][altitude][zone],
    degreeHours14: table.degreeHours14[season][altitude][zone],
    heatingHours: table.heatingHours19[season][altitude][zone],
    outdoorC: table.outdoorC[season][altitude][zone],
    southKwhM2: table.southKwhM2[season][altitude][zone],
    coldWaterC: table.coldWaterC[altitude][zone],
    coolingHours: table.coolingHours28[altitude][zone],
    coolingOutdoorC: table.coolingOutdoorC[altitude][zone],
    coolingSouthKwhM2: table.coolingSouthKwhM2[altitude][zone],
    orientation: table.orientation[zone],
    designC: design[prefix(zone)] - DESIGN_STEP_C * altitude,
  };
};

export const MONTHS = 12;

/** Sum over the months, in their unit. */
export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

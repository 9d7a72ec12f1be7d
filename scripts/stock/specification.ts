import type { HeatingSystem, Twin } from '../../src/core/twin.ts';

export type Layer = { readonly name: string; readonly thicknessM: number; readonly conductivityWmK: number };

/** How the model file says what a construction is worth: so that every provenance occurs in the stock. */
export type Telling = 'layers-with-conductivity' | 'layer-names' | 'declared-u' | 'nothing';

export type Construction = {
  readonly name: string;
  readonly layers: readonly Layer[];
  readonly telling: Telling;
};

export type Glazing = { readonly uWm2K: number; readonly telling: 'declared-u' | 'nothing' };

type WorksSpec = {
  readonly measures: readonly string[];
  readonly start: string;
  readonly end: string;
  readonly costEur: number;
  /** What the works really changed: new U-values, air, efficiency, set point, other loads; each relative to before. */
  readonly factors: {
    readonly walls?: number;
    readonly roof?: number;
    readonly floor?: number;
    readonly windows?: number;
    readonly air?: number;
    readonly efficiency?: number;
    readonly setPointK?: number;
    readonly baseLoad?: number;
  };
};

/** One fictional building: its plan, its constructions, its life, its works. Lengths in metres. */
export type BuildingSpec = {
  readonly id: string;
  readonly name: { readonly fr: string; readonly en: string };
  readonly use: Twin['use'];
  readonly commune: string;
  /** An invented place in the commune: degrees, minutes and seconds, WGS 84, all of one sign. */
  readonly place: {
    readonly latitude: readonly [number, number, number];
    readonly longitude: readonly [number, number, number];
  };
  readonly constructionYear: number;
  /** Homes of a residence. */
  readonly dwellings?: number;
  readonly schema: 'IFC4' | 'IFC2X3';
  readonly millimetres: boolean;
  /** Outer corners, counter-clockwise seen from above. */
  readonly outline: readonly (readonly [number, number])[];
  readonly storeys: number;
  readonly storeyHeightM: number;
  readonly gable: { readonly riseM: number } | null;
  readonly cellar: boolean;
  /** Direction of true north in plan, degrees clockwise from +y. */
  readonly trueNorthDeg: number;
  readonly statesIsExternal: boolean;
  readonly wall: Construction;
  readonly roof: Construction;
  readonly floor: Construction;
  readonly window: Glazing & {
    readonly widthM: number;
    readonly heightM: number;
    readonly sillM: number;
    readonly spacingM: number;
  };
  readonly door: Glazing & { readonly widthM: number; readonly heightM: number };
  readonly airChangePerHour: number;
  readonly system: HeatingSystem['kind'];
  readonly carrier: HeatingSystem['carrier'];
  readonly efficiency: number;
  readonly setPointC: number;
  /** Kelvins below the set point at night and on days off. */
  readonly setBackK: number;
  readonly occupiedHours: readonly [number, number];
  readonly openWeekend: boolean;
  readonly schoolHolidays: boolean;
  readonly gainsWm2: number;
  /** kWh a day on the same meter that the weather does not drive. */
  readonly baseLoadKwhDay: number;
  /** Day-to-day spread of that load, relative, and how far it follows the day before. */
  readonly baseLoadSpread: number;
  readonly hourlyMeter: boolean;
  readonly meterHasTemperature: boolean;
  readonly works: WorksSpec;
};

import type { Posterior } from '#core/calibration/index.ts';
import type { Message, Warning } from '#core/message.ts';
import type { MonthlyWeather } from '#core/physics/monthly-weather.ts';
import type { Quantity } from '#core/quantity.ts';
import type { EnergyCarrier, LossGroup, Twin } from '#core/twin.ts';
import type { Measure } from './schema.ts';

export type EnergyPrices = {
  readonly version: string;
  readonly date: string;
  readonly carriers: Readonly<
    Partial<
      Record<EnergyCarrier, { readonly eurPerKwh: number; readonly spread: number; readonly source: string }>
    >
  >;
};

export type CarbonFactors = {
  readonly version: string;
  readonly date: string;
  readonly purpose: string;
  readonly carriers: Readonly<
    Partial<Record<EnergyCarrier, { readonly kgPerKwh: number; readonly source: string }>>
  >;
};

/** Realised over predicted saving of one kind of measure, as learnt in the stock. */
export type RealisationRate = {
  readonly measure: string;
  readonly mean: number;
  readonly sd: number;
  readonly cases: number;
};

/**
 * Comfort taken back after works: `rebound` is the share, 0 to 1, of the gap to conventional heating that closes in proportion
 * to the loss removed. Left out: none beside what the realisation rate holds.
 */
export type Comfort = { readonly rebound: number; readonly conventionalSetPointC: number };

export type ScenarioInput = {
  readonly twin: Twin;
  readonly posterior: Posterior;
  readonly measures: readonly Measure[];
  readonly weather: MonthlyWeather;
  readonly realisation?: readonly RealisationRate[];
  readonly prices: EnergyPrices;
  readonly factors: CarbonFactors;
  readonly comfort?: Comfort;
};

export type MeasureShare = { readonly measure: string; readonly name: Message; readonly savingKwh: number };

/** kWh of final energy a year. */
export type UseSplit = { readonly heating: number; readonly baseLoad: number; readonly auxiliaries: number };

/** What a set of measures does, one value a draw: for the programme optimiser and the comparison. */
export type ScenarioDraws = {
  readonly beforeKwh: Float64Array;
  /** After the realisation rate, own electricity of the measures counted. */
  readonly savingKwh: Float64Array;
  /** EUR; undefined where a cost is unknown. */
  readonly costEur: Float64Array | undefined;
  /** EUR saved a year; undefined where a price is unknown. */
  readonly annualEur: Float64Array | undefined;
  /** kgCO2e saved a year; undefined where a factor is unknown. */
  readonly carbonKg: Float64Array | undefined;
};

export type ScenarioResult = {
  readonly measures: readonly string[];
  readonly beforeKwh: Quantity;
  readonly afterKwh: Quantity;
  readonly savingKwh: Quantity;
  readonly savingPercent: Quantity;
  /** Null: not evaluated. */
  readonly costEur: Quantity | null;
  readonly annualEur: Quantity | null;
  readonly carbonKgYear: Quantity | null;
  readonly paybackYears: Quantity | null;
  /** Embodied carbon of the works, kgCO2e; null where any measure has no sourced figure. */
  readonly embodiedCarbonKg: Quantity | null;
  readonly chanceOf30Percent: number;
  readonly shares: readonly MeasureShare[];
  readonly realisationRate: Quantity | null;
  /** Metered heating over what the same building would take at conventional comfort; below 1 is prebound. */
  readonly prebound: Quantity;
  readonly byUse: { readonly before: UseSplit; readonly after: UseSplit };
  readonly lossesWK: readonly {
    readonly group: LossGroup;
    readonly before: number;
    readonly after: number;
  }[];
  readonly warnings: readonly Warning[];
  readonly draws: ScenarioDraws;
};

import type { Posterior } from '#core/calibration/index.ts';
import type { Message, Warning } from '#core/message.ts';
import type { MonthlyWeather } from '#core/physics/monthly-weather.ts';
import type { Quantity } from '#core/quantity.ts';
import type { EnergyCarrier, LossGroup, Twin } from '#core/twin.ts';
import type { CeeZone } from './climate-zone.ts';
import type { Range } from './draws.ts';
import type { PaidBack } from './payback.ts';
import type { Measure } from './schema.ts';
import type { Subsidy } from './subsidy.ts';

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
    Partial<
      Record<
        EnergyCarrier,
        {
          readonly kgPerKwh: number;
          /** Calorific value the factor is for; the meter's own when left out. */
          readonly per?: 'gross' | 'net';
          readonly source: string;
        }
      >
    >
  >;
  /** Metered over net calorific value, by carrier whose meter counts the gross one. */
  readonly grossOverNet?: Readonly<Partial<Record<EnergyCarrier, number>>>;
};

/** What the life-cycle figures rest on; real rates and growths a year. */
export type Economics = {
  readonly version: string;
  readonly date: string;
  readonly horizonYears: number;
  readonly discountRate: number;
  readonly priceGrowth: {
    readonly source: string;
    readonly verified: boolean;
    readonly carriers: Readonly<Partial<Record<EnergyCarrier, Range>>>;
  };
  /** Construction price index by year; prices are brought to the year `to`. */
  readonly costIndex: {
    readonly name: string;
    readonly source: string;
    readonly to: string;
    readonly years: Readonly<Record<string, number>>;
  };
  readonly vat: { readonly housing: number; readonly other: number };
  readonly cumacEurPerMwh: Range;
};

/** Where and when the works would be engaged. */
export type Site = {
  readonly day: string;
  /** Climate zone of the certificates; without it they are not counted. */
  readonly ceeZone?: CeeZone;
};

/**
 * Who gains what, by the user's own rule: nothing of this is assumed. The landlord may ask part of the estimated saving back
 * (the third line of the receipt, law of 25 March 2009, at most half), and re-let at a higher rent after a “second life”.
 */
export type Tenancy = {
  /** Share of the energy bill that tenants pay in charges, 0 to 1. */
  readonly chargesShare: number;
  readonly thirdLine?: { readonly shareOfSaving: number; readonly years: number };
  readonly secondLife?: {
    readonly rentRiseEurM2Year: number;
    readonly propertyTaxEurM2Year: number;
    readonly taxYears: number;
  };
};

/** Realised over predicted saving of one kind of measure, as learnt in the stock for buildings like the one simulated. */
export type RealisationRate = {
  readonly measure: string;
  readonly mean: number;
  /** How well the rate is known. */
  readonly sd: number;
  /** How far one building lies from it. */
  readonly sdCase: number;
  readonly cases: number;
  /** Finished works with this measure on any building of the stock, which inform each other; as `cases` when left out. */
  readonly stockCases?: number;
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
  /** Factors of other purposes, each shown apart. */
  readonly otherFactors?: readonly CarbonFactors[];
  readonly economics: Economics;
  readonly subsidies?: readonly Subsidy[];
  readonly site?: Site;
  readonly tenancy?: Tenancy;
  readonly comfort?: Comfort;
  /** Whole years from today to the works of each measure, in their order; all today when left out. */
  readonly delays?: readonly number[];
  /** Energies the building can be supplied with; not restricted when left out. */
  readonly supplies?: readonly EnergyCarrier[];
};

export type MeasureShare = { readonly measure: string; readonly name: Message; readonly savingKwh: number };

/** kWh of final energy a year. */
type UseSplit = { readonly heating: number; readonly baseLoad: number; readonly auxiliaries: number };

/** kWh of final energy a year before and after, by what it is bought as. */
export type CarrierUse = {
  readonly carrier: EnergyCarrier;
  readonly before: number;
  readonly after: number;
};

type PurposeCarbon = {
  readonly purpose: string;
  /** kgCO2e avoided a year; null where a carrier has no factor for the purpose. */
  readonly savedKgYear: Quantity | null;
};

/** Over the horizon, in constant euros of the index's year with tax; null: not evaluated. */
export type Economy = {
  readonly aidEur: Quantity | null;
  /** With tax, aids taken off. */
  readonly investmentEur: Quantity | null;
  readonly maintenanceEurYear: Quantity | null;
  /** EN 15459-1: investment, renewal, upkeep and energy over the horizon, less what is left. */
  readonly globalCostEur: Quantity | null;
  /** The same of doing nothing: its energy. */
  readonly globalCostBeforeEur: Quantity | null;
  readonly netValueEur: Quantity | null;
  /** Percent a year, real. */
  readonly rateOfReturnPercent: Quantity | null;
  /** Null where never within the horizon, or where `discountedPaybackWithin` is null too: not evaluated. */
  readonly discountedPaybackYears: Quantity | null;
  readonly discountedPaybackWithin: PaidBack | null;
  readonly eurPerKwhSaved: Quantity | null;
  readonly eurPerTonneSaved: Quantity | null;
  readonly tenantsEurYear: Quantity | null;
  readonly landlordEurYear: Quantity | null;
};

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
  /** Electricity of other meters saved, kWh a year. */
  readonly electricitySavedKwh: Float64Array;
  /** Net present value over the horizon against doing nothing, EUR; undefined where a figure is unknown. */
  readonly netValueEur: Float64Array | undefined;
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
  /** Null where never within the life of the works, or where `paybackWithin` is null too: not evaluated. */
  readonly paybackYears: Quantity | null;
  readonly paybackWithin: PaidBack | null;
  readonly economy: Economy;
  /** Null where the measures touch no other electricity. */
  readonly electricitySavedKwh: Quantity | null;
  readonly carbonByPurpose: readonly PurposeCarbon[];
  /** Years until what the works emitted is avoided; null as the payback in euros is. */
  readonly carbonPaybackYears: Quantity | null;
  readonly carbonPaybackWithin: PaidBack | null;
  /** Embodied carbon of the works, kgCO2e; null where any measure has no sourced figure. */
  readonly embodiedCarbonKg: Quantity | null;
  readonly chanceOf30Percent: number;
  readonly shares: readonly MeasureShare[];
  readonly realisationRate: Quantity | null;
  /** What the rate rests on, in a sentence: the rate, its interval, how many finished works; null without rates or measures. */
  readonly realisationEvidence: Message | null;
  /** Metered heating over what the same building would take at conventional comfort; below 1 is prebound. */
  readonly prebound: Quantity;
  readonly byCarrier: readonly CarrierUse[];
  readonly byUse: { readonly before: UseSplit; readonly after: UseSplit };
  readonly lossesWK: readonly {
    readonly group: LossGroup;
    readonly before: number;
    readonly after: number;
  }[];
  readonly warnings: readonly Warning[];
  readonly draws: ScenarioDraws;
};

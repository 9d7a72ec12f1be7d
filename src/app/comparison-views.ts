import { z } from 'zod';
import { dpeZones } from '../core/conventional.ts';
import { energyCarriers } from '../core/twin.ts';
import { dpeLabelSchema, messageSchema, namedMeasureSchema, quantitySchema, warningSchema } from './views.ts';

export const measureSchema = z.object({
  id: z.string(),
  name: messageSchema,
  description: messageSchema,
  version: z.string(),
  applicable: z.boolean(),
  reason: messageSchema.nullable(),
});

/** What can be done to a building, and the options the tool would compare first. */
export const buildingMeasuresSchema = z.object({
  measures: z.array(measureSchema),
  suggested: z.array(z.array(z.string())),
  /** What a user's own catalogue added or replaced, `id version`; empty for the catalogue as shipped. */
  ownCatalogue: z.array(z.string()),
});

const useSplitSchema = z.object({ heating: z.number(), baseLoad: z.number(), auxiliaries: z.number() });
/** Where the use of the site lands against each decade of the tertiary decree: an estimate, OPERAT alone is official. */
const tertiarySchema = z.object({
  landings: z.array(
    z.object({
      year: z.number(),
      relativeKwh: z.number(),
      absoluteKwh: z.number().nullable(),
      targetKwh: z.number(),
      chanceMet: z.number(),
    }),
  ),
  /** Day the declaration of the last whole year is due. */
  declarationDue: z.string(),
  /** False: the absolute values and the climate adjustment come from secondary sources. */
  verified: z.literal(false),
});

/** Summer comfort without cooling, by the adaptive limit of EN 16798-1, category II; `basis` names the year and the hot week. */
const summerComfortSchema = z.object({
  overheatingHours: quantitySchema,
  overheatingDegreeHours: quantitySchema,
  heatWaveDegreeHours: quantitySchema,
  heatWaveWarmestC: quantitySchema,
});

/** Chance of being the best choice among the options and doing nothing, 0 to 1; null: not evaluated. */
const chancesSchema = z.object({
  /** Least energy of all meters. */
  energy: z.number().nullable(),
  /** Greatest net value over the horizon, which is the least global cost. */
  netValue: z.number().nullable(),
  /** Least operational carbon. */
  carbon: z.number().nullable(),
  /** Fewest degree hours of overheating in the year. */
  comfort: z.number().nullable(),
});

/**
 * How surely something is paid back within a number of years; where the years beside it are null they are "never within them".
 * `openEnded`: the upper bound of the interval is never.
 */
const paidBackSchema = z.object({ chance: z.number(), withinYears: z.number(), openEnded: z.boolean() });

const scenarioSchema = z.object({
  id: z.string(),
  name: messageSchema,
  measures: z.array(namedMeasureSchema),
  beforeKwh: quantitySchema,
  afterKwh: quantitySchema,
  savingKwh: quantitySchema,
  savingPercent: quantitySchema,
  costEur: quantitySchema.nullable(),
  annualEur: quantitySchema.nullable(),
  carbonKgYear: quantitySchema.nullable(),
  paybackYears: quantitySchema.nullable(),
  /** Within the life of the measure that lasts longest; null: not evaluated. */
  paybackWithin: paidBackSchema.nullable(),
  chanceOf30Percent: z.number(),
  chanceOfBest: chancesSchema,
  dominated: z.boolean(),
  shares: z.array(z.object({ measure: namedMeasureSchema, savingKwh: z.number() })),
  realisationRate: quantitySchema.nullable(),
  /** The rate, its interval and the number of finished works behind it, in a sentence. */
  realisationEvidence: messageSchema.nullable(),
  /** Metered heating over that of conventional comfort; below 1 less is used than the label assumes. */
  prebound: quantitySchema,
  /** Electricity of other meters saved (light, own sun); null where no measure touches it. */
  electricitySavedKwh: quantitySchema.nullable(),
  economy: z.object({
    aidEur: quantitySchema.nullable(),
    investmentEur: quantitySchema.nullable(),
    maintenanceEurYear: quantitySchema.nullable(),
    globalCostEur: quantitySchema.nullable(),
    globalCostBeforeEur: quantitySchema.nullable(),
    netValueEur: quantitySchema.nullable(),
    rateOfReturnPercent: quantitySchema.nullable(),
    discountedPaybackYears: quantitySchema.nullable(),
    discountedPaybackWithin: paidBackSchema.nullable(),
    eurPerKwhSaved: quantitySchema.nullable(),
    eurPerTonneSaved: quantitySchema.nullable(),
    /** By the rule the request gives; null without one. */
    tenantsEurYear: quantitySchema.nullable(),
    landlordEurYear: quantitySchema.nullable(),
  }),
  /** Operational carbon avoided, one line a purpose; the factors of two purposes are never mixed. */
  carbonByPurpose: z.array(z.object({ purpose: z.string(), savedKgYear: quantitySchema.nullable() })),
  embodiedCarbonKg: quantitySchema.nullable(),
  carbonPaybackYears: quantitySchema.nullable(),
  carbonPaybackWithin: paidBackSchema.nullable(),
  byCarrier: z.array(z.object({ carrier: z.string(), before: z.number(), after: z.number() })),
  byUse: z.object({ before: useSplitSchema, after: useSplitSchema }),
  dpeLabel: dpeLabelSchema.optional(),
  /** Null: not evaluated. */
  comfort: summerComfortSchema.nullable(),
  /** Null: not evaluated (no declaration given, or no tertiary use). */
  tertiary: tertiarySchema.nullable(),
});

const carrierSchema = z.enum(energyCarriers);

/** A measure of an option: its id, or with the elements it is for and the year of its works (today when left out). */
export const plannedMeasureSchema = z.object({
  measure: z.string().min(1),
  year: z.number().int().optional(),
  elementIds: z.array(z.string().min(1)).min(1).max(1000).optional(),
});

export const comparisonRequestSchema = z.object({
  options: z
    .array(z.object({ measures: z.array(z.union([z.string(), plannedMeasureSchema])).max(16) }))
    .min(1)
    .max(12),
  day: z.iso.date().optional().describe('Day of engagement, for the aids; today when left out'),
  department: z
    .string()
    .min(1)
    .max(3)
    .optional()
    .describe(
      'Department (“33”, “2A”) whose climate zone the label and the certificates take; the building’s own when left out',
    ),
  ceeZone: z
    .enum(['H1', 'H2', 'H3'])
    .optional()
    .describe(
      'Climate zone of the certificates (CEE); that of the department when left out, and without either none is counted',
    ),
  weather: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('typical') }),
      z.object({ kind: z.literal('last-years'), years: z.number().int().min(1).max(30) }),
      z.object({ kind: z.literal('warmer-2050') }),
    ])
    .optional()
    .describe(
      'The typical year when left out; the last years of the building’s own weather; 2050 on the French warming path',
    ),
  supplies: z
    .array(carrierSchema)
    .min(1)
    .optional()
    .describe('Energies the building can be supplied with; any when left out'),
  tertiary: z
    .object({
      areaM2: z.number(),
      reference: z.object({ year: z.number().int(), finalKwh: z.number() }),
      absoluteKwhM2: z
        .object({ 2030: z.number().optional(), 2040: z.number().optional(), 2050: z.number().optional() })
        .optional(),
      otherUsesKwhYear: z.number().nonnegative(),
    })
    .optional()
    .describe(
      'Tertiary decree: what is declared of the site, and its other uses, kWh a year; what the building holds when left out',
    ),
  summer: z
    .boolean()
    .optional()
    .describe('False leaves summer comfort out (null), which is most of the work'),
  tenancy: z
    .object({
      chargesShare: z.number().min(0).max(1),
      thirdLine: z
        .object({ shareOfSaving: z.number().min(0).max(0.5), years: z.number().positive() })
        .optional(),
      secondLife: z
        .object({
          rentRiseEurM2Year: z.number().nonnegative(),
          propertyTaxEurM2Year: z.number().nonnegative(),
          taxYears: z.number().nonnegative(),
        })
        .optional(),
    })
    .optional()
    .describe('Who gains what, by the user’s own rule'),
});

export const comparisonSchema = z.object({
  buildingId: z.string(),
  scenarios: z.array(scenarioSchema),
  /** Energy of the heating, and of what else its meter counts, in the weather of the comparison and without works: what savings are a share of. */
  beforeKwh: quantitySchema.nullable(),
  /** False where no reading calibrates the twin: that energy is then an estimate from the envelope and its use. */
  usesMeter: z.boolean(),
  /** What doing nothing is worth beside the options. */
  doNothing: z.object({ chanceOfBest: chancesSchema }),
  /** Which option wins over its life, how surely, and what measurement would settle it; null where costs are unknown. */
  verdict: messageSchema.nullable(),
  /** What the euros are (currency, dates of prices, tax), in a sentence, and the horizon of net value and global cost. */
  money: z.object({ sentence: messageSchema, horizonYears: z.number() }),
  /** Before works. */
  dpeLabel: dpeLabelSchema.optional(),
  comfortBefore: summerComfortSchema.nullable(),
  tertiaryBefore: tertiarySchema.nullable(),
  /** Name of the weather the figures are for. */
  weather: z.string(),
  /** What a user's own catalogue added or replaced, `id version`; empty for the catalogue as shipped. */
  ownCatalogue: z.array(z.string()),
  /** Where the building was taken to stand; the department is null where unknown, and zone H2c then assumed. */
  place: z.object({
    department: z.string().nullable(),
    zone: z.enum(dpeZones),
    ceeZone: z.enum(['H1', 'H2', 'H3']).nullable(),
  }),
  warnings: z.array(warningSchema),
});

export type MeasureView = z.infer<typeof measureSchema>;
export type BuildingMeasures = z.infer<typeof buildingMeasuresSchema>;
export type ScenarioView = z.infer<typeof scenarioSchema>;
export type ComparisonRequest = z.infer<typeof comparisonRequestSchema>;
export type Comparison = z.infer<typeof comparisonSchema>;

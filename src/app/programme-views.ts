import { z } from 'zod';
import { usedDefaultSchema, usedRateSchema } from './rates-views.ts';
import { messageSchema, namedMeasureSchema, quantitySchema } from './views.ts';

const buildingIdSchema = z.string().min(1).max(200);

export const programmeRequestSchema = z.object({
  /** Money for the whole programme, spread evenly over its years unless `budgetsEur` says how. */
  budgetEur: z.number().positive(),
  /** All money is in euros: another currency is refused, never read as euros. */
  currency: z.literal('EUR').optional(),
  /** One budget a year, EUR; their number is that of the years and their sum is `budgetEur`. */
  budgetsEur: z.array(z.number().nonnegative()).min(1).max(30).optional(),
  years: z.number().int().min(1).max(30).optional(),
  firstYear: z.number().int().min(2000).max(2100).optional(),
  /** Whether what one year leaves is kept for the next ones. */
  carryOver: z.boolean().optional(),
  objective: z.enum(['energy', 'carbon', 'net-value', 'legal-risk']).optional(),
  /**
   * Dates of the law: `hard` asks that each be kept; a number is the price of a dwelling-year spent outside the law, in units
   * of the objective (kWh, kg CO2e or EUR); left out, they are only told.
   */
  legalDates: z.union([z.literal('hard'), z.number().nonnegative()]).optional(),
  /** Chance of standing outside the law, 0 to 1, above which a date binds a building; 0.5 when left out. */
  legalChance: z.number().min(0).max(0.99).optional(),
  /** Most dwellings at work in one year: crews, decant capacity. */
  dwellingsAYear: z.number().int().positive().optional(),
  /** Least saving of the whole programme once done, kWh a year. */
  minimumSavingKwh: z.number().nonnegative().optional(),
  /** The same as a share, 0 to 1, of what the whole stock takes today. */
  minimumSavingShare: z.number().min(0).max(1).optional(),
  /** Least avoided carbon of the whole programme once done, kg CO2e a year. */
  minimumCarbonKg: z.number().nonnegative().optional(),
  sitesAYear: z.number().int().positive().optional(),
  /** Least share of the spending, 0 to 1, that goes to a commune. */
  fairness: z
    .array(z.object({ group: z.string().min(1).max(200), minimumShare: z.number().min(0).max(1) }))
    .max(1000)
    .optional(),
  /** Buildings whose works go in one and the same year, or not at all. */
  together: z.array(z.array(buildingIdSchema).min(2).max(5)).max(1000).optional(),
  /** `building` may have works only if `waitsFor` has them, in the same year or before. */
  after: z
    .array(z.object({ building: buildingIdSchema, waitsFor: buildingIdSchema }))
    .max(1000)
    .optional(),
  /** Saving the programme should reach once done, kWh a year: its chance is told, and what the likeliest plan would give. */
  targetSavingKwh: z.number().positive().optional(),
});

export const frontRequestSchema = programmeRequestSchema
  .omit({ objective: true, targetSavingKwh: true })
  .extend({
    /** What money is traded for. */
    against: z.enum(['energy', 'carbon']).default('energy'),
    /** Steps of money between nothing and the whole. */
    points: z.number().int().min(2).max(20).default(8),
  });

export const frontSchema = z.object({
  against: z.enum(['energy', 'carbon']),
  unit: z.string(),
  /** Cheapest first; each brings more than the one before. */
  points: z.array(
    z.object({
      costEur: z.number(),
      /** Expected, in `unit`. */
      value: z.number(),
      savingKwh: quantitySchema,
      gapPercent: z.number(),
      chosen: z.array(
        z.object({ buildingId: z.string(), name: messageSchema, packageId: z.string(), year: z.number() }),
      ),
    }),
  ),
});

/** The front of a programme that is kept: its own constraints, its money up to `times` what it has. */
export const ownFrontRequestSchema = z.object({
  against: z.enum(['energy', 'carbon']).default('energy'),
  points: z.number().int().min(2).max(20).default(16),
  times: z.number().min(1).max(3).default(1.4),
});

/** What is asked of a kept programme, with its number: the input of a job. */
export const onProgramme = <Shape extends z.ZodRawShape>(asked: z.ZodObject<Shape>) =>
  asked.extend({ programmeId: z.number().int().positive() });

/** A front as it is kept, with how far past the budget it looks; 1.4 where an earlier version did not say. */
export const storedFrontSchema = frontSchema.extend({ times: z.number().default(1.4) });

/** Fronts that were asked for beside a programme, with the instant each was computed and what a little more money would bring. */
export const keptFrontsSchema = z.array(
  storedFrontSchema.extend({ at: z.string(), sentence: messageSchema }),
);

/** What the law asked of the programme and what the plan makes of it. */
const programmeLawSchema = z.object({
  /** `told`: the dates changed nothing in the choice. */
  mode: z.enum(['hard', 'priced', 'told']),
  /** Price of a dwelling-year outside the law, in units of the objective; null unless `priced`. */
  price: z.number().nullable(),
  bindsAbove: z.number(),
  rule: messageSchema,
  /** The buildings that a date binds by the end of the programme or later, soonest first. */
  buildings: z.array(
    z.object({
      buildingId: z.string(),
      name: messageSchema,
      law: z.enum(['rental-ban', 'tertiary-decree']),
      step: z.string(),
      from: z.string(),
      chanceOutside: z.number(),
      /** Last year in which works may end. */
      deadlineYear: z.number(),
      dwellings: z.number(),
      /** Whether any package known of the building would keep the law. */
      possible: z.boolean(),
      /** Year of the works by which the plan keeps the law; null where it does not. */
      keptIn: z.number().nullable(),
      standing: z.enum(['in-time', 'late', 'never', 'after-programme']),
      sentence: messageSchema,
    }),
  ),
  dwellingsInTime: z.number(),
  /** Late or never, of those whose date falls within the programme. */
  dwellingsLate: z.number(),
  /** Dwellings that stand outside the law at their date on average, their chances summed: without works, and with the plan. */
  expectedOutsideBefore: z.number(),
  expectedOutsideAfter: z.number(),
  notEvaluated: z.array(z.object({ buildingId: z.string(), name: messageSchema, reason: messageSchema })),
});

const reasonSchema = z.object({
  buildingId: z.string(),
  name: messageSchema,
  reason: messageSchema,
  /** Cost under which a package of the building would enter, or enter sooner, EUR. */
  entryCostEur: z.number().nullable(),
  /** The works of the package that the reason speaks of, where it speaks of one that was not chosen; absent in programmes of an earlier version. */
  measures: z.array(namedMeasureSchema).optional(),
});

export const programmeSchema = z.object({
  id: z.string(),
  budgetEur: z.number(),
  /** Year by year; absent in programmes of an earlier version. */
  byYear: z
    .array(
      z.object({
        year: z.number(),
        budgetEur: z.number(),
        costEur: z.number(),
        buildings: z.number(),
        /** Why the rest of the year's money is not spent; null where it all is. */
        unspent: messageSchema.nullable().optional(),
        /** Saved a year by all the works done so far. */
        savingKwh: quantitySchema,
      }),
    )
    .optional(),
  /** What a user's own catalogue added or replaced, `id version`; absent for the catalogue as shipped. */
  ownCatalogue: z.array(z.string()).optional(),
  firstYear: z.number(),
  years: z.number(),
  costEur: z.number(),
  savingKwh: quantitySchema,
  savingPercent: quantitySchema,
  /**
   * Expected net present value of all the works, EUR, brought back to the first year; null where that of one of them is unknown. Absent
   * in programmes of an earlier version, as is `unspent`.
   */
  netValueEur: z.number().nullable().optional(),
  chosen: z.array(
    z.object({
      buildingId: z.string(),
      name: messageSchema,
      year: z.number(),
      measures: z.array(namedMeasureSchema),
      costEur: z.number(),
      savingKwh: quantitySchema,
      /** Expected present value at the year of the works of all they cost and save, EUR; null where prices are unknown. */
      netValueEur: z.number().nullable().optional(),
      /** Why it is in; absent in programmes of an earlier version, as is the next. */
      reason: messageSchema.optional(),
      /** Cost up to which it would stay, EUR; null where money is not short or the law asks for it. */
      exitCostEur: z.number().nullable().optional(),
    }),
  ),
  /** Buildings chosen that no meter of the stock speaks of: their twins alone say what they take. Absent in programmes of an earlier version. */
  withoutMeter: z.number().optional(),
  /** Chance that the buildings chosen save 30 % together, 0 to 1. */
  chanceOf30Percent: z.number(),
  target: z
    .object({
      savingKwh: z.number(),
      /** Chance that this plan reaches it, and that the likeliest plan would, 0 to 1. */
      chance: z.number(),
      bestChance: z.number(),
      /** What the likeliest plan is expected to save, kWh a year. */
      bestExpectedKwh: z.number(),
    })
    .nullable(),
  notChosen: z.array(reasonSchema),
  late: z.array(reasonSchema),
  gapPercent: z.number(),
  /** What was asked; absent in programmes of an earlier version, as are the next two. */
  request: programmeRequestSchema.optional(),
  /** How the plan fares on its draws. */
  robustness: z
    .object({
      draws: z.number(),
      expectedKwh: z.number(),
      /** Saved or passed in nineteen cases of twenty, and the mean of the worst twentieth, kWh a year. */
      surelyKwh: z.number(),
      worstMeanKwh: z.number(),
      targets: z.array(
        z.object({
          kind: z.enum(['least-saving', 'target-saving', 'thirty-percent']),
          /** kWh a year. */
          savingKwh: z.number(),
          chance: z.number(),
        }),
      ),
      sentence: messageSchema,
    })
    .optional(),
  /** What one more unit of each binding constraint is worth, in units of the objective. */
  shadowPrices: z
    .array(z.object({ constraint: z.string(), name: messageSchema, price: z.number(), unit: z.string() }))
    .optional(),
  /** Absent in programmes computed before the law was read into them. */
  law: programmeLawSchema.optional(),
  /** The realisation rates it was computed with, of the works chosen. */
  rates: z.array(usedRateSchema).default([]),
  /** The learnt period defaults it was computed with, of the buildings chosen that have no meter. */
  defaults: z.array(usedDefaultSchema).default([]),
  /** What finished works and meters have taught since; null while nothing has changed. */
  stale: messageSchema.nullable().default(null),
});

export const programmeSummarySchema = z.object({
  id: z.string(),
  /** Instant it was computed. */
  at: z.string(),
  budgetEur: z.number(),
  costEur: z.number(),
  savingKwh: quantitySchema,
  buildings: z.number(),
  /** Those of them that no meter of the stock speaks of; absent in programmes of an earlier version. */
  withoutMeter: z.number().optional(),
  stale: messageSchema.nullable(),
  /** Null while nobody has accepted it. */
  accepted: z.object({ by: z.string(), at: z.string() }).nullable(),
});

export const programmeComparisonSchema = z.object({
  from: z.string(),
  to: z.string(),
  costEur: z.number(),
  savingKwh: z.number(),
  /** What was asked differently, and what comes of it in all. */
  summary: z.array(messageSchema),
  changes: z.array(
    z.object({
      buildingId: z.string(),
      kind: z.enum(['enters', 'leaves', 'sooner', 'later', 'other-works', 'other-cost']),
      message: messageSchema,
    }),
  ),
});

/** A gap that nobody would act on is said as proven, percent. */
export const PROVEN_PERCENT = 0.005;

export const programmeFormats = ['pdf', 'xlsx', 'csv', 'json', 'geojson'] as const;

export const programmeDocumentQuerySchema = z.object({
  format: z.enum(programmeFormats),
  lang: z.enum(['fr', 'en']).default('fr'),
});

/** The programme that the one of the path is compared with. */
export const programmeComparisonQuerySchema = z.object({ from: z.coerce.number().int().positive() });

export type ProgrammeSummary = z.infer<typeof programmeSummarySchema>;
export type ProgrammeComparison = z.infer<typeof programmeComparisonSchema>;

export type ProgrammeLawView = z.infer<typeof programmeLawSchema>;
export type ProgrammeView = z.infer<typeof programmeSchema>;
export type FrontRequest = z.infer<typeof frontRequestSchema>;
export type OwnFrontRequest = z.infer<typeof ownFrontRequestSchema>;
export type KeptFronts = z.infer<typeof keptFrontsSchema>;
export type FrontView = z.infer<typeof frontSchema>;
export type ProgrammeRequest = z.infer<typeof programmeRequestSchema>;

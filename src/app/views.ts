import { z } from 'zod';
import { provenances } from '../core/quantity.ts';
import { elementGroups, lossGroups, twinExposures } from '../core/twin.ts';

/**
 * What the use cases answer, as zod schemas: the OpenAPI document and the page's types both come from here.
 * Dates are local ISO days; energies kWh; every figure a person reads is a quantity.
 */
export const messageSchema = z.object({ fr: z.string(), en: z.string() });

export const quantitySchema = z.object({
  value: z.number(),
  unit: z.string(),
  low: z.number(),
  high: z.number(),
  level: z.number(),
  provenance: z.enum(provenances),
  basis: z.string(),
});

export const warningSchema = z.object({
  code: z.string(),
  message: messageSchema,
  ref: z.string().optional(),
});

export const failureSchema = z.object({
  error: z.object({ code: z.string(), message: messageSchema, where: z.string().optional() }),
});

/** `null` where the loop has not come that far: the page says « Non évalué », never zero. */
export const buildingSummarySchema = z.object({
  id: z.string(),
  name: messageSchema,
  use: z.string(),
  commune: z.string(),
  constructionYear: z.number().nullable(),
  data: z.enum(['simulated', 'metered']),
  carrier: z.string().nullable(),
  floorAreaM2: quantitySchema.nullable(),
  heatLossWK: quantitySchema.nullable(),
  annualKwh: quantitySchema.nullable(),
  intensityKwhM2: quantitySchema.nullable(),
  savingsPercent: quantitySchema.nullable(),
  fit: z.object({ kind: z.string(), cvRmse: z.number(), r2: z.number(), usable: z.boolean() }).nullable(),
});

export const stockSchema = z.object({
  name: messageSchema,
  data: z.enum(['simulated', 'metered']),
  buildings: z.array(buildingSummarySchema),
  totalKwh: quantitySchema.nullable(),
});

/** DPE label of a building as chances: an estimate (`basis` says it), never a certificate; absent for other uses than housing. */
export const dpeLabelSchema = z.object({
  day: z.string(),
  chances: z.record(z.enum(['A', 'B', 'C', 'D', 'E', 'F', 'G']), z.number()),
  primaryKwhM2: quantitySchema,
  ghgKgM2: quantitySchema,
  bans: z.array(z.object({ label: z.string(), from: z.string(), chanceLegal: z.number() })),
  defaults: z.array(messageSchema),
});

const elementSchema = z.object({
  id: z.string(),
  name: z.string(),
  group: z.enum(elementGroups),
  exposure: z.enum(twinExposures),
  exposureConfidence: z.number(),
  areaNetM2: z.number(),
  azimuthDeg: z.number(),
  tiltDeg: z.number(),
  u: quantitySchema,
  b: z.number(),
  lossWK: z.number(),
});

const meterSchema = z.object({
  id: z.string(),
  carrier: z.string(),
  unit: z.string(),
  timezone: z.string(),
  firstDay: z.string().nullable(),
  lastDay: z.string().nullable(),
  readings: z.number(),
});

export const namedMeasureSchema = z.object({ id: z.string(), name: messageSchema });

const worksSchema = z.object({
  id: z.string(),
  measures: z.array(namedMeasureSchema),
  start: z.string(),
  end: z.string(),
  costEur: z.number().nullable(),
  /** What is missing where finished works have no measured saving; null where they have one, or are not over. */
  unmeasured: messageSchema.nullable(),
});

export const buildingSchema = buildingSummarySchema.extend({
  envelopeSource: z.string(),
  /** Consumption of a year in the mean of the years of weather known; null where no model of a year stands. */
  normalisedKwh: quantitySchema.nullable(),
  /** Measures of finished works that elements and losses already hold; empty for a building as its model drew it. */
  worksHeld: z.array(z.object({ id: z.string(), name: messageSchema })),
  elements: z.array(elementSchema),
  losses: z.array(
    z.object({ group: z.enum(lossGroups), prior: quantitySchema, posterior: quantitySchema.nullable() }),
  ),
  calibration: z
    .object({
      draws: z.number(),
      effectiveDraws: z.number(),
      method: z.string(),
      usesMeter: z.boolean(),
      /** Bills that the meter's line was learnt from; null where it was learnt from days. */
      bills: z.number().nullable(),
      figures: z.array(
        z.object({ id: z.string(), name: messageSchema, prior: quantitySchema, posterior: quantitySchema }),
      ),
      identifiability: z.array(messageSchema),
    })
    .nullable(),
  /** What the width of the yearly intervals rests on: the stock's own drift or the shipped one. */
  drift: messageSchema,
  /** Measurements still to be made, by what each takes off the 90 % interval of the yearly heat need; the best first. */
  measurements: z.array(
    z.object({
      id: z.string(),
      name: messageSchema,
      widthNowKwh: z.number(),
      widthAfterKwh: z.number(),
      sentence: messageSchema,
    }),
  ),
  /** As the building stands; housing only. */
  dpeLabel: dpeLabelSchema.optional(),
  meters: z.array(meterSchema),
  works: z.array(worksSchema),
  warnings: z.array(warningSchema),
});

export const signatureSchema = z.object({
  meterId: z.string(),
  points: z.array(
    z.object({
      day: z.string(),
      outdoorC: z.number(),
      energyKwh: z.number(),
      period: z.enum(['before', 'works', 'after']),
    }),
  ),
  /** Readings of several days as what they are: the mean day of each against the temperatures of its days. */
  bills: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      /** kWh of all its days. */
      energyKwh: z.number(),
      kwhPerDay: z.number(),
      /** Mean of its days, and the fifth coldest and warmest in a hundred of them. */
      outdoorC: z.number(),
      coldC: z.number(),
      warmC: z.number(),
      /** Whether it joins estimated bills to the read that settles them. */
      estimated: z.boolean(),
      period: z.enum(['before', 'works', 'after']),
    }),
  ),
  /** The fitted curve on a grid of outdoor temperatures, before the works and, where it exists, after. */
  curves: z.array(
    z.object({
      period: z.enum(['before', 'after']),
      points: z.array(
        z.object({ outdoorC: z.number(), energyKwh: z.number(), lowKwh: z.number(), highKwh: z.number() }),
      ),
      balancePointC: z.number(),
      slopeKwhKDay: z.number(),
      baseLoadKwhDay: z.number(),
    }),
  ),
  model: z.object({
    kind: z.string(),
    /** Days, or bills where it was learnt from bills. */
    points: z.enum(['days', 'bills']),
    n: z.number(),
    p: z.number(),
    cvRmse: z.number(),
    nmbe: z.number(),
    r2: z.number(),
    candidates: z.array(
      z.object({ kind: z.string(), score: z.number(), energyJ: z.number(), chosen: z.boolean() }),
    ),
  }),
  warnings: z.array(warningSchema),
});

/** Savings of a part of the time since works; days are local, both included. */
const periodSavingsSchema = z.object({
  from: z.string(),
  to: z.string(),
  validDays: z.number(),
  actualKwh: z.number(),
  savings: quantitySchema,
  /** Null where nothing would have been used without works: no share can be told. */
  savingsPercent: quantitySchema.nullable(),
  /** Saved from the works to the end of this month; null in years, and where it was not kept. */
  cumulated: quantitySchema.nullable().default(null),
});

export const savingsSchema = z.object({
  worksId: z.string(),
  status: z.enum(['final', 'provisional', 'disqualified']),
  baseline: z.object({ from: z.string(), to: z.string() }),
  reporting: z.object({ from: z.string(), to: z.string() }),
  counterfactual: quantitySchema,
  actualKwh: z.number(),
  savings: quantitySchema,
  savingsPercent: quantitySchema,
  predictedPercent: quantitySchema.nullable(),
  /** Realised over predicted. */
  realisationRate: quantitySchema.nullable(),
  gap: messageSchema,
  /** The frozen baseline that judged; null for works measured before one was kept. */
  frozenModel: z.number().nullable().default(null),
  /** Calendar months since the works: plain difference of prediction and reading. */
  months: z.array(periodSavingsSchema).default([]),
  /** The same of calendar years. */
  calendarYears: z.array(periodSavingsSchema).default([]),
  /** Years since the works, the last one as far as readings go. */
  years: z.array(periodSavingsSchema).default([]),
  sinceWorks: periodSavingsSchema.nullable().default(null),
  /** A typical year before and after: the mean of the years of weather known. Null without a year on both sides. */
  normalised: z
    .object({ beforeKwh: quantitySchema, afterKwh: quantitySchema, savings: quantitySchema })
    .nullable()
    .default(null),
  /** Accepted non-routine events that the figures hold. */
  events: z.array(z.number()).default([]),
  /** The same savings without those events; null where there are none. */
  withoutEvents: z
    .object({ savings: quantitySchema, savingsPercent: quantitySchema })
    .nullable()
    .default(null),
  /** The meter that judged; absent in results of earlier versions. */
  meterId: z.string().optional(),
  carrier: z.string().optional(),
  /** The building's other meters over the same periods, each on its own baseline; one that cannot be judged says why. */
  otherMeters: z
    .array(
      z.object({
        meterId: z.string(),
        carrier: z.string(),
        counterfactual: quantitySchema.nullable(),
        actualKwh: z.number().nullable(),
        savings: quantitySchema.nullable(),
        reason: messageSchema.nullable(),
      }),
    )
    .default([]),
  /** Every energy of a building that changed fuel. */
  allCarriers: z
    .object({
      carriers: z.array(z.string()),
      actualKwh: z.number(),
      savings: quantitySchema,
      savingsPercent: quantitySchema,
      note: messageSchema,
    })
    .nullable()
    .default(null),
  /**
   * The same against similar buildings without works (difference in differences), or why there is no group; null in results of earlier
   * versions.
   */
  comparison: z
    .object({
      group: z
        .object({
          buildings: z.array(z.object({ id: z.string(), name: messageSchema })),
          /** Members that may not be named: residences of few dwellings. */
          unnamed: z.number(),
          /** What the group took over its own baselines on the same days, percent. */
          changePercent: quantitySchema,
          savings: quantitySchema,
          savingsPercent: quantitySchema,
        })
        .nullable(),
      note: messageSchema,
    })
    .nullable()
    .default(null),
  warnings: z.array(warningSchema),
});

/** Who calls: what they decide is signed `name`. */
export const callerSchema = z.object({
  name: z.string(),
  role: z.string(),
  /** What the caller may do: of what the role allows, with a key that has scopes, those alone. */
  permissions: z.array(z.string()),
  /** False for the access of the installation itself, whose name is nobody's. */
  named: z.boolean(),
});

export const ledgerSchema = z.object({
  totalJ: quantitySchema,
  carbonG: quantitySchema,
  byWork: z.array(z.object({ work: z.string(), runs: z.number(), cpuMs: z.number(), energyJ: z.number() })),
});

export type BuildingSummary = z.infer<typeof buildingSummarySchema>;
export type StockView = z.infer<typeof stockSchema>;
export type BuildingView = z.infer<typeof buildingSchema>;
export type BuildingElement = z.infer<typeof elementSchema>;
export type SignatureView = z.infer<typeof signatureSchema>;
export type SavingsView = z.infer<typeof savingsSchema>;
export type DpeLabelView = z.infer<typeof dpeLabelSchema>;
export type LedgerView = z.infer<typeof ledgerSchema>;
/** What the justification sheet is written from. */
export type FrugalityView = {
  readonly ledger: LedgerView;
  readonly version: string;
  readonly day: string;
  readonly meters: number;
  readonly readings: number;
  readonly models: readonly {
    readonly kind: string;
    readonly meters: number;
    readonly medianParameters: number;
    readonly candidates: number;
  }[];
};
export type ApiFailure = z.infer<typeof failureSchema>;

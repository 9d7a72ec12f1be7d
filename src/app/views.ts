import { z } from 'zod';
import { provenances } from '../core/quantity.ts';
import { lossGroups } from '../core/twin.ts';

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
const buildingSummarySchema = z.object({
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
const dpeLabelSchema = z.object({
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
  group: z.enum(['walls', 'roof', 'floor', 'windows', 'doors']),
  exposure: z.enum(['exterior', 'ground', 'unheated', 'adiabatic']),
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
});

export const buildingSchema = buildingSummarySchema.extend({
  envelopeSource: z.string(),
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
  savingsPercent: quantitySchema,
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
  warnings: z.array(warningSchema),
});

export const measureSchema = z.object({
  id: z.string(),
  name: messageSchema,
  description: messageSchema,
  applicable: z.boolean(),
  reason: messageSchema.nullable(),
});

/** What can be done to a building, and the options the tool would compare first. */
export const buildingMeasuresSchema = z.object({
  measures: z.array(measureSchema),
  suggested: z.array(z.array(z.string())),
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
  chanceOf30Percent: z.number(),
  /** Probability of saving the most energy, and of the greatest net value over its life, among the options. */
  chanceOfBest: z.number(),
  chanceOfBestValue: z.number().nullable(),
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
  byCarrier: z.array(z.object({ carrier: z.string(), before: z.number(), after: z.number() })),
  byUse: z.object({ before: useSplitSchema, after: useSplitSchema }),
  dpeLabel: dpeLabelSchema.optional(),
  /** Null: not evaluated. */
  comfort: summerComfortSchema.nullable(),
  /** Null: not evaluated (no declaration given, or no tertiary use). */
  tertiary: tertiarySchema.nullable(),
});

const carrierSchema = z.enum(['gas', 'electricity', 'district-heat', 'oil', 'wood']);

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
  /** Day of engagement, for the aids; today when left out. */
  day: z.iso.date().optional(),
  /** Climate zone of the certificates (CEE); without it none is counted. */
  ceeZone: z.enum(['H1', 'H2', 'H3']).optional(),
  /** The typical year when left out; the last years of the building's own weather; 2050 on the French warming path. */
  weather: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('typical') }),
      z.object({ kind: z.literal('last-years'), years: z.number().int().min(1).max(30) }),
      z.object({ kind: z.literal('warmer-2050') }),
    ])
    .optional(),
  /** Energies the building can be supplied with; any when left out. */
  supplies: z.array(carrierSchema).min(1).optional(),
  /** Tertiary decree: what is declared of the site, and its other uses of energy, kWh a year. Absent: not evaluated. */
  tertiary: z
    .object({
      areaM2: z.number(),
      reference: z.object({ year: z.number().int(), finalKwh: z.number() }),
      absoluteKwhM2: z
        .object({ 2030: z.number().optional(), 2040: z.number().optional(), 2050: z.number().optional() })
        .optional(),
      otherUsesKwhYear: z.number().nonnegative(),
    })
    .optional(),
  /** False leaves summer comfort out (null), which is most of the work. */
  summer: z.boolean().optional(),
  /** Who gains what, by the user's own rule. */
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
    .optional(),
});

export const comparisonSchema = z.object({
  buildingId: z.string(),
  scenarios: z.array(scenarioSchema),
  /** Which option wins over its life, how surely, and what measurement would settle it; null where costs are unknown. */
  verdict: messageSchema.nullable(),
  /** Before works. */
  dpeLabel: dpeLabelSchema.optional(),
  comfortBefore: summerComfortSchema.nullable(),
  tertiaryBefore: tertiarySchema.nullable(),
  /** Name of the weather the figures are for. */
  weather: z.string(),
  warnings: z.array(warningSchema),
});

/** Who calls: what they decide is signed `name`. */
export const callerSchema = z.object({ name: z.string(), role: z.string() });

export const ledgerSchema = z.object({
  totalJ: quantitySchema,
  carbonG: quantitySchema,
  byWork: z.array(z.object({ work: z.string(), runs: z.number(), cpuMs: z.number(), energyJ: z.number() })),
});

/** Most readings taken in one call. */
export const mostReadings = 100_000;

/** A reading sent to a meter: the bounds of its interval as ISO instants with their offset, and the kWh over it. */
export const readingSchema = z.object({
  start: z.iso.datetime({ offset: true }),
  end: z.iso.datetime({ offset: true }),
  kwh: z.number(),
});

/** A register of a meter at an instant: its running total, kWh. */
export const registerSchema = z.object({ at: z.iso.datetime({ offset: true }), kwh: z.number() });

export const readingsRequestSchema = z.union([
  z.object({ readings: z.array(readingSchema).min(1).max(mostReadings) }),
  z.object({ registers: z.array(registerSchema).min(1).max(1000) }),
]);

export const readingsAnswerSchema = z.object({
  inserted: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  missing: z.number(),
  rejected: z.number(),
  /** Rows left out, by their line in the CSV or their number in the JSON; the first of them where there are many. */
  rejectedRows: z.array(z.object({ line: z.number(), code: z.string(), message: messageSchema })),
  warnings: z.array(warningSchema),
});

/** Instants between which readings start, the second left out. */
export const periodSchema = z.object({
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});

/** Stored readings of a meter, in order of time. */
export const storedReadingsSchema = z.object({
  meterId: z.string(),
  unit: z.literal('kWh'),
  readings: z.array(z.object({ start: z.string(), end: z.string(), kwh: z.number(), quality: z.number() })),
});

const decisionActionSchema = z.enum(['keep', 'exclude', 'correct']);

const whoSchema = z.string().trim().min(1).max(200);
const whySchema = z.string().trim().min(1).max(2000);

/** A person's decision about readings between two local days, both included. */
export const decisionRequestSchema = z.object({
  finding: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .default('other'),
  from: z.iso.date(),
  to: z.iso.date(),
  action: decisionActionSchema,
  factor: z.number().positive().max(1e6).optional(),
  by: whoSchema,
  reason: whySchema,
});

/** Who does something for which a name and a reason are kept. */
export const namedReasonSchema = z.object({ by: whoSchema, reason: whySchema });

export const decisionSchema = z.object({
  id: z.number(),
  finding: z.string(),
  from: z.string(),
  to: z.string(),
  action: decisionActionSchema,
  factor: z.number().nullable(),
  by: z.string(),
  reason: z.string(),
  at: z.string(),
  reversed: z.object({ by: z.string(), reason: z.string(), at: z.string() }).nullable(),
});

/** The defects of a meter's stored readings, each with the decision that answers it, and every decision made. */
export const meterQualitySchema = z.object({
  meterId: z.string(),
  findings: z.array(
    z.object({
      code: z.string(),
      from: z.string(),
      to: z.string(),
      ratio: z.number().nullable(),
      message: messageSchema,
      action: messageSchema,
      decision: z.number().nullable(),
    }),
  ),
  decisions: z.array(decisionSchema),
});

export type BuildingSummary = z.infer<typeof buildingSummarySchema>;
export type StockView = z.infer<typeof stockSchema>;
export type BuildingView = z.infer<typeof buildingSchema>;
export type BuildingElement = z.infer<typeof elementSchema>;
export type SignatureView = z.infer<typeof signatureSchema>;
export type SavingsView = z.infer<typeof savingsSchema>;
export type MeasureView = z.infer<typeof measureSchema>;
export type BuildingMeasures = z.infer<typeof buildingMeasuresSchema>;
export type ScenarioView = z.infer<typeof scenarioSchema>;
export type ComparisonRequest = z.infer<typeof comparisonRequestSchema>;
export type Comparison = z.infer<typeof comparisonSchema>;
export type DpeLabelView = z.infer<typeof dpeLabelSchema>;
export type CallerView = z.infer<typeof callerSchema>;
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
export type ReadingsAnswer = z.infer<typeof readingsAnswerSchema>;
export type DecisionRequest = z.infer<typeof decisionRequestSchema>;
export type DecisionView = z.infer<typeof decisionSchema>;
export type MeterQuality = z.infer<typeof meterQualitySchema>;
export type StoredReadingsView = z.infer<typeof storedReadingsSchema>;

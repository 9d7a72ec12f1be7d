import { z } from 'zod';
import { findingCodes } from '#measure/quality-types.ts';
import { sampledSteps } from '#measure/sampled.ts';
import { readingsAnswerSchema } from './reading-views.ts';
import { messageSchema, quantitySchema, signatureSchema, warningSchema } from './views.ts';

/** The meters of a building as a page lists them. Days are local to each meter, both included. */
const listedMeterSchema = z.object({
  id: z.string(),
  name: z.string(),
  carrier: z.string(),
  use: z.string(),
  unit: z.string(),
  timezone: z.string(),
  /** What it is computed from and by which key; null for a meter that is read. */
  computed: messageSchema.nullable(),
  /** Whether its series is the building's own, which twin, scenarios and savings stand on. */
  main: z.boolean(),
  firstDay: z.string().nullable(),
  lastDay: z.string().nullable(),
  readings: z.number(),
  resolution: z.enum(['sub-hourly', 'hourly', 'daily', 'monthly', 'irregular']).nullable(),
  /** Share of the time from the first reading to the last that readings cover; null without any. */
  coverage: z.number().nullable(),
  /** Readings that carry each mark of doubt, those that have any. */
  marks: z.array(z.object({ code: z.enum(findingCodes), readings: z.number() })),
  /** Defects found, and those of them that ask a person and that no decision in force answers. */
  findings: z.number(),
  undecided: z.number(),
});

export const buildingMetersSchema = z.object({
  buildingId: z.string(),
  name: messageSchema,
  meters: z.array(listedMeterSchema),
  /** Meters of single dwellings, which are not listed: personal data. */
  dwellings: z.number(),
});

/** Local days, both included; everything without bounds. `points` is the most that is answered. */
export const seriesQuerySchema = z.object({
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  points: z.coerce.number().int().min(10).max(5000).default(800),
});

/** Readings put together for a picture; columns of one length, in order of time, gaps left out. */
export const meterSeriesSchema = z.object({
  meterId: z.string(),
  timezone: z.string(),
  /** First and last local day of what is held, whatever was asked for; null without readings. */
  held: z.object({ from: z.string(), to: z.string() }).nullable(),
  step: z.enum(sampledSteps),
  /** Milliseconds since the epoch. */
  startMs: z.array(z.number()),
  endMs: z.array(z.number()),
  kwh: z.array(z.number()),
  /** Mean power over the covered time, and the lowest and highest of single readings, kW. */
  meanKw: z.array(z.number()),
  lowKw: z.array(z.number()),
  highKw: z.array(z.number()),
  /** Number of readings in each. */
  readings: z.array(z.number()),
  /** Which of them hold readings that carry a mark of doubt, by their index. */
  marks: z.array(z.object({ code: z.enum(findingCodes), at: z.array(z.number()) })),
});

const degreeDayRow = {
  knownDays: z.number(),
  readKwh: z.number(),
  degreeDays: z.number(),
  normalisedKwh: quantitySchema.nullable(),
};

/** What a meter teaches once its days are set against the weather. */
export const meterAnalysisSchema = z.object({
  meterId: z.string(),
  /** Null with the reason in `missing`. */
  signature: signatureSchema.nullable(),
  missing: messageSchema.nullable(),
  /** What was joined, left out or is missing among the readings, and which weather they are set against. */
  told: z.array(warningSchema),
  /** Whether a year of savings may stand on this model. */
  usable: z.boolean(),
  /** Each day, or the mean day of each bill, against the model of `baseline`; what was read, columns of one length, kWh a day. */
  residuals: z
    .object({
      baseline: z.object({ from: z.string(), to: z.string() }),
      firstDay: z.string(),
      /** Days after `firstDay`. */
      offset: z.array(z.number()),
      /** Days of each bill; null where the model is of days. */
      days: z.array(z.number()).nullable(),
      actualKwh: z.array(z.number()),
      predictedKwh: z.array(z.number()),
      /** 90 % interval of one day. */
      lowKwh: z.array(z.number()),
      highKwh: z.array(z.number()),
    })
    .nullable(),
  /** Works on the building that the residuals should show. */
  works: z.array(z.object({ id: z.string(), from: z.string(), to: z.string(), name: messageSchema })),
  degreeDays: z
    .object({
      baseC: z.number(),
      /** Years of weather that the reference is the mean of. */
      referenceYears: z.object({ fewest: z.number(), most: z.number() }),
      months: z.array(
        z.object({ month: z.string(), referenceDegreeDays: z.number().nullable(), ...degreeDayRow }),
      ),
      years: z.array(z.object({ year: z.number(), ...degreeDayRow })),
    })
    .nullable(),
});

/** What a file of readings would do to a meter; nothing is kept. */
export const readingsPreflightSchema = readingsAnswerSchema.extend({
  format: z.string(),
  resolution: z.string(),
  rows: z.number(),
  firstDay: z.string(),
  lastDay: z.string(),
  totalKwh: z.number(),
  /** Mean day of the file and of what is held already; null where nothing is. */
  kwhPerDay: z.number(),
  heldKwhPerDay: z.number().nullable(),
});

export type BuildingMeters = z.infer<typeof buildingMetersSchema>;
export type MeterSeriesView = z.infer<typeof meterSeriesSchema>;
export type MeterAnalysis = z.infer<typeof meterAnalysisSchema>;
export type ReadingsPreflight = z.infer<typeof readingsPreflightSchema>;

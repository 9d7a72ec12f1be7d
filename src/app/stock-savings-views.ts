import { z } from 'zod';
import { eventSchema } from './event-views.ts';
import { messageSchema, quantitySchema, savingsSchema, warningSchema } from './views.ts';

export const reportFormats = ['pdf', 'xlsx', 'json'] as const;

/** Whose savings: a building's, a programme's, or (without either) the whole stock's. */
export const savingsScopeSchema = z.object({
  building: z.string().min(1).max(200).optional(),
  programme: z.coerce.number().int().positive().max(2_147_483_647).optional(),
});

export const savingsReportQuerySchema = savingsScopeSchema.extend({
  format: z.enum(reportFormats),
  /** Calendar year that the report is about; without it the last one with readings after works. */
  year: z.coerce.number().int().min(1990).max(2100).optional(),
  lang: z.enum(['fr', 'en']).default('fr'),
});

/** A sum over works, kWh of final energy. */
const totalSchema = z.object({
  works: z.number(),
  meters: z.number(),
  counterfactual: quantitySchema,
  actualKwh: z.number(),
  savings: quantitySchema,
  /** Null where nothing would have been used without works. */
  savingsPercent: quantitySchema.nullable(),
});

export const stockSavingsSchema = z.object({
  schema: z.literal('stacoptim.stock-savings/1'),
  scope: z.object({
    kind: z.enum(['building', 'programme', 'stock']),
    id: z.string().nullable(),
    name: messageSchema,
    /** Of a building: where it stands and what it serves, where known. */
    commune: z.string().nullable(),
    use: z.string().nullable(),
    constructionYear: z.number().nullable(),
  }),
  data: z.enum(['simulated', 'metered']),
  /** Day the sum was made; each works says the day its readings end. */
  day: z.string(),
  /** First year after each works (or as far as readings go), the figure that each works is judged by. Null without works that count. */
  firstYear: totalSchema.nullable(),
  /** All days since each works, until the works that follow. */
  sinceWorks: totalSchema.nullable(),
  years: z.array(totalSchema.extend({ year: z.number() })),
  months: z.array(totalSchema.extend({ month: z.string() })),
  /** The first-year figure by energy: the meters that judge works, and all meters of buildings that changed fuel. */
  byCarrier: z.array(totalSchema.extend({ carrier: z.string() })),
  /** What a programme had promised for the buildings whose works are counted, a year; null outside a programme. */
  promisedKwh: quantitySchema.nullable(),
  works: z.array(
    z.object({
      buildingId: z.string(),
      building: messageSchema,
      start: z.string(),
      end: z.string(),
      measures: z.array(z.object({ id: z.string(), name: messageSchema })),
      costEur: z.number().nullable(),
      contractor: z.string().nullable(),
      accepted: z.object({ day: z.string(), by: z.string() }).nullable(),
      /** Hash of the days that the frozen baseline was fitted on; null where none was frozen. */
      baselineHash: z.string().nullable(),
      /** How well the frozen model holds its own days: days fitted, CV(RMSE) in percent, R². Null where none was frozen. */
      baselineFit: z
        .object({ days: z.number(), cvRmsePercent: z.number().nullable(), r2: z.number().nullable() })
        .nullable(),
      savings: savingsSchema,
      /** Why these works are in no sum; null when they are. */
      leftOut: messageSchema.nullable(),
    }),
  ),
  notEvaluated: z.array(
    z.object({
      buildingId: z.string(),
      building: messageSchema,
      worksId: z.string().nullable(),
      reason: messageSchema,
    }),
  ),
  warnings: z.array(warningSchema),
});

/** The yearly report of savings; published as docs/schemas/savings-report-1.schema.json. */
export const savingsReportSchema = z.object({
  schema: z.literal('stacoptim.savings-report/1'),
  /** Day it was written. */
  day: z.string(),
  version: z.string(),
  /** Calendar year; null where no month after works was measured (a change of fuel has its first year alone). */
  year: z.number().nullable(),
  /** Of that year, a line a works: its months added up. */
  works: z.array(totalSchema.extend({ worksId: z.string(), validDays: z.number(), days: z.number() })),
  total: totalSchema.nullable(),
  savings: stockSavingsSchema,
  /** Non-routine events of the works: what was found or declared, who decided and why. */
  events: z.array(eventSchema),
  method: z.array(messageSchema),
  /** What this report says nothing of. */
  outside: z.array(messageSchema),
  /** SHA-256 of all of the above as JSON, so that a signed copy can be told from another. */
  digest: z.string(),
});

export type SavingsReport = z.infer<typeof savingsReportSchema>;
export type SavingsScope = z.infer<typeof savingsScopeSchema>;
export type StockSavings = z.infer<typeof stockSavingsSchema>;
export type SavingsTotal = z.infer<typeof totalSchema>;

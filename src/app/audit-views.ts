import { z } from 'zod';
import { buildingSchema, messageSchema, savingsSchema, signatureSchema } from './views.ts';
import { comparisonSchema } from './comparison-views.ts';

export const auditFormats = ['pdf', 'html', 'json'] as const;

export const auditQuerySchema = z.object({
  format: z.enum(auditFormats),
  lang: z.enum(['fr', 'en']).default('fr'),
});

export const stockAuditQuerySchema = z.object({ lang: z.enum(['fr', 'en']).default('fr') });

/** Where a building stands before a text of law; `evaluated` false says that what is missing is named in the sentence. */
const lawSchema = z.object({
  text: z.enum(['rental-ban', 'tertiary-decree']),
  evaluated: z.boolean(),
  sentence: messageSchema,
});

/** The audit of one building, the same for all; published as docs/schemas/audit-1.schema.json. */
export const auditSchema = z.object({
  schema: z.literal('stacoptim.audit/1'),
  /** Day it was written. */
  day: z.string(),
  version: z.string(),
  building: buildingSchema,
  /** Null without enough readings for a model. */
  signature: signatureSchema.nullable(),
  /** Why there is no signature; null where there is one. */
  missing: messageSchema.nullable(),
  savings: z.array(savingsSchema),
  /** Null where no measure applies. */
  comparison: comparisonSchema.nullable(),
  law: z.array(lawSchema),
  /** The option with the greatest chance of the best value, or else of the largest saving; `option` is its id, null for doing nothing. */
  recommended: z.object({ option: z.string().nullable(), sentence: messageSchema }).nullable(),
  assumptions: z.array(messageSchema),
  /** Figures that wait for their primary source. */
  unverified: z.array(messageSchema),
  /** What else was found while reading and computing. */
  reserves: z.array(messageSchema),
  uncertainty: z.array(messageSchema),
});

export type Audit = z.infer<typeof auditSchema>;

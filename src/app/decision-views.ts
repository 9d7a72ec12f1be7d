import { z } from 'zod';
import { messageSchema } from './views.ts';

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
      /** False where nothing is left for a person to decide: the source sets it right by itself. */
      asksPerson: z.boolean(),
      decision: z.number().nullable(),
    }),
  ),
  decisions: z.array(decisionSchema),
});

export type DecisionRequest = z.infer<typeof decisionRequestSchema>;
export type DecisionView = z.infer<typeof decisionSchema>;
export type MeterQuality = z.infer<typeof meterQualitySchema>;

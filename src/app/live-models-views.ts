import { z } from 'zod';
import { messageSchema } from './views.ts';
import { namedReasonSchema } from './decision-views.ts';

export const liveModelSchema = z.object({
  id: z.number(),
  role: z.enum(['baseline', 'live']),
  status: z.enum(['candidate', 'current', 'retired', 'frozen']),
  window: z.object({ from: z.string(), to: z.string() }),
  /** Null where no version of the program can read the record. */
  kind: z.string().nullable(),
  cvRmse: z.number().nullable(),
  dataHash: z.string(),
  stale: messageSchema.nullable(),
  /** Instant it was fitted and kept. */
  at: z.string(),
  /** The last line of the audit log about this model; `said` is its reason in both languages where they are known. */
  last: z
    .object({ by: z.string(), action: z.string(), reason: z.string(), said: messageSchema, at: z.string() })
    .nullable(),
});

/** Every model of a meter, newest first. */
export const liveModelsSchema = z.object({ meterId: z.string(), models: z.array(liveModelSchema) });

/** A person's promotion of a candidate; `outsideGate` where the gate had kept it out. */
export const promotionRequestSchema = namedReasonSchema.extend({ outsideGate: z.boolean().default(false) });

export type LiveModel = z.infer<typeof liveModelSchema>;
export type LiveModels = z.infer<typeof liveModelsSchema>;
export type PromotionRequest = z.infer<typeof promotionRequestSchema>;

import { z } from 'zod';
import { messageSchema } from './views.ts';
import { namedReasonSchema } from './decision-views.ts';

/** Per cent that the consumption without works is corrected by on the days of an event. */
const adjustmentSchema = z.number().gt(-100).max(1000);

/** A change that a person knows of and the program did not find. */
export const eventRequestSchema = z
  .object({
    worksId: z.string().min(1).max(100),
    from: z.iso.date(),
    to: z.iso.date(),
    /** Left out, the days are set aside. */
    adjustmentPercent: adjustmentSchema.optional(),
  })
  .extend(namedReasonSchema.shape);

/** What a person decides of an event; dates and adjustment, where given, replace those proposed. */
export const eventDecisionSchema = z
  .object({
    action: z.enum(['accept', 'refuse', 'reopen']),
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
    adjustmentPercent: adjustmentSchema.optional(),
  })
  .extend(namedReasonSchema.shape);

export const eventSchema = z.object({
  id: z.number(),
  worksId: z.string(),
  meterId: z.string(),
  code: z.string(),
  from: z.string(),
  to: z.string(),
  message: messageSchema,
  state: z.enum(['proposed', 'accepted', 'refused']),
  /** Null: the days are set aside. */
  adjustmentPercent: z.number().nullable(),
  decided: z.object({ by: z.string(), reason: z.string(), at: z.string() }).nullable(),
});

export type EventRequest = z.infer<typeof eventRequestSchema>;
export type EventDecisionRequest = z.infer<typeof eventDecisionSchema>;
export type EventView = z.infer<typeof eventSchema>;

import { z } from 'zod';
import { gapCauses } from '#measure/gaps.ts';
import { messageSchema, quantitySchema } from './views.ts';

/** The gap between the saving promised and the one read after the last works, by cause; positive: saved less than promised. */
export const gapSchema = z.object({
  worksId: z.string(),
  parts: z.array(
    z.object({
      cause: z.enum(gapCauses),
      name: messageSchema,
      kwh: quantitySchema,
      told: z.boolean(),
      evidence: messageSchema,
      notSeparable: messageSchema.nullable(),
    }),
  ),
  /** Sum of the parts. */
  gapKwh: z.number(),
});

export type GapView = z.infer<typeof gapSchema>;

export const alarmEvidenceSchema = z.object({
  excessKwh: quantitySchema,
  excessPercent: quantitySchema,
  days: z.number(),
  /** Excess over its standard deviation; an alarm is told from 2.2. */
  score: z.number(),
  /** Last day of what the model that judges was fitted on. */
  learntUntil: z.string(),
});

/** Something a meter takes too much of, as the nightly watch found it, with its evidence. */
export const alarmSchema = z.object({
  id: z.number(),
  meterId: z.string(),
  code: z.string(),
  from: z.string(),
  to: z.string(),
  message: messageSchema,
  evidence: alarmEvidenceSchema,
  /** What it was judged by, and how far it stands out. */
  proof: messageSchema,
});

export type AlarmView = z.infer<typeof alarmSchema>;

import { z } from 'zod';
import { gapCauses } from '#measure/gaps.ts';
import { namedReasonSchema } from './decision-views.ts';
import { messageSchema, quantitySchema } from './views.ts';

export const alarmStates = ['open', 'acknowledged', 'refused', 'closed'] as const;

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
  state: z.enum(alarmStates),
  /** The person who decided, or the watch where it no longer sees the excess; null while it is open. */
  decided: z.object({ by: z.string(), reason: z.string(), at: z.string() }).nullable(),
});

/** What a person decides of an alarm; `close` when what took too much is mended, `reopen` takes any of them back. */
export const alarmDecisionSchema = z
  .object({ action: z.enum(['acknowledge', 'refuse', 'close', 'reopen']) })
  .extend(namedReasonSchema.shape);

/** What the last night made of a meter: an alarm list without it cannot tell a quiet meter from one nobody watches. */
export const meterWatchSchema = z.object({
  meterId: z.string(),
  watched: z.boolean(),
  /** Nights from midnight to 5 too, which needs hourly readings. */
  nights: z.boolean(),
  lastDay: z.string().nullable(),
  learntUntil: z.string().nullable(),
  reason: messageSchema,
  /** Null for a meter that no night has looked at yet. */
  lookedAt: z.string().nullable(),
});

export type AlarmView = z.infer<typeof alarmSchema>;
export type AlarmDecisionRequest = z.infer<typeof alarmDecisionSchema>;
export type MeterWatchView = z.infer<typeof meterWatchSchema>;

import { z } from 'zod';
import { changeKindSchema, changeSchema } from './changes-views.ts';

export const webhookRequestSchema = z.object({
  url: z.string().min(1).max(2000),
  /** Kinds to send; all without it. */
  kinds: z.array(changeKindSchema).min(1).optional(),
  /** Begins after this position of /v1/changes; with the next change without it. */
  since: z.number().int().min(0).optional(),
});

export const webhookSchema = z.object({
  id: z.number(),
  url: z.string(),
  kinds: z.array(z.string()).nullable(),
  /** What it gets: changes, or the notifications of an NGSI-LD subscription. */
  format: z.enum(['changes', 'ngsi-ld']),
  /** `failed`: given up after the last attempt, until somebody resumes it. Nothing is lost meanwhile. */
  state: z.enum(['active', 'failed']),
  /** Every change up to this position was received. */
  receivedTo: z.number(),
  /** Attempts in a row that were not received, and when the next one comes. */
  failedAttempts: z.number(),
  nextAttemptAt: z.string().nullable(),
  createdBy: z.string(),
  createdAt: z.string(),
});

/** The only answers that tell the secret. */
export const webhookWithSecretSchema = webhookSchema.extend({ secret: z.string() });

export const rotationRequestSchema = z.object({
  /** How long the old secret still signs beside the new one, hours. */
  graceHours: z.number().min(0).max(168).default(24),
});

export const attemptSchema = z.object({
  deliveryId: z.string(),
  changes: z.number(),
  attempt: z.number(),
  status: z.number().nullable(),
  error: z.string().nullable(),
  durationMs: z.number(),
  at: z.string(),
});

/** What a receiver answered to a delivery without a change. */
export const webhookTestSchema = z.object({
  deliveryId: z.string(),
  received: z.boolean(),
  status: z.number().nullable(),
  error: z.string().nullable(),
  durationMs: z.number(),
});

/** What a receiver gets. */
export const deliverySchema = z.object({
  schema: z.literal('stacoptim.changes/1'),
  id: z.string(),
  changes: z.array(changeSchema),
});

export type WebhookRequest = z.infer<typeof webhookRequestSchema>;
export type WebhookView = z.infer<typeof webhookSchema>;
export type WebhookWithSecret = z.infer<typeof webhookWithSecretSchema>;
export type WebhookTest = z.infer<typeof webhookTestSchema>;
export type AttemptView = z.infer<typeof attemptSchema>;
export type DeliveryBody = z.infer<typeof deliverySchema>;

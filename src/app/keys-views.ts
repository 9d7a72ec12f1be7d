import { z } from 'zod';

export const keyRequestSchema = z.object({
  name: z.string().trim().min(1).max(200),
  role: z.string(),
  /** Of what the role allows, what the key may do; all of it without this. */
  scopes: z.array(z.string()).min(1).max(20).optional(),
  days: z.number().int().min(1).max(3650).default(365),
});

export const keyRotationSchema = z.object({
  /** How long the key before still lets in, hours. */
  graceHours: z.number().min(0).max(168).default(24),
});

export const keySchema = z.object({
  id: z.number(),
  name: z.string(),
  /** How the key begins, to tell keys apart. */
  prefix: z.string(),
  role: z.string(),
  scopes: z.array(z.string()).nullable(),
  createdBy: z.string(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  /** To the minute. */
  lastUsedAt: z.string().nullable(),
});

/** The only answers that tell the key. */
export const keyWithSecretSchema = keySchema.extend({ key: z.string() });

export const auditLogQuerySchema = z.object({
  /** Where the page before ended, as the header Link says it. */
  cursor: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1)
    .optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  subject: z.string().min(1).max(300).optional(),
  action: z.string().min(1).max(100).optional(),
  by: z.string().min(1).max(200).optional(),
});

export const auditLineSchema = z.object({
  /** 1, 2, 3… without a gap. */
  position: z.number(),
  by: z.string(),
  action: z.string(),
  subject: z.string(),
  reason: z.string(),
  detail: z.record(z.string(), z.unknown()),
  at: z.string(),
  /** SHA-256 over this line and the hash of the one before; “stacoptim audit verify” computes them again. */
  hash: z.string(),
});

export type KeyRequest = z.infer<typeof keyRequestSchema>;
export type KeyView = z.infer<typeof keySchema>;
export type KeyWithSecret = z.infer<typeof keyWithSecretSchema>;
export type AuditLogQuery = z.infer<typeof auditLogQuerySchema>;
export type AuditLine = z.infer<typeof auditLineSchema>;

import { z } from 'zod';
import { messageSchema } from './views.ts';

export const personRequestSchema = z.object({
  /** What they decide is signed with this name. */
  person: z.string().trim().min(1).max(200),
  role: z.string(),
  /** How long the unused link stays good, hours. */
  hours: z.number().int().min(1).max(720).default(24),
});

export const personSchema = z.object({
  id: z.number(),
  /** `link`: made, not used yet. `session`: entered, until it ends. */
  kind: z.enum(['link', 'session']),
  person: z.string(),
  role: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  /** To the minute. */
  lastUsedAt: z.string().nullable(),
});

/** The only answer that tells the link: an address of this server, good once. */
export const personLinkSchema = z.object({ person: z.string(), role: z.string(), link: z.string() });

export const installationSchema = z.object({
  version: z.string(),
  organisation: z.string(),
  /** As the environment sets them; of a secret only whether it is set. */
  settings: z.array(z.object({ name: z.string(), value: z.string(), meaning: messageSchema })),
  /** Days that readings of dwellings are kept. */
  retentionDays: z.number(),
  /** Fewest dwellings that are shown as a group, and the least share of them that must report. */
  displayGroup: z.object({ fewestDwellings: z.number(), leastReporting: z.number() }),
  /** What each role may do. */
  roles: z.array(z.object({ role: z.string(), permissions: z.array(z.string()) })),
});

/** The chain of the audit log, computed again from its first line on. */
export const auditVerificationSchema = z.object({
  lines: z.number(),
  /** The last hash: kept elsewhere, it shows a log that was rewritten as a whole. */
  head: z.string(),
  /** The first line that does not fit. */
  brokenAt: z.number().nullable(),
});

export type PersonRequest = z.infer<typeof personRequestSchema>;
export type PersonView = z.infer<typeof personSchema>;
export type PersonLink = z.infer<typeof personLinkSchema>;
export type Installation = z.infer<typeof installationSchema>;
export type AuditVerification = z.infer<typeof auditVerificationSchema>;

import { z } from 'zod';

const changeKinds = [
  'building',
  'identifier',
  'twin',
  'envelope',
  'scenario',
  'meter',
  'derivation',
  'readings',
  'reading-decision',
  'model',
  'works',
  'savings',
  'event',
  'alarm',
  'programme',
  'rate',
  'weather-station',
  'job',
] as const;

export const changeKindSchema = z.enum(changeKinds);

export const changesQuerySchema = z.object({
  since: z.coerce
    .number()
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .default(0)
    .describe('The “next” of the answer before; 0 begins with the first change still kept'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  kinds: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(changeKindSchema))
    .optional()
    .describe(`Kinds with commas between them, of: ${changeKinds.join(', ')}; all when left out`),
});

export const changeSchema = z.object({
  /** The same in every answer and delivery: what comes twice is known by it. */
  id: z.string(),
  position: z.number(),
  kind: z.string(),
  action: z.enum(['created', 'updated', 'deleted', 'stale']),
  /** The identifier of what changed, as its own address has it. */
  subject: z.string(),
  buildingId: z.string().optional(),
  meterId: z.string().optional(),
  detail: z.record(z.string(), z.unknown()),
  at: z.string(),
});

export const changesSchema = z.object({
  changes: z.array(changeSchema),
  /** To be sent as `since` next time. */
  next: z.number(),
  latest: z.number(),
  /** True when more can be read at once. */
  more: z.boolean(),
});

export type ChangesQuery = z.infer<typeof changesQuerySchema>;
export type ChangeView = z.infer<typeof changeSchema>;
export type ChangesView = z.infer<typeof changesSchema>;

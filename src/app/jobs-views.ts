import { z } from 'zod';
import { stockAuditQuerySchema } from './audit-views.ts';
import { meteringRequestSchema } from './metering-views.ts';
import { onProgramme, ownFrontRequestSchema, programmeRequestSchema } from './programme-views.ts';
import { messageSchema } from './views.ts';

/** Work that takes longer than a click. */
export const jobRequestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('programme'), input: programmeRequestSchema }),
  z.object({ kind: z.literal('front'), input: onProgramme(ownFrontRequestSchema) }),
  z.object({ kind: z.literal('metering-plan'), input: onProgramme(meteringRequestSchema) }),
  z.object({ kind: z.literal('stock-report'), input: stockAuditQuerySchema.prefault({}) }),
  z.object({ kind: z.literal('retraining'), input: z.object({}).default({}) }),
]);

/** Jobs that are a call put off: `upload` for those whose draft stands on the host that made it. */
export const requestJobKinds = ['request', 'upload'] as const;
export type RequestJobKind = (typeof requestJobKinds)[number];

export const exportKind = 'organisation-export';
export const importKind = 'organisation-import';

const jobStates = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;

export const jobsQuerySchema = z.object({
  state: z.enum(jobStates).optional(),
  kind: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

export const jobSchema = z.object({
  id: z.number(),
  kind: z.string(),
  /** The call that it makes; null where it is none. */
  request: z.object({ method: z.string(), path: z.string() }).nullable(),
  state: z.enum(jobStates),
  /** 0 to 1. */
  progress: z.number(),
  step: messageSchema.nullable(),
  /** Why it does not go on, and what to do about it, where it waits though it could be worked at. */
  notice: z.object({ code: z.string(), message: messageSchema }).nullable(),
  attempts: z.number(),
  mostAttempts: z.number().nullable(),
  /** When it is tried again after a failure. */
  nextAttemptAt: z.string().nullable(),
  /** Why it failed, or why its last attempt did while it waits for the next. */
  failure: z.object({ code: z.string(), message: messageSchema }).nullable(),
  result: z.record(z.string(), z.unknown()).nullable(),
  createdBy: z.string().nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
});

export type JobRequest = z.infer<typeof jobRequestSchema>;
export type JobKind = JobRequest['kind'];
/** What a worker of any host takes up; the rest is the server's own. */
export type WorkerJobKind = JobKind | typeof exportKind | typeof importKind | 'request';
export type JobsQuery = z.infer<typeof jobsQuerySchema>;
export type JobView = z.infer<typeof jobSchema>;

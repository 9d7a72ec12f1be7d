import { z } from 'zod';
import { changesQuerySchema, changesSchema } from '../app/changes-views.ts';
import {
  attemptSchema,
  rotationRequestSchema,
  webhookRequestSchema,
  webhookSchema,
  webhookWithSecretSchema,
} from '../app/webhooks-views.ts';
import { jobRequestSchema, jobSchema, jobsQuerySchema } from '../app/jobs-views.ts';
import {
  auditLineSchema,
  auditLogQuerySchema,
  keyRequestSchema,
  keyRotationSchema,
  keySchema,
  keyWithSecretSchema,
} from '../app/keys-views.ts';
import { xlsxType } from './described-operation.ts';
import type { Operation } from './openapi.ts';

/** What another system lives on: changes, webhooks, jobs, keys, the audit log. */
export const integrationOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/changes',
    summary: 'What changed since a position: in order, complete, kept 90 days',
    query: changesQuerySchema,
    answer: changesSchema,
  },
  {
    method: 'get',
    path: '/v1/webhooks',
    allow: 'administer',
    summary: 'The receivers that changes are sent to, and how far each has got',
    answer: z.array(webhookSchema),
  },
  {
    method: 'post',
    path: '/v1/webhooks',
    allow: 'administer',
    tellsSecret: true,
    summary: 'Registers a receiver of changes; its secret is told once (docs/webhooks.md)',
    body: webhookRequestSchema,
    answer: webhookWithSecretSchema,
  },
  {
    method: 'get',
    path: '/v1/webhooks/{id}',
    allow: 'administer',
    summary: 'One receiver',
    answer: webhookSchema,
  },
  {
    method: 'delete',
    path: '/v1/webhooks/{id}',
    allow: 'administer',
    summary: 'Removes a receiver',
    answer: z.object({ deleted: z.literal(true) }),
  },
  {
    method: 'post',
    path: '/v1/webhooks/{id}/rotation',
    tellsSecret: true,
    allow: 'administer',
    summary: 'A new secret, told once; the old one signs beside it for a time',
    body: rotationRequestSchema,
    answer: webhookWithSecretSchema,
  },
  {
    method: 'post',
    path: '/v1/webhooks/{id}/resumption',
    allow: 'administer',
    summary: 'Sends again to a receiver that was given up, from where it stopped',
    answer: webhookSchema,
  },
  {
    method: 'get',
    path: '/v1/webhooks/{id}/attempts',
    allow: 'administer',
    summary: 'The last hundred attempts to send to a receiver, newest first',
    answer: z.array(attemptSchema),
  },
  {
    method: 'get',
    path: '/v1/jobs',
    summary: 'Work in the queue, being done and done, newest first',
    query: jobsQuerySchema,
    answer: z.array(jobSchema),
  },
  {
    method: 'post',
    path: '/v1/jobs',
    summary:
      'Puts work into the queue: a programme, the report of the stock, a retraining; 202 with the address of the job',
    body: jobRequestSchema,
    status: 202,
    answer: jobSchema,
  },
  {
    method: 'get',
    path: '/v1/jobs/{id}',
    summary: 'How far a job is, and what came of it',
    answer: jobSchema,
  },
  {
    method: 'get',
    path: '/v1/jobs/{id}/events',
    summary: 'The same as server-sent events, until the job ends',
    type: 'text/event-stream',
    answer: z.string(),
  },
  {
    method: 'get',
    path: '/v1/jobs/{id}/file',
    summary: 'The file that a job left, for seven days: of the report of the stock a spreadsheet',
    type: xlsxType,
    answer: z.string(),
  },
  {
    method: 'post',
    path: '/v1/jobs/{id}/cancellation',
    summary: 'Stops a job; nothing of it is kept',
    answer: jobSchema,
  },
  {
    method: 'post',
    path: '/v1/jobs/{id}/retry',
    summary: 'Tries a failed or cancelled job again',
    answer: jobSchema,
  },
  {
    method: 'get',
    path: '/v1/keys',
    allow: 'administer',
    summary: 'The keys of machines, newest first, with their last use; none tells its secret',
    answer: z.array(keySchema),
  },
  {
    method: 'post',
    path: '/v1/keys',
    allow: 'administer',
    tellsSecret: true,
    summary: 'Makes a key, told once: a role, and scopes where it shall do less',
    body: keyRequestSchema,
    answer: keyWithSecretSchema,
  },
  {
    method: 'post',
    path: '/v1/keys/{id}/rotation',
    allow: 'administer',
    tellsSecret: true,
    summary: 'A new key that may do the same, told once; the old one ends after a time of grace',
    body: keyRotationSchema,
    answer: keyWithSecretSchema,
  },
  {
    method: 'delete',
    path: '/v1/keys/{id}',
    allow: 'administer',
    summary: 'Ends a key at once',
    answer: z.object({ revoked: z.literal(true) }),
  },
  {
    method: 'get',
    path: '/v1/audit',
    allow: 'administer',
    summary: 'The audit log, newest first, with its chain of hashes',
    query: auditLogQuerySchema,
    answer: z.array(auditLineSchema),
    paged: true,
  },
];

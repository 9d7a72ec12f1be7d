import { changesQuerySchema, changesSchema } from '../app/changes-views.ts';
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
];

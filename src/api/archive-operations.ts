import { z } from 'zod';
import { jobSchema } from '../app/jobs-views.ts';
import type { Operation } from './openapi.ts';

const zip = 'application/zip';

/** All that is held of the organisation, out and in (docs/operation.md, “Leaving and arriving”). */
export const archiveOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/organisation/exports',
    allow: 'administer',
    summary: 'Exports all that is held of the organisation into a ZIP of open formats; 202 with the job',
    status: 202,
    answer: jobSchema,
  },
  {
    method: 'get',
    path: '/v1/organisation/exports/{id}/file',
    allow: 'administer',
    summary: 'The archive that an export left, for seven days',
    type: zip,
    answer: z.string(),
  },
  {
    method: 'post',
    path: '/v1/organisation/imports',
    allow: 'administer',
    summary:
      'Imports an archive (the body, at most 4 GB) into this organisation, which must be empty; 202 with the job',
    bodyType: zip,
    body: z.string(),
    status: 202,
    answer: jobSchema,
  },
];

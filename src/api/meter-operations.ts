import {
  buildingMetersSchema,
  meterAnalysisSchema,
  meterSeriesSchema,
  readingsPreflightSchema,
  seriesQuerySchema,
} from '../app/meter-views.ts';
import { readingsOptionsSchema } from '../app/ingest-file.ts';
import {
  decisionRequestSchema,
  decisionSchema,
  meterQualitySchema,
  namedReasonSchema,
} from '../app/decision-views.ts';
import { meterList } from '../app/list-views.ts';
import {
  readingsAnswerSchema,
  readingsQuerySchema,
  readingsRequestSchema,
  storedReadingsSchema,
} from '../app/reading-views.ts';
import { meterRequestSchema, meterViewSchema } from '../app/meter-record.ts';
import { z } from 'zod';
import { list } from './list-operation.ts';
import { bodyLimits } from './body-limits.ts';
import type { Operation } from './openapi.ts';
import { signed } from './permissions.ts';

/** Meters: as a person looks at them, as they are declared, fed, judged and erased. */
export const meterOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/buildings/{id}/meters',
    summary: 'The meters of a building: what is held of each, its coverage and its marks of doubt',
    answer: buildingMetersSchema,
  },
  {
    method: 'get',
    path: '/v1/meters/{id}/series',
    summary: 'Readings put together for a picture of any zoom; of a dwelling for an administrator alone',
    query: seriesQuerySchema,
    answer: meterSeriesSchema,
  },
  {
    method: 'get',
    path: '/v1/meters/{id}/analysis',
    summary: 'A meter against the weather: signature, residuals, months and years in mean weather',
    answer: meterAnalysisSchema,
  },
  {
    method: 'post',
    path: '/v1/meters/{id}/readings/preflight',
    background: 'request',
    mostBytes: bodyLimits.readings,
    writesNothing: true,
    allow: 'ingest',
    summary: 'Reads a file of readings as the meter would take it and says what would change; keeps nothing',
    query: readingsOptionsSchema,
    body: z.string().describe('The bytes of the file, as a form or with its content type'),
    bodyType: 'application/octet-stream',
    answer: readingsPreflightSchema,
  },
  {
    method: 'get',
    path: '/v1/meters',
    summary: 'The meters of the stock; of dwellings for an administrator alone',
    ...list(meterList),
  },
  { method: 'get', path: '/v1/meters/{id}', summary: 'A meter as it was declared', answer: meterViewSchema },
  {
    method: 'put',
    path: '/v1/meters/{id}',
    summary: 'Declares a meter, or one computed from others: a formula, a share, the use of one’s own panels',
    body: meterRequestSchema,
    answer: meterViewSchema,
  },
  {
    method: 'post',
    path: '/v1/meters/{id}/readings',
    background: 'request',
    mostBytes: bodyLimits.readings,
    allow: 'ingest',
    summary:
      'Sends readings: JSON, or a file of any known format with its content type; sending them twice stores them once',
    query: readingsOptionsSchema,
    body: readingsRequestSchema,
    takesFiles: true,
    answer: readingsAnswerSchema,
  },
  {
    method: 'get',
    path: '/v1/meters/{id}/readings',
    summary: 'Stored readings; of a dwelling for an administrator alone',
    query: readingsQuerySchema,
    paged: true,
    answer: storedReadingsSchema,
  },
  {
    method: 'get',
    path: '/v1/meters/{id}/quality',
    summary: 'Defects of the stored readings, and what people decided about them',
    answer: meterQualitySchema,
  },
  {
    method: 'post',
    path: '/v1/meters/{id}/decisions',
    allow: 'decide',
    summary: 'Decides about readings: keep, exclude or correct by a factor',
    body: signed(decisionRequestSchema),
    answer: decisionSchema,
  },
  {
    method: 'post',
    path: '/v1/meters/{id}/decisions/{decision}/reversal',
    allow: 'decide',
    summary: 'Takes a decision back',
    body: signed(namedReasonSchema),
    answer: decisionSchema,
  },
  {
    method: 'get',
    path: '/v1/meters/{id}/export',
    summary: 'Everything held of a meter',
    answer: z.looseObject({ schema: z.literal('stacoptim.meter-export/1') }),
  },
  {
    method: 'delete',
    path: '/v1/meters/{id}',
    allow: 'decide',
    summary: 'Erases a meter with everything held of it',
    body: signed(namedReasonSchema),
    answer: z.object({ erased: z.literal(true) }),
  },
];

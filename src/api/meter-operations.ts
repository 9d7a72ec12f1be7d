import {
  buildingMetersSchema,
  meterAnalysisSchema,
  meterSeriesSchema,
  readingsPreflightSchema,
  seriesQuerySchema,
} from '../app/meter-views.ts';
import { readingsOptionsSchema } from '../app/ingest-file.ts';
import { z } from 'zod';
import type { Operation } from './openapi.ts';

/** Meters as a person looks at them. */
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
    allow: 'ingest',
    summary: 'Reads a file of readings as the meter would take it and says what would change; keeps nothing',
    query: readingsOptionsSchema,
    body: z.string().describe('The bytes of the file, as a form or with its content type'),
    answer: readingsPreflightSchema,
  },
];

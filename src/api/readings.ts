import type { Request, Router } from 'express';
import type { AppContext } from '../app/context.ts';
import { csvOptionsSchema, ingestCsv, ingestJson, meterOf } from '../app/ingest.ts';
import type { Role } from '../app/privacy.ts';
import { viewReadings } from '../app/view-readings.ts';
import { failure, type Result } from '../core/result.ts';
import { periodSchema, type ReadingsAnswer } from '../app/views.ts';
import { entryOf } from './access.ts';
import { may } from './permissions.ts';
import { answer, idOf, readBody, refuse } from './respond.ts';
import { parseJson, readBytes } from './stream-body.ts';

/** Readings of dwellings are for those whose role allows personal data. */
export const roleOf = (request: Request): Role =>
  may(entryOf(request).role, 'personal') ? 'data-controller' : 'reader';

const ingest = async (context: AppContext, request: Request): Promise<Result<ReadingsAnswer>> => {
  const type = request.is(['application/json', 'text/csv', 'application/gzip']);
  const encoding = request.get('content-encoding') ?? 'identity';
  if (type === false || type === null || !['identity', 'gzip'].includes(encoding))
    return failure(
      'body-type',
      'Envoyez application/json, text/csv ou application/gzip (CSV), compressés ou non par gzip.',
      'Send application/json, text/csv or application/gzip (CSV), with or without gzip encoding.',
    );
  const options = readBody(csvOptionsSchema, request.query);
  if (!options.ok) return options;
  const id = idOf(request);
  // An unknown meter is told before its megabytes are read.
  const meter = await meterOf(context, id);
  if (!meter.ok) return meter;
  const bytes = await readBytes(request, type === 'application/gzip' || encoding === 'gzip');
  if (!bytes.ok) return bytes;
  if (type !== 'application/json') return ingestCsv(context, id, bytes.value, options.value);
  const json = parseJson(bytes.value);
  return json.ok ? ingestJson(context, id, json.value) : json;
};

/** Readings in and out. Mounted before the parsers of small JSON bodies: it reads its own bodies as they come. */
export const mountReadings = (api: Router, context: AppContext): void => {
  api.post('/meters/:id/readings', (request, response) => answer(response, ingest(context, request)));
  api.get('/meters/:id/readings', (request, response) => {
    const period = readBody(periodSchema, request.query);
    if (!period.ok) return refuse(response, period.error);
    return answer(response, viewReadings(context, idOf(request), roleOf(request), period.value));
  });
};

import type { Request, Router } from 'express';
import type { z } from 'zod';
import type { AppContext } from '../app/context.ts';
import { ingestJson, meterOf } from '../app/ingest.ts';
import { ingestFile, isReadingsFile, readingsOptionsSchema } from '../app/ingest-file.ts';
import type { ReadingsPreflight } from '../app/meter-views.ts';
import { preflightReadings } from '../app/preflight-readings.ts';
import type { Role } from '../app/privacy.ts';
import { viewReadings } from '../app/view-readings.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { type ReadingsAnswer, readingsQuerySchema } from '../app/reading-views.ts';
import { entryOf } from './access.ts';
import { linkNext } from './lists.ts';
import { may } from './permissions.ts';
import { answer, idOf, readBody, refuse } from './respond.ts';
import { parseJson, readBytes } from './stream-body.ts';

/** Readings of dwellings are for those whose role allows personal data. */
export const roleOf = (request: Request): Role =>
  may(entryOf(request), 'personal') ? 'data-controller' : 'reader';

/** Types a file of readings may come with: they admit it, its content says what it is. */
const acceptedTypes = [
  'application/json',
  'text/csv',
  'application/gzip',
  'application/zip',
  'application/xml',
  'text/xml',
  'application/atom+xml',
  'application/x-ndjson',
  'text/plain',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/octet-stream',
  'multipart/form-data',
];

/** The first file of a form, as a browser or `curl -F` sends it. Fails with `body-malformed`. */
const uploadedFile = async (
  bytes: Buffer,
  contentType: string,
): Promise<Result<{ readonly name: string; readonly bytes: Uint8Array }>> => {
  try {
    const form = await new Response(new Uint8Array(bytes), {
      headers: { 'content-type': contentType },
    }).formData();
    for (const value of form.values())
      if (typeof value !== 'string')
        return ok({ name: value.name.slice(0, 200), bytes: new Uint8Array(await value.arrayBuffer()) });
  } catch {
    // A form that cannot be taken apart has no file in it either.
  }
  return failure(
    'body-malformed',
    'Le formulaire envoyé ne contient pas de fichier lisible. Rien n’a été gardé.',
    'The form sent holds no readable file. Nothing was kept.',
  );
};

type Sent = {
  readonly type: string;
  readonly file: { readonly name: string; readonly bytes: Buffer | Uint8Array };
  readonly options: z.infer<typeof readingsOptionsSchema>;
};

/** The readings of a call as they come. Fails with `body-type`, `bad-request`, `unknown-meter` and as `readBytes` does. */
const readSentBody = async (context: AppContext, request: Request): Promise<Result<Sent>> => {
  const type = request.is(acceptedTypes);
  const encoding = request.get('content-encoding') ?? 'identity';
  if (type === false || type === null || !['identity', 'gzip'].includes(encoding))
    return failure(
      'body-type',
      `Envoyez le fichier avec son type (${acceptedTypes.join(', ')}), compressé ou non par gzip ; son contenu dit son format.`,
      `Send the file with its type (${acceptedTypes.join(', ')}), with or without gzip encoding; its content says its format.`,
    );
  const options = readBody(readingsOptionsSchema, request.query);
  if (!options.ok) return options;
  // An unknown meter is told before its megabytes are read.
  const meter = await meterOf(context, idOf(request));
  if (!meter.ok) return meter;
  const bytes = await readBytes(request, type === 'application/gzip' || encoding === 'gzip');
  if (!bytes.ok) return bytes;
  const file =
    type === 'multipart/form-data'
      ? await uploadedFile(bytes.value, request.get('content-type') ?? '')
      : ok({ name: type === 'text/csv' ? 'api.csv' : 'api', bytes: bytes.value });
  return file.ok ? ok({ type, file: file.value, options: options.value }) : file;
};

const ingest = async (context: AppContext, request: Request): Promise<Result<ReadingsAnswer>> => {
  const sent = await readSentBody(context, request);
  if (!sent.ok) return sent;
  const { type, file, options } = sent.value;
  // JSON is our own readings unless it is a flow of a network operator.
  if (type !== 'application/json' || isReadingsFile(file.bytes))
    return ingestFile(context, idOf(request), file, options);
  const json = parseJson(Buffer.from(file.bytes));
  return json.ok ? ingestJson(context, idOf(request), json.value) : json;
};

const preflight = async (context: AppContext, request: Request): Promise<Result<ReadingsPreflight>> => {
  const sent = await readSentBody(context, request);
  if (!sent.ok) return sent;
  return preflightReadings(context, idOf(request), roleOf(request), sent.value.file, sent.value.options);
};

/** Readings in and out. Mounted before the parsers of small JSON bodies: it reads its own bodies as they come. */
export const mountReadings = (
  api: Router,
  context: AppContext,
  onAnswer: (answer: ReadingsAnswer) => void,
): void => {
  api.post('/meters/:id/readings', async (request, response) => {
    const stored = await ingest(context, request);
    if (stored.ok) onAnswer(stored.value);
    return answer(response, Promise.resolve(stored));
  });
  api.post('/meters/:id/readings/preflight', (request, response) =>
    answer(response, preflight(context, request)),
  );
  api.get('/meters/:id/readings', async (request, response) => {
    const period = readBody(readingsQuerySchema, request.query);
    if (!period.ok) return refuse(response, period.error);
    const read = await viewReadings(context, idOf(request), roleOf(request), period.value);
    if (!read.ok) return refuse(response, read.error);
    linkNext(request, response, read.value.next);
    return answer(response, Promise.resolve(ok(read.value.view)));
  });
};

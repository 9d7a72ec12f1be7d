import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { fieldsQuery } from '../app/listing.ts';
import { jobSchema } from '../app/jobs-views.ts';
import { failureSchema } from '../app/views.ts';
import type { Operation } from './openapi.ts';
import { neededFor } from './permissions.ts';

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A refusal as it is sent (RFC 9457): the members of a problem, and our code with its sentence in both languages. */
const problemSchema = failureSchema.extend({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
});

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
});

const fileSchema = z.string().describe('The bytes of a file, with its own type or as a form');

const header = (description: string) => z.string().max(200).optional().describe(description);

const writeHeaders = {
  'Idempotency-Key': header(
    'A key of the caller’s own: the same write, or the same job, under it is done once (kept 24 h)',
  ),
};
const guardHeaders = {
  'If-Match': header('The ETag that was read: another version is refused by 412'),
};
const onceHeaders = {
  'If-None-Match': header('“*”: only if nothing is there yet, else refused by 412'),
};
const readHeaders = {
  'If-None-Match': header('The ETag that was read: the same version is answered by 304'),
};

const said = (name: string, description: string) => ({
  [name]: { description, schema: { type: 'string' as const } },
});

/** The job in place of the answer, where its caller asks for that. */
const jobAnswer = {
  description: 'With Prefer: respond-async, the job that does it',
  content: { 'application/json': { schema: jobSchema } },
  headers: {
    ...said('Location', 'Where the job is followed'),
    ...said('Preference-Applied', '“respond-async”'),
  },
};

const backgroundHeaders = {
  Prefer: z
    .enum(['respond-async'])
    .optional()
    .describe('Makes the call a job (RFC 7240): answered at once by 202 with its address'),
};

/** What the operations of a tag are about, in the order of the document. */
export const tags = [
  ['stock', 'The stock as a whole: overview, ranking, law, benchmarks'],
  ['buildings', 'Buildings: identity, twin, envelope, comparisons, scenarios, gaps'],
  ['onboarding', 'The way of a file into the stock'],
  [
    'meters',
    'Meters, readings, their quality, the models learnt from them, and the weather they are read against',
  ],
  ['works', 'Works, their savings and the events that disturb them'],
  ['programmes', 'Programmes of works over the years'],
  [
    'integration',
    'What another system lives on: changes, webhooks, jobs, keys, people, archives, the audit log, NGSI-LD',
  ],
] as const;

type Tag = (typeof tags)[number][0];

const tagOf: Readonly<Record<string, Tag>> = {
  buildings: 'buildings',
  onboarding: 'onboarding',
  meters: 'meters',
  'weather-stations': 'meters',
  works: 'works',
  events: 'works',
  savings: 'works',
  operat: 'works',
  rates: 'works',
  programmes: 'programmes',
  changes: 'integration',
  webhooks: 'integration',
  jobs: 'integration',
  keys: 'integration',
  audit: 'integration',
  caller: 'integration',
  people: 'integration',
  installation: 'integration',
  organisation: 'integration',
  'ngsi-ld': 'integration',
};

/** The segments that tell operations apart: the version of the API tells nothing. */
const segmentsOf = (path: string): string[] =>
  path.split('/').filter((segment) => segment !== '' && segment !== 'v1');

/**
 * The name of an operation in a generated client: its method and its path, `getBuildingsByIdMeters`. Made of what is stable already, so that
 * it is stable too.
 */
const operationIdOf = ({ method, path }: Pick<Operation, 'method' | 'path'>): string =>
  method +
  segmentsOf(path)
    .flatMap((segment) => segment.replace(/^\{(\w+)\}$/, 'by-$1').split(/[-.]/))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

const pathParameters = (path: string): { params?: z.ZodObject } => {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  return names.length === 0
    ? {}
    : { params: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) };
};

/** What the document says of an operation, with the behaviour that all of its kind share. */
export const describeOperation = (
  operation: Operation,
  { guarded, sparse }: { readonly guarded: boolean; readonly sparse: boolean },
): RouteConfig => {
  const {
    method,
    path,
    summary,
    query,
    body,
    answer,
    paged,
    files = [],
    alsoAs = [],
    status = 200,
  } = operation;
  const { type = 'application/json', bodyType = 'application/json' } = operation;
  const reads = method === 'get';
  // What is still being told has no version yet.
  const versioned = reads && type !== 'text/event-stream';
  const writes = !reads && operation.writesNothing !== true;
  const background = operation.background !== undefined;
  const headers = {
    ...(versioned ? readHeaders : {}),
    ...(writes || background ? writeHeaders : {}),
    ...(writes && guarded ? guardHeaders : {}),
    ...(writes && guarded && method === 'put' ? onceHeaders : {}),
    ...(background ? backgroundHeaders : {}),
  };
  const asked = sparse ? fieldsQuery : query;
  const whole = sparse && answer instanceof z.ZodObject ? z.union([answer, answer.partial()]) : answer;
  // What is accepted either way is told by one status.
  const schema = background && status === 202 ? z.union([whole, jobSchema]) : whole;
  return {
    method,
    path,
    operationId: operationIdOf(operation),
    tags: [tagOf[segmentsOf(path)[0] ?? ''] ?? 'stock'],
    summary,
    // Of what is no OAuth scheme the list names what the caller must be allowed (OpenAPI 3.1, security requirement object).
    security: [{ key: [neededFor(method, operation)] }],
    request: {
      ...pathParameters(path),
      ...(Object.keys(headers).length === 0 ? {} : { headers: z.object(headers) }),
      ...(asked === undefined ? {} : { query: asked }),
      ...(body === undefined
        ? {}
        : {
            body: {
              content: {
                [bodyType]: { schema: body },
                ...(operation.takesFiles === true
                  ? { 'application/octet-stream': { schema: fileSchema } }
                  : {}),
              },
            },
          }),
    },
    responses: {
      [status]: {
        description: summary,
        ...(status === 204
          ? {}
          : {
              content: {
                [type]: { schema },
                ...Object.fromEntries(alsoAs.map((other) => [other, { schema }])),
                ...Object.fromEntries(
                  files.map((type) => [
                    type,
                    { schema: type.endsWith('json') ? z.looseObject({}) : z.string() },
                  ]),
                ),
              },
            }),
        headers: {
          ...(versioned ? said('ETag', 'The version of what was answered') : {}),
          ...(writes || background
            ? said('Idempotency-Replayed', '“true”: the answer that was given the first time')
            : {}),
          ...(background && status === 202
            ? said('Preference-Applied', '“respond-async”, where it is a job')
            : {}),
          ...(status === 202 ? said('Location', 'Where what was begun is followed') : {}),
          ...(status === 201 ? said('Location', 'The address of what was made') : {}),
          ...(paged === true
            ? said('Link', 'The next page, rel="next"; absent on the last one (RFC 8288)')
            : {}),
        },
      },
      ...(background && status !== 202 ? { 202: jobAnswer } : {}),
      ...(operation.alsoStatus === undefined
        ? {}
        : { [operation.alsoStatus]: { description: summary, content: { [type]: { schema } } } }),
      ...(versioned
        ? { 304: { description: 'Nothing has changed since the version of If-None-Match' } }
        : {}),
      '4XX': problem('A refusal, in words; docs/errors.md lists the codes'),
      503: {
        ...problem('The database or the readers are busy or away: nothing was done, try again'),
        headers: said('Retry-After', 'Seconds to wait'),
      },
    },
  };
};

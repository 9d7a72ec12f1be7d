import { OpenAPIRegistry, OpenApiGeneratorV31, extendZodWithOpenApi } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { type Permission, signed } from './permissions.ts';
import { programmeList, scenarioList } from '../app/list-views.ts';
import { auditQuerySchema, auditSchema, stockAuditQuerySchema } from '../app/audit-views.ts';
import { savedScenarioSchema, scenarioRequestSchema } from '../app/scenario-views.ts';
import { savedComparisonRequestSchema } from '../app/scenario-store.ts';
import { describeOperation, tags, xlsxType } from './described-operation.ts';
import { archiveOperations } from './archive-operations.ts';
import { integrationOperations } from './integration-operations.ts';
import { buildingOperations } from './building-operations.ts';
import { list } from './list-operation.ts';
import { loopOperations } from './loop-operations.ts';
import { meterOperations } from './meter-operations.ts';
import { ngsiOperations } from './ngsi-ld-operations.ts';
import { onboardOperations } from './onboard-operations.ts';
import { withParameterWords } from './parameter-words.ts';
import { stockOperations } from './stock-operations.ts';
import { savingsOperations } from './savings-operations.ts';
import { type Paths, readWorkedExamples, withExamples } from './worked-examples.ts';
import { weatherOperations } from './weather-operations.ts';
import {
  buildingMeasuresSchema,
  comparisonRequestSchema,
  comparisonSchema,
} from '../app/comparison-views.ts';
import {
  callerSchema,
  buildingSchema,
  ledgerSchema,
  savingsSchema,
  signatureSchema,
  stockSchema,
} from '../app/views.ts';
import { namedReasonSchema } from '../app/decision-views.ts';
import {
  frontRequestSchema,
  frontSchema,
  keptFrontsSchema,
  ownFrontRequestSchema,
  programmeComparisonQuerySchema,
  programmeComparisonSchema,
  programmeDocumentQuerySchema,
  programmeRequestSchema,
  programmeSchema,
  programmeSummarySchema,
} from '../app/programme-views.ts';
import type { RequestJobKind } from '../app/jobs-views.ts';
import { rankingRequestSchema, rankingSchema } from '../app/ranking-views.ts';

extendZodWithOpenApi(z);

export type Operation = {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly summary: string;
  /** What the caller must be allowed; without it `read` for a get and `work` for the rest. */
  readonly allow?: Permission;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The type of its body, where that is not JSON. */
  readonly bodyType?: string;
  /** True where a file of its own type may be sent in place of JSON. */
  readonly takesFiles?: true;
  readonly answer: z.ZodType;
  /** The address whose version If-Match is compared with, where it is not the operation's own. */
  readonly guards?: string;
  /** True where the answer holds a secret: it is never kept, and a repeated idempotency key is refused. */
  readonly tellsSecret?: true;
  /** True for a call that computes or converts and keeps nothing. */
  readonly writesNothing?: true;
  /** Types of the files that it may answer with beside JSON. */
  readonly files?: readonly string[];
  /** Other types that the same answer comes as, where its caller accepts them. */
  readonly alsoAs?: readonly string[];
  /** The type of its good answer, where that is never JSON. */
  readonly type?: string;
  /** The status of its good answer, where it is not 200. */
  readonly status?: number;
  /** Another status that its good answer may have. */
  readonly alsoStatus?: number;
  /** What kind of job `Prefer: respond-async` makes of the call: one of its own, or the call itself, put off. */
  readonly background?: 'own' | RequestJobKind;
  /** Most bytes of its body, where they are not those of JSON. */
  readonly mostBytes?: number;
  /** True for a list that comes in pages: the header Link says where the next one is. */
  readonly paged?: true;
};

const operations: readonly Operation[] = [
  { method: 'get', path: '/v1/stock', summary: 'The stock and its buildings', answer: stockSchema },
  {
    method: 'get',
    path: '/v1/buildings/{id}',
    summary: 'One building: twin, meters, works',
    answer: buildingSchema,
  },
  {
    method: 'get',
    path: '/v1/buildings/{id}/signature',
    summary: 'Daily consumption against outdoor temperature, with the fit',
    answer: signatureSchema,
  },
  {
    method: 'get',
    path: '/v1/buildings/{id}/savings',
    summary: 'Measured savings of the finished works',
    answer: z.array(savingsSchema),
  },
  {
    method: 'get',
    path: '/v1/buildings/{id}/measures',
    summary: 'The measures of the catalogue, and the options to compare first',
    answer: buildingMeasuresSchema,
  },
  {
    method: 'post',
    path: '/v1/buildings/{id}/comparisons',
    background: 'request',
    writesNothing: true,
    allow: 'read',
    summary: 'Compares packages of measures on the calibrated twin',
    body: comparisonRequestSchema,
    answer: comparisonSchema,
  },
  {
    method: 'get',
    path: '/v1/buildings/{id}/scenarios',
    summary: 'Saved scenarios of a building',
    ...list(scenarioList),
  },
  {
    method: 'post',
    path: '/v1/buildings/{id}/scenarios',
    summary: 'Saves a scenario, or a branch of one; a saved one never changes',
    body: scenarioRequestSchema,
    answer: savedScenarioSchema,
  },
  {
    method: 'get',
    path: '/v1/buildings/{id}/scenarios/{scenario}',
    summary: 'One saved scenario',
    answer: savedScenarioSchema,
  },
  {
    method: 'post',
    path: '/v1/buildings/{id}/scenarios/{scenario}/comparison',
    background: 'request',
    writesNothing: true,
    allow: 'read',
    summary: 'The figures of a saved scenario today, its years and elements in them',
    body: savedComparisonRequestSchema,
    answer: comparisonSchema,
  },
  {
    method: 'delete',
    path: '/v1/buildings/{id}/scenarios/{scenario}',
    summary: 'Deletes a saved scenario',
    answer: z.object({ deleted: z.literal(true) }),
  },
  {
    method: 'get',
    path: '/v1/buildings/{id}/report',
    background: 'request',
    files: ['application/pdf', 'text/html'],
    summary: 'The standard audit of a building: PDF, HTML, or JSON (docs/schemas/audit-1.schema.json)',
    query: auditQuerySchema,
    answer: auditSchema,
  },
  {
    method: 'get',
    path: '/v1/stock/report',
    background: 'own',
    files: [xlsxType],
    summary: 'The audits of the whole stock as a spreadsheet, one row a building',
    query: stockAuditQuerySchema,
    answer: z.unknown(),
  },
  {
    method: 'get',
    path: '/v1/ranking',
    background: 'request',
    summary:
      'Buildings by what their best works would bring, by legal urgency or by fuel poverty as given, with the chance of each to be among the first',
    query: rankingRequestSchema,
    answer: rankingSchema,
  },
  {
    method: 'get',
    path: '/v1/programmes/latest',
    summary: 'The last programme computed',
    answer: programmeSchema,
  },
  {
    method: 'post',
    path: '/v1/programmes',
    background: 'own',
    summary: 'Computes a programme under yearly budgets',
    body: programmeRequestSchema,
    answer: programmeSchema,
  },
  {
    method: 'post',
    path: '/v1/programmes/front',
    background: 'request',
    writesNothing: true,
    summary:
      'What less money would still bring: the best plan of each price, in energy or carbon; nothing is kept',
    body: frontRequestSchema,
    answer: frontSchema,
  },
  {
    method: 'get',
    path: '/v1/programmes',
    summary: 'The programmes kept',
    ...list(programmeList),
  },
  {
    method: 'get',
    path: '/v1/programmes/{id}',
    summary: 'One programme',
    answer: programmeSchema,
  },
  {
    method: 'post',
    path: '/v1/programmes/{id}/front',
    // Kept as an answer is, for whoever comes back: nothing of the stock or of the programme changes.
    writesNothing: true,
    background: 'own',
    summary:
      'What less and more money would bring to this programme: the best plan of each price, kept beside it',
    body: ownFrontRequestSchema,
    answer: keptFrontsSchema.element,
  },
  {
    method: 'get',
    path: '/v1/programmes/{id}/fronts',
    summary: 'The fronts that were asked for beside this programme, with the instant each was computed',
    answer: keptFrontsSchema,
  },
  {
    method: 'get',
    path: '/v1/programmes/{id}/changes',
    summary: 'What changes from another programme to this one, in words',
    query: programmeComparisonQuerySchema,
    answer: programmeComparisonSchema,
  },
  {
    method: 'post',
    path: '/v1/programmes/{id}/acceptance',
    allow: 'decide',
    summary: 'A named person accepts a programme, once',
    body: signed(namedReasonSchema),
    answer: programmeSummarySchema,
  },
  {
    method: 'get',
    path: '/v1/programmes/{id}/document',
    background: 'request',
    files: ['application/pdf', 'text/csv', xlsxType, 'application/geo+json'],
    summary: 'The programme as a file: PDF sheet, xlsx, CSV or JSON',
    query: programmeDocumentQuerySchema,
    answer: z.unknown(),
  },
  {
    method: 'get',
    path: '/v1/ledger',
    summary: 'The energy the tool itself has taken',
    answer: ledgerSchema,
  },
  {
    method: 'get',
    path: '/v1/caller',
    summary: 'Who calls: the name that signs their decisions, and their role',
    answer: callerSchema,
  },
];

const allOperations: readonly Operation[] = [
  ...operations,
  ...buildingOperations,
  ...onboardOperations,
  ...loopOperations,
  ...integrationOperations,
  ...archiveOperations,
  ...ngsiOperations,
  ...stockOperations,
  ...savingsOperations,
  ...meterOperations,
  ...weatherOperations,
];

const matchers = allOperations.map((operation) => ({
  operation,
  pattern: new RegExp(`^${operation.path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}/?$`, 'i'),
}));

const matching = (path: string): Operation[] =>
  matchers.filter(({ pattern }) => pattern.test(path)).map(({ operation }) => operation);

/** The operation that a call asks for; HEAD is a GET without its body. */
export const operationOf = (method: string, path: string): Operation | undefined => {
  const asked = method === 'HEAD' ? 'get' : method.toLowerCase();
  return matching(path).find((operation) => operation.method === asked);
};

/** The address whose version a write is compared with, with the values of this very call; undefined where there is none. */
export const guardedPath = (method: string, path: string): string | undefined => {
  const operation = operationOf(method, path);
  if (operation === undefined) return undefined;
  // What is posted to a list is a new thing: the list is not what changes under it.
  const own =
    method !== 'POST' && allOperations.some((one) => one.method === 'get' && one.path === operation.path);
  const guards = operation.guards ?? (own ? operation.path : undefined);
  const values = new Map(
    operation.path.split('/').map((part, index): [string, string] => [part, path.split('/')[index] ?? '']),
  );
  return guards?.replaceAll(/\{\w+\}/g, (name) => values.get(name) ?? '');
};

/** True for a single thing of which a caller may ask some fields alone. */
export const takesFields = ({ method, answer, query }: Operation): boolean =>
  method === 'get' &&
  query === undefined &&
  answer instanceof z.ZodObject &&
  answer.def.catchall === undefined;

/** The methods that an address takes; none when it is unknown. */
export const methodsOf = (path: string): string[] => matching(path).map(({ method }) => method.toUpperCase());

/**
 * The OpenAPI 3.1 document of the API, written from the schemas that check its inputs and type its answers, each operation with a call that
 * was made of it.
 */
export const openApiDocument = (): object => {
  const registry = new OpenAPIRegistry();
  const key = registry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description: 'The key of a machine (docs/api.md)',
  });
  for (const operation of allOperations)
    registry.registerPath(
      describeOperation(operation, {
        guarded: guardedPath(operation.method.toUpperCase(), operation.path) !== undefined,
        sparse: takesFields(operation),
      }),
    );
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Stacoptim',
      version: '1',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
      description:
        'Digital twin of a building stock and frugal energy optimiser. How it behaves (keys, writing once, versions, lists, refusals) is told in docs/api.md, changes and webhooks in docs/webhooks.md, codes in docs/errors.md. Energy in kWh, areas in m2, instants in ISO 8601 with their offset, local days as plain dates.',
    },
    servers: [{ url: '/', description: 'The installation that serves this document' }],
    tags: tags.map(([name, description]) => ({ name, description })),
    security: [{ [key.name]: [] }],
  });
  const paths = withParameterWords(document.paths as Paths);
  return { ...document, paths: withExamples(paths, readWorkedExamples()) };
};

import express, { type Request, type Response, type Router } from 'express';
import type { AppContext } from '../app/context.ts';
import { getEntity, listEntities } from '../app/ngsi-ld/entities.ts';
import { badRequest, notSupported } from '../app/ngsi-ld/refusals.ts';
import {
  getSubscription,
  listSubscriptions,
  readSubscription,
  subscribe,
  unsubscribe,
} from '../app/ngsi-ld/subscriptions.ts';
import { entitiesQuerySchema, entityQuerySchema } from '../app/ngsi-ld/views.ts';
import { coreContext } from '../app/ngsi-ld/context.ts';
import type { Failure, Result } from '../core/result.ts';
import type { z } from 'zod';
import { entryOf } from './access.ts';
import { roleOf } from './readings.ts';
import { finite } from '../core/finite-json.ts';
import { problemOf, problemType, refuse, statusFor } from './respond.ts';

/** The errors that ETSI GS CIM 009 knows (5.5.2), by our codes. */
const problemTypes: Readonly<Record<string, string>> = {
  'ngsi-bad-request': 'BadRequestData',
  'bad-request': 'BadRequestData',
  'webhook-url': 'BadRequestData',
  'webhook-host-unknown': 'BadRequestData',
  'webhook-address-refused': 'BadRequestData',
  'ngsi-not-supported': 'OperationNotSupported',
  'ngsi-not-found': 'ResourceNotFound',
  'not-found': 'ResourceNotFound',
};

/** Refuses with a problem whose type is one of NGSI-LD's, our own code beside it. */
const refuseNgsi = (response: Response, error: Failure): void => {
  const type = problemTypes[error.code];
  if (type === undefined) return refuse(response, error);
  const status = type === 'BadRequestData' ? 400 : statusFor(error.code);
  const problem = JSON.parse(problemOf(error, status)) as Record<string, unknown>;
  response
    .status(status)
    .type(problemType)
    .send(JSON.stringify({ ...problem, type: `https://uri.etsi.org/ngsi-ld/errors/${type}` }));
  return undefined;
};

/** Where our context is read, without a key. */
export const contextPath = '/ngsi-ld/context.jsonld';

const contextUrl = (request: Request): string =>
  `${request.protocol}://${request.get('host') ?? 'localhost'}${contextPath}`;

/** Answers JSON with its context: in the body as JSON-LD, in the header Link otherwise. */
const answerNgsi = (request: Request, response: Response, value: object): void => {
  if (request.accepts(['application/json', 'application/ld+json']) === 'application/ld+json') {
    const context = { '@context': [contextUrl(request), coreContext] };
    const body = Array.isArray(value)
      ? value.map((one: object) => ({ ...one, ...context }))
      : { ...value, ...context };
    response.type('application/ld+json').send(JSON.stringify(body, finite));
    return;
  }
  response.set(
    'Link',
    `<${contextUrl(request)}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"`,
  );
  response.json(value);
};

const readQueryOf = <T>(schema: z.ZodType<T>, request: Request): Result<T> => {
  const parsed = schema.safeParse(request.query);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') return notSupported(issue.keys[0] ?? '');
  const field = String(issue?.path[0] ?? '');
  return badRequest(
    `la valeur du paramètre « ${field} » n’est pas admise.`,
    `the value of the parameter “${field}” is not allowed.`,
    field,
  );
};

const nameIn = ({ params }: Request): string => String(params['id'] ?? '');

/** Entities and subscriptions of one organisation. */
export const ngsiRoutes = (context: AppContext): Router => {
  const routes = express.Router();
  routes.get('/entities', async (request, response) => {
    const query = readQueryOf(entitiesQuerySchema, request);
    if (!query.ok) return refuseNgsi(response, query.error);
    const page = await listEntities(context, query.value, roleOf(request));
    if (!page.ok) return refuseNgsi(response, page.error);
    if (page.value.count !== undefined) response.set('NGSILD-Results-Count', String(page.value.count));
    return answerNgsi(request, response, [...page.value.entities]);
  });
  routes.get('/entities/:id', async (request, response) => {
    const query = readQueryOf(entityQuerySchema, request);
    if (!query.ok) return refuseNgsi(response, query.error);
    const entity = await getEntity(context, nameIn(request), query.value, roleOf(request));
    return entity.ok ? answerNgsi(request, response, entity.value) : refuseNgsi(response, entity.error);
  });
  routes.get('/subscriptions', async (request, response) => {
    const list = await listSubscriptions(context);
    return list.ok ? answerNgsi(request, response, list.value) : refuseNgsi(response, list.error);
  });
  routes.post(
    '/subscriptions',
    express.json({ limit: '1mb', type: ['application/json', 'application/ld+json'] }),
    async (request, response) => {
      const body = readSubscription(request.body);
      if (!body.ok) return refuseNgsi(response, body.error);
      const made = await subscribe(context, body.value, contextUrl(request), entryOf(request).name);
      if (!made.ok) return refuseNgsi(response, made.error);
      response.status(201).location(`/ngsi-ld/v1/subscriptions/${made.value.id}`);
      return answerNgsi(request, response, made.value);
    },
  );
  routes.get('/subscriptions/:id', async (request, response) => {
    const one = await getSubscription(context, nameIn(request));
    return one.ok ? answerNgsi(request, response, one.value) : refuseNgsi(response, one.error);
  });
  routes.delete('/subscriptions/:id', async (request, response) => {
    const ended = await unsubscribe(context, nameIn(request), entryOf(request).name);
    if (!ended.ok) return refuseNgsi(response, ended.error);
    response.status(204).end();
    return undefined;
  });
  routes.use((_request, response) => {
    refuse(response, {
      code: 'unknown-path',
      message: {
        fr: 'Cette adresse n’existe pas. Voyez /v1/openapi.json.',
        en: 'No such address. See /v1/openapi.json.',
      },
    });
  });
  return routes;
};

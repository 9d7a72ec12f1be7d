import { Router } from 'express';
import type { AppContext } from '../app/context.ts';
import { programmeList } from '../app/list-views.ts';
import { latestProgramme, planProgramme, programmeFront } from '../app/programme.ts';
import { programmeDocument } from '../app/programme-documents.ts';
import { frontOfProgramme, keptFronts } from '../app/programme-fronts.ts';
import {
  acceptProgramme,
  compareProgrammes,
  pageOfProgrammes,
  programmeOf,
} from '../app/programme-record.ts';
import {
  frontRequestSchema,
  ownFrontRequestSchema,
  programmeComparisonQuerySchema,
  programmeDocumentQuerySchema,
  programmeRequestSchema,
} from '../app/programme-views.ts';
import { namedReasonSchema } from '../app/decision-views.ts';
import { readSigned } from './access.ts';
import { answerList } from './lists.ts';
import { answer, download, numberOf, readBody, refuse } from './respond.ts';

/** Programmes of works: computed, listed, compared, accepted by a person, and written as documents. */
export const programmeRoutes = (context: AppContext): Router => {
  const routes = Router();
  routes.get('/programmes', (request, response) =>
    answerList(request, response, programmeList, (asked) => pageOfProgrammes(context, asked)),
  );
  routes.get('/programmes/latest', (_request, response) => answer(response, latestProgramme(context)));
  routes.post('/programmes', async (request, response) => {
    const body = readBody(programmeRequestSchema, request.body);
    if (!body.ok) return refuse(response, body.error, 400);
    const stop = new AbortController();
    // Nobody waits for the answer any more.
    response.once('close', () => stop.abort());
    return answer(response, planProgramme(context, body.value, { signal: stop.signal }));
  });
  routes.post('/programmes/front', async (request, response) => {
    const body = readBody(frontRequestSchema, request.body);
    if (!body.ok) return refuse(response, body.error, 400);
    const stop = new AbortController();
    response.once('close', () => stop.abort());
    return answer(response, programmeFront(context, body.value, { signal: stop.signal }));
  });
  routes.get('/programmes/:id', (request, response) =>
    answer(response, programmeOf(context, numberOf(request, 'id'))),
  );
  routes.get('/programmes/:id/fronts', (request, response) =>
    answer(response, keptFronts(context, numberOf(request, 'id'))),
  );
  routes.post('/programmes/:id/front', async (request, response) => {
    const body = readBody(ownFrontRequestSchema, request.body);
    if (!body.ok) return refuse(response, body.error, 400);
    const stop = new AbortController();
    response.once('close', () => stop.abort());
    return answer(
      response,
      frontOfProgramme(context, numberOf(request, 'id'), body.value, { signal: stop.signal }),
    );
  });
  routes.get('/programmes/:id/changes', async (request, response) => {
    const query = readBody(programmeComparisonQuerySchema, request.query);
    if (!query.ok) return refuse(response, query.error, 400);
    return answer(response, compareProgrammes(context, query.value.from, numberOf(request, 'id')));
  });
  routes.post('/programmes/:id/acceptance', async (request, response) => {
    const body = readSigned(namedReasonSchema, request);
    if (!body.ok) return refuse(response, body.error);
    return answer(response, acceptProgramme(context, numberOf(request, 'id'), body.value));
  });
  routes.get('/programmes/:id/document', async (request, response) => {
    const query = readBody(programmeDocumentQuerySchema, request.query);
    if (!query.ok) return refuse(response, query.error, 400);
    const { format, lang } = query.value;
    return download(response, programmeDocument(context, numberOf(request, 'id'), format, lang));
  });
  return routes;
};

import express, { type Router } from 'express';
import { measuresForBuilding } from '../app/comparison.ts';
import { comparisonRequestSchema } from '../app/comparison-views.ts';
import { LOCAL_ADMINISTRATOR } from '../app/access.ts';
import type { AppContext } from '../app/context.ts';
import { keptBuilding, keptComparison } from '../app/kept-answers.ts';
import { rankStock } from '../app/ranking.ts';
import { rankingRequestSchema } from '../app/ranking-views.ts';
import type { ReadingsAnswer } from '../app/reading-views.ts';
import { viewLedger } from '../app/view-ledger.ts';
import { viewSavings } from '../app/view-savings.ts';
import { viewSignature } from '../app/view-signature.ts';
import { viewStock } from '../app/view-stock.ts';
import { entryOf } from './access.ts';
import { archiveRoutes } from './archive-routes.ts';
import { queueRequests } from './background.ts';
import { bodyLimits } from './body-limits.ts';
import { mountBuildings } from './buildings.ts';
import { mountIntegration } from './integration.ts';
import { mountJobs } from './jobs.ts';
import { mountKeys } from './keys.ts';
import { mountLoop } from './loop.ts';
import { mountMeters } from './meters.ts';
import { onboardRoutes } from './onboard-routes.ts';
import { openApiDocument } from './openapi.ts';
import { mountPeople } from './people.ts';
import { may, permissionsOf } from './permissions.ts';
import { programmeRoutes } from './programme-routes.ts';
import { mountReadings } from './readings.ts';
import { mountReports } from './reports.ts';
import { answer, answerJson, idOf, readBody, refuse } from './respond.ts';
import { mountSavings } from './savings-routes.ts';
import { mountScenarios } from './scenarios.ts';
import { stockRoutes } from './stock-routes.ts';
import { mountWeather } from './weather.ts';
import { mountWebhooks } from './webhooks.ts';

const document = openApiDocument();

/** The API of one organisation: its routes know no store but its own. `onReadings` hears what became of readings that were sent. */
export const createRoutes = (context: AppContext, onReadings: (answer: ReadingsAnswer) => void): Router => {
  const api = express.Router();
  api.use(queueRequests(context));
  mountReadings(api, context, onReadings);
  api.use(onboardRoutes(context));
  api.use(archiveRoutes(context));
  api.use(express.json({ limit: bodyLimits.json }));
  mountJobs(api, context);
  api.get('/openapi.json', (_request, response) => {
    response.json(document);
  });
  api.get('/stock', (_request, response) => answer(response, viewStock(context)));
  api.get('/caller', (request, response) => {
    const entry = entryOf(request);
    const { name, role } = entry;
    const permissions = permissionsOf(role).filter((one) => may(entry, one));
    response.json({ name, role, permissions, named: name !== LOCAL_ADMINISTRATOR });
  });
  api.get('/ledger', (_request, response) => answer(response, viewLedger(context)));
  mountBuildings(api, context);
  api.get('/buildings/:id', (request, response) =>
    answerJson(response, keptBuilding(context, idOf(request))),
  );
  api.get('/buildings/:id/signature', (request, response) =>
    answer(response, viewSignature(context, idOf(request))),
  );
  api.get('/buildings/:id/savings', (request, response) =>
    answer(response, viewSavings(context, idOf(request))),
  );
  api.get('/buildings/:id/measures', (request, response) =>
    answer(response, measuresForBuilding(context, idOf(request))),
  );
  api.post('/buildings/:id/comparisons', async (request, response) => {
    const body = readBody(comparisonRequestSchema, request.body);
    if (!body.ok) return refuse(response, body.error, 400);
    return answerJson(response, keptComparison(context, idOf(request), body.value));
  });
  mountLoop(api, context);
  mountIntegration(api, context);
  mountWebhooks(api, context);
  mountKeys(api, context);
  mountPeople(api, context);
  mountScenarios(api, context);
  mountReports(api, context);
  mountSavings(api, context);
  mountMeters(api, context);
  mountWeather(api, context);
  api.get('/ranking', async (request, response) => {
    const query = readBody(rankingRequestSchema, request.query);
    if (!query.ok) return refuse(response, query.error, 400);
    return answer(response, rankStock(context, query.value));
  });
  api.use(programmeRoutes(context));
  api.use(stockRoutes(context));
  api.use((_request, response) => {
    refuse(response, {
      code: 'unknown-path',
      message: {
        fr: 'Cette adresse n’existe pas. Voyez /v1/openapi.json.',
        en: 'No such address. See /v1/openapi.json.',
      },
    });
  });
  return api;
};

import type { Router } from 'express';
import type { AppContext } from '../app/context.ts';
import { listModels, promoteModel, rollBackModel } from '../app/live-models.ts';
import { promotionRequestSchema } from '../app/live-models-views.ts';
import { namedReasonSchema } from '../app/views.ts';
import { addWorks, correctWorks, listWorks } from '../app/works.ts';
import { worksPatchSchema, worksRequestSchema } from '../app/works-views.ts';
import { roleOf } from './readings.ts';
import { answer, idOf, readBody, refuse } from './respond.ts';

/** Works of a building, and the live models of a meter. */
export const mountLoop = (api: Router, context: AppContext): void => {
  api.get('/buildings/:id/works', (request, response) => answer(response, listWorks(context, idOf(request))));
  api.post('/buildings/:id/works', (request, response) => {
    const body = readBody(worksRequestSchema, request.body);
    if (!body.ok) return refuse(response, body.error);
    return answer(response, addWorks(context, idOf(request), body.value));
  });
  api.patch('/buildings/:id/works/:works', (request, response) => {
    const body = readBody(worksPatchSchema, request.body);
    if (!body.ok) return refuse(response, body.error);
    return answer(response, correctWorks(context, idOf(request), request.params.works, body.value));
  });
  api.get('/meters/:id/models', (request, response) =>
    answer(response, listModels(context, idOf(request), roleOf(request))),
  );
  api.post('/meters/:id/models/rollback', (request, response) => {
    const body = readBody(namedReasonSchema, request.body);
    if (!body.ok) return refuse(response, body.error);
    return answer(response, rollBackModel(context, idOf(request), roleOf(request), body.value));
  });
  api.post('/meters/:id/models/:model/promotion', (request, response) => {
    const body = readBody(promotionRequestSchema, request.body);
    if (!body.ok) return refuse(response, body.error);
    return answer(
      response,
      promoteModel(context, idOf(request), roleOf(request), Number(request.params.model), body.value),
    );
  });
};

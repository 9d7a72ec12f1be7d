import type { Request, Router } from 'express';
import type { AppContext } from '../app/context.ts';
import { eventDecisionSchema, eventRequestSchema } from '../app/event-views.ts';
import { declareEvent, decideEvent, listEvents } from '../app/non-routine.ts';
import { listModels, promoteModel, rollBackModel } from '../app/live-models.ts';
import { promotionRequestSchema } from '../app/live-models-views.ts';
import { namedReasonSchema } from '../app/views.ts';
import { addWorks, correctWorks, listWorks } from '../app/works.ts';
import { worksPatchSchema, worksRequestSchema } from '../app/works-views.ts';
import { entryOf } from './access.ts';
import { roleOf } from './readings.ts';
import { answer, idOf, readBody, refuse } from './respond.ts';

/** A body with the caller's own name on it: nobody decides in another's. */
const signed = (request: Request): unknown =>
  typeof request.body === 'object' && request.body !== null
    ? { ...(request.body as object), by: entryOf(request).name }
    : request.body;

/** A number nothing has stands for what is not one. */
const numberOf = (text: string): number => {
  const id = Number(text);
  return Number.isSafeInteger(id) && id > 0 && id < 2 ** 31 ? id : 0;
};

/** Works of a building, its non-routine events, and the live models of a meter. */
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
  api.get('/buildings/:id/events', (request, response) =>
    answer(response, listEvents(context, idOf(request))),
  );
  api.post('/buildings/:id/events', (request, response) => {
    const body = readBody(eventRequestSchema, signed(request));
    if (!body.ok) return refuse(response, body.error);
    return answer(response, declareEvent(context, idOf(request), body.value));
  });
  api.post('/buildings/:id/events/:event/decision', (request, response) => {
    const body = readBody(eventDecisionSchema, signed(request));
    if (!body.ok) return refuse(response, body.error);
    return answer(response, decideEvent(context, idOf(request), numberOf(request.params.event), body.value));
  });
  api.get('/meters/:id/models', (request, response) =>
    answer(response, listModels(context, idOf(request), roleOf(request))),
  );
  api.post('/meters/:id/models/rollback', (request, response) => {
    const body = readBody(namedReasonSchema, signed(request));
    if (!body.ok) return refuse(response, body.error);
    return answer(response, rollBackModel(context, idOf(request), roleOf(request), body.value));
  });
  api.post('/meters/:id/models/:model/promotion', (request, response) => {
    const body = readBody(promotionRequestSchema, signed(request));
    if (!body.ok) return refuse(response, body.error);
    return answer(
      response,
      promoteModel(context, idOf(request), roleOf(request), numberOf(request.params.model), body.value),
    );
  });
};

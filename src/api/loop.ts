import type { Request, Router } from 'express';
import type { z } from 'zod';
import { buildingResults } from '../app/building-results.ts';
import { knownBuilding } from '../app/building-state.ts';
import { decideAlarm, getAlarm, pageOfAlarms, watchOf } from '../app/alarms.ts';
import type { AppContext } from '../app/context.ts';
import { eventDecisionSchema, eventRequestSchema } from '../app/event-views.ts';
import { alarmDecisionSchema } from '../app/gap-views.ts';
import { alarmList, eventList, modelList, within, worksList } from '../app/list-views.ts';
import { withFilter } from '../app/listing.ts';
import { declareEvent, decideEvent, getEvent, pageOfEvents } from '../app/non-routine.ts';
import { pageOfModels, promoteModel, rollBackModel } from '../app/live-models.ts';
import { explainBuildingGap } from '../app/explain-gap.ts';
import { promotionRequestSchema } from '../app/live-models-views.ts';
import { namedReasonSchema } from '../app/decision-views.ts';
import { addWorks, correctWorks, getWorks, pageOfWorks } from '../app/works.ts';
import { listRates } from '../app/rates.ts';
import { worksPatchSchema, worksRequestSchema } from '../app/works-views.ts';
import { failure, type Result } from '../core/result.ts';
import { entryOf, readNamed, readSigned } from './access.ts';
import { answerList } from './lists.ts';
import { may } from './permissions.ts';
import { roleOf } from './readings.ts';
import { answer, idOf, numberOf, refuse } from './respond.ts';

/**
 * Works as they are said by `by`, the caller where it is left out. Those that say their own acceptance are a decision: for those
 * who may decide, in their own name.
 */
const readWorks = <T extends { readonly by: string; readonly accepted?: unknown }>(
  schema: z.ZodType<T>,
  request: Request,
): Result<T> => {
  const body = readNamed(schema, request);
  if (!body.ok || body.value.accepted === undefined) return body;
  if (may(entryOf(request), 'decide')) return readSigned(schema, request);
  return failure(
    'not-allowed',
    'La réception de travaux est une décision : demandez-la à un gestionnaire ou à un administrateur.',
    'The acceptance of works is a decision: ask a manager or an administrator for it.',
    { field: 'accepted' },
  );
};

const mountAlarms = (api: Router, context: AppContext): void => {
  api.get('/alarms', (request, response) =>
    answerList(request, response, alarmList, (asked) => pageOfAlarms(context, asked)),
  );
  api.get('/buildings/:id/alarms', (request, response) =>
    answerList(request, response, within(alarmList, 'building'), async (asked) => {
      const id = idOf(request);
      const known = await knownBuilding(context, id);
      return known.ok ? pageOfAlarms(context, withFilter(asked, 'building', [id])) : known;
    }),
  );
  api.get('/buildings/:id/alarms/:alarm', (request, response) =>
    answer(response, getAlarm(context, idOf(request), numberOf(request, 'alarm'))),
  );
  api.post('/buildings/:id/alarms/:alarm/decision', (request, response) => {
    const body = readSigned(alarmDecisionSchema, request);
    if (!body.ok) return refuse(response, body.error);
    return answer(response, decideAlarm(context, idOf(request), numberOf(request, 'alarm'), body.value));
  });
  api.get('/buildings/:id/watch', (request, response) => answer(response, watchOf(context, idOf(request))));
};

/** Works of a building, its non-routine events, its alarms, and the live models of a meter. */
export const mountLoop = (api: Router, context: AppContext): void => {
  mountAlarms(api, context);
  api.get('/buildings/:id/results', (request, response) =>
    answer(response, buildingResults(context, idOf(request))),
  );
  api.get('/works', (request, response) =>
    answerList(request, response, worksList, (asked) => pageOfWorks(context, asked)),
  );
  api.get('/buildings/:id/works', (request, response) =>
    answerList(request, response, within(worksList, 'building'), async (asked) => {
      const id = idOf(request);
      const known = await knownBuilding(context, id);
      return known.ok ? pageOfWorks(context, withFilter(asked, 'building', [id])) : known;
    }),
  );
  api.get('/buildings/:id/works/:works', (request, response) =>
    answer(response, getWorks(context, idOf(request), request.params.works)),
  );
  api.post('/buildings/:id/works', (request, response) => {
    const body = readWorks(worksRequestSchema, request);
    if (!body.ok) return refuse(response, body.error);
    return answer(response, addWorks(context, idOf(request), body.value));
  });
  api.patch('/buildings/:id/works/:works', (request, response) => {
    const body = readWorks(worksPatchSchema, request);
    if (!body.ok) return refuse(response, body.error);
    return answer(response, correctWorks(context, idOf(request), request.params.works, body.value));
  });
  api.get('/events', (request, response) =>
    answerList(request, response, eventList, (asked) => pageOfEvents(context, asked)),
  );
  api.get('/buildings/:id/events', (request, response) =>
    answerList(request, response, within(eventList, 'building'), async (asked) => {
      const id = idOf(request);
      const known = await knownBuilding(context, id);
      return known.ok ? pageOfEvents(context, withFilter(asked, 'building', [id])) : known;
    }),
  );
  api.get('/buildings/:id/events/:event', (request, response) =>
    answer(response, getEvent(context, idOf(request), numberOf(request, 'event'))),
  );
  api.post('/buildings/:id/events', (request, response) => {
    const body = readSigned(eventRequestSchema, request);
    if (!body.ok) return refuse(response, body.error);
    return answer(response, declareEvent(context, idOf(request), body.value));
  });
  api.post('/buildings/:id/events/:event/decision', (request, response) => {
    const body = readSigned(eventDecisionSchema, request);
    if (!body.ok) return refuse(response, body.error);
    return answer(response, decideEvent(context, idOf(request), numberOf(request, 'event'), body.value));
  });
  api.get('/buildings/:id/gap', (request, response) =>
    answer(response, explainBuildingGap(context, idOf(request))),
  );
  api.get('/rates', (_request, response) => answer(response, listRates(context)));
  api.get('/meters/:id/models', (request, response) =>
    answerList(
      request,
      response,
      modelList,
      (asked) => pageOfModels(context, idOf(request), roleOf(request), asked),
      (models) => ({ meterId: idOf(request), models }),
    ),
  );
  api.post('/meters/:id/models/rollback', (request, response) => {
    const body = readSigned(namedReasonSchema, request);
    if (!body.ok) return refuse(response, body.error);
    return answer(response, rollBackModel(context, idOf(request), roleOf(request), body.value));
  });
  api.post('/meters/:id/models/:model/promotion', (request, response) => {
    const body = readSigned(promotionRequestSchema, request);
    if (!body.ok) return refuse(response, body.error);
    return answer(
      response,
      promoteModel(context, idOf(request), roleOf(request), numberOf(request, 'model'), body.value),
    );
  });
};

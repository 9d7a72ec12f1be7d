import type { Request, Router } from 'express';
import type { AppContext } from '../app/context.ts';
import { scenarioList } from '../app/list-views.ts';
import { keptSavedComparison } from '../app/kept-answers.ts';
import {
  deleteScenario,
  getScenario,
  listScenarios,
  savedComparisonRequestSchema,
  saveScenario,
} from '../app/scenario-store.ts';
import { scenarioRequestSchema } from '../app/scenario-views.ts';
import { answerList } from './lists.ts';
import { answer, answerJson, idOf, readBody, refuse } from './respond.ts';

/** A number no scenario has stands for what is not one. */
const scenarioOf = (request: Request): number => {
  const id = Number(request.params['scenario']);
  return Number.isSafeInteger(id) && id > 0 && id < 2 ** 31 ? id : 0;
};

/** Saved scenarios of a building. */
export const mountScenarios = (api: Router, context: AppContext): void => {
  api.get('/buildings/:id/scenarios', (request, response) =>
    answerList(request, response, scenarioList, (asked) => listScenarios(context, idOf(request), asked)),
  );
  api.post('/buildings/:id/scenarios', async (request, response) => {
    const body = readBody(scenarioRequestSchema, request.body);
    if (!body.ok) return refuse(response, body.error, 400);
    return answer(response, saveScenario(context, idOf(request), body.value));
  });
  api.get('/buildings/:id/scenarios/:scenario', (request, response) =>
    answer(response, getScenario(context, idOf(request), scenarioOf(request))),
  );
  api.post('/buildings/:id/scenarios/:scenario/comparison', async (request, response) => {
    const body = readBody(savedComparisonRequestSchema, request.body);
    if (!body.ok) return refuse(response, body.error, 400);
    return answerJson(response, keptSavedComparison(context, idOf(request), scenarioOf(request), body.value));
  });
  api.delete('/buildings/:id/scenarios/:scenario', (request, response) =>
    answer(response, deleteScenario(context, idOf(request), scenarioOf(request))),
  );
};

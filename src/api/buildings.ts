import type { Router } from 'express';
import type { AppContext } from '../app/context.ts';
import {
  changeIdentity,
  getIdentity,
  identityRequestSchema,
  pushBuildings,
  pushedSchema,
} from '../app/create-buildings.ts';
import { deleteBuilding, deleteBuildingSchema } from '../app/delete-building.ts';
import { listBuildings } from '../app/list-stock.ts';
import { buildingList } from '../app/list-views.ts';
import { entryOf, readSigned } from './access.ts';
import { answerList } from './lists.ts';
import { roleOf } from './readings.ts';
import { answer, idOf, readBody, refuse } from './respond.ts';

/** The buildings of the stock as an asset-management system lists, pushes and names them. */
export const mountBuildings = (api: Router, context: AppContext): void => {
  api.get('/buildings', (request, response) =>
    answerList(request, response, buildingList, (asked) => listBuildings(context, asked)),
  );
  api.post('/buildings', (request, response) => {
    const body = readBody(pushedSchema, request.body);
    if (!body.ok) return refuse(response, body.error);
    const { buildings, reason } = body.value;
    return answer(response, pushBuildings(context, buildings, { by: entryOf(request).name, reason }));
  });
  api.delete('/buildings/:id', (request, response) => {
    const body = readSigned(deleteBuildingSchema, request);
    if (!body.ok) return refuse(response, body.error);
    return answer(response, deleteBuilding(context, idOf(request), roleOf(request), body.value));
  });
  api.get('/buildings/:id/identity', (request, response) =>
    answer(response, getIdentity(context, idOf(request))),
  );
  api.patch('/buildings/:id/identity', (request, response) => {
    const body = readBody(identityRequestSchema, request.body);
    if (!body.ok) return refuse(response, body.error);
    return answer(response, changeIdentity(context, idOf(request), body.value, entryOf(request).name));
  });
};

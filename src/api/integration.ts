import type { Router } from 'express';
import { changesSince } from '../app/changes.ts';
import { changesQuerySchema } from '../app/changes-views.ts';
import type { AppContext } from '../app/context.ts';
import { answer, readBody, refuse } from './respond.ts';

/** What another system lives on. */
export const mountIntegration = (api: Router, context: AppContext): void => {
  api.get('/changes', (request, response) => {
    const query = readBody(changesQuerySchema, request.query);
    if (!query.ok) return refuse(response, query.error, 400);
    return answer(response, changesSince(context, query.value));
  });
};

import type { Router } from 'express';
import type { AppContext } from '../app/context.ts';
import { stockSavings } from '../app/stock-savings.ts';
import { savingsScopeSchema } from '../app/stock-savings-views.ts';
import { answer, readBody, refuse } from './respond.ts';

/** Savings of a building, a programme or the stock, as figures and as a report to sign. */
export const mountSavings = (api: Router, context: AppContext): void => {
  api.get('/savings', async (request, response) => {
    const query = readBody(savingsScopeSchema, request.query);
    if (!query.ok) return refuse(response, query.error, 400);
    return answer(response, stockSavings(context, query.value));
  });
};

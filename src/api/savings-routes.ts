import type { Router } from 'express';
import type { AppContext } from '../app/context.ts';
import { savingsDocument } from '../app/savings-documents.ts';
import { stockSavings } from '../app/stock-savings.ts';
import { savingsReportQuerySchema, savingsScopeSchema } from '../app/stock-savings-views.ts';
import { answer, download, readBody, refuse } from './respond.ts';

/** Savings of a building, a programme or the stock, as figures and as a report to sign. */
export const mountSavings = (api: Router, context: AppContext): void => {
  api.get('/savings', async (request, response) => {
    const query = readBody(savingsScopeSchema, request.query);
    if (!query.ok) return refuse(response, query.error, 400);
    return answer(response, stockSavings(context, query.value));
  });
  api.get('/savings/report', async (request, response) => {
    const query = readBody(savingsReportQuerySchema, request.query);
    if (!query.ok) return refuse(response, query.error, 400);
    const { format, year, lang, ...scope } = query.value;
    return download(response, savingsDocument(context, scope, year, format, lang));
  });
};

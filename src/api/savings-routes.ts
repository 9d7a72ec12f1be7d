import type { Router } from 'express';
import type { AppContext } from '../app/context.ts';
import { operatDocument } from '../app/operat.ts';
import { operatRequestSchema } from '../app/operat-views.ts';
import { savingsDocument } from '../app/savings-documents.ts';
import { stockSavings } from '../app/stock-savings.ts';
import { savingsReportQuerySchema, savingsScopeSchema } from '../app/stock-savings-views.ts';
import { answer, download, readBody, refuse } from './respond.ts';

/** Savings of a building, a programme or the stock, as figures and as a report to sign; the yearly declaration to OPERAT. */
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
  api.post('/operat', async (request, response) => {
    const body = readBody(operatRequestSchema, request.body);
    if (!body.ok) return refuse(response, body.error, 400);
    return download(response, operatDocument(context, body.value));
  });
};

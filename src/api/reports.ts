import type { Router } from 'express';
import { auditDocument, stockAuditSheet } from '../app/audit-documents.ts';
import { auditQuerySchema, stockAuditQuerySchema } from '../app/audit-views.ts';
import type { AppContext } from '../app/context.ts';
import { download, idOf, readBody, refuse } from './respond.ts';

/** The standard audit of a building and the sheet of the whole stock. */
export const mountReports = (api: Router, context: AppContext): void => {
  api.get('/buildings/:id/report', async (request, response) => {
    const query = readBody(auditQuerySchema, request.query);
    if (!query.ok) return refuse(response, query.error, 400);
    return download(response, auditDocument(context, idOf(request), query.value.format, query.value.lang));
  });
  api.get('/stock/report', async (request, response) => {
    const query = readBody(stockAuditQuerySchema, request.query);
    if (!query.ok) return refuse(response, query.error, 400);
    return download(response, stockAuditSheet(context, query.value.lang));
  });
};

import { Router } from 'express';
import { stockBenchmarks } from '../app/benchmarks.ts';
import type { AppContext } from '../app/context.ts';
import { declareTertiary } from '../app/declare-tertiary.ts';
import { declareFuelPoverty, importFuelPoverty } from '../app/fuel-poverty.ts';
import { fuelPovertyLinesSchema } from '../app/fuel-poverty-views.ts';
import { lawCalendar } from '../app/law-calendar.ts';
import { tertiaryDeclarationSchema } from '../app/law-facts.ts';
import { lawCalendarQuerySchema } from '../app/law-views.ts';
import { meteringForChoice } from '../app/metering-choice.ts';
import { meteringPlan } from '../app/metering-plan.ts';
import { meteringRequestSchema } from '../app/metering-views.ts';
import { ok } from '../core/result.ts';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { buildingList, stockMapQuery, stockSheetQuery, stockSummaryQuery } from '../app/list-views.ts';
import { readQuery } from '../app/listing.ts';
import { mapQuerySchema, mapQueryShape } from '../app/stock-figure-views.ts';
import { stockMap } from '../app/stock-map.ts';
import { stockSheet } from '../app/stock-sheet.ts';
import { stockSummary } from '../app/stock-summary.ts';
import { answer, idOf, readBody, refuse } from './respond.ts';

/** What is asked of the whole stock at once: the law, and what it rests on. */
export const stockRoutes = (context: AppContext): Router => {
  const routes = Router();
  routes.get('/stock/law', async (request, response) => {
    const query = readBody(lawCalendarQuerySchema, request.query);
    if (!query.ok) return refuse(response, query.error, 400);
    return answer(response, lawCalendar(context, query.value));
  });
  routes.get('/stock/summary', async (request, response) => {
    const query = readQuery(stockSummaryQuery, request.query);
    if (!query.ok) return refuse(response, query.error);
    return answer(response, stockSummary(context, query.value));
  });
  routes.get('/stock/map', async (request, response) => {
    const query = readQuery(stockMapQuery, request.query);
    if (!query.ok) return refuse(response, query.error);
    const filters = Object.fromEntries(
      Object.entries(query.value).filter(([name]) => !Object.hasOwn(mapQueryShape, name)),
    );
    return answer(response, stockMap(context, filters, mapQuerySchema.parse(query.value)));
  });
  routes.get('/stock/sheet', async (request, response) => {
    const query = readQuery(stockSheetQuery, request.query);
    if (!query.ok) return refuse(response, query.error);
    const { sort, lang, ...filters } = query.value as { readonly sort?: string; readonly lang: 'fr' | 'en' };
    response.type('text/csv; charset=utf-8').attachment(lang === 'fr' ? 'parc.csv' : 'stock.csv');
    return pipeline(
      Readable.from(stockSheet(context, filters, sort ?? buildingList.usualSort, lang)),
      response,
    );
  });
  routes.get('/stock/benchmarks', (_request, response) => answer(response, stockBenchmarks(context)));
  routes.put('/buildings/:id/tertiary', async (request, response) => {
    const body = readBody(tertiaryDeclarationSchema, request.body);
    if (!body.ok) return refuse(response, body.error, 400);
    return answer(response, declareTertiary(context, idOf(request), body.value));
  });
  routes.put('/buildings/:id/fuel-poverty', (request, response) =>
    answer(response, declareFuelPoverty(context, idOf(request), request.body)),
  );
  routes.post('/stock/fuel-poverty', async (request, response) => {
    const body = readBody(fuelPovertyLinesSchema, request.body);
    if (!body.ok) return refuse(response, body.error, 400);
    const lines = body.value.lines.map((one, index) => ({ line: index + 1, ...one }));
    return answer(response, importFuelPoverty(context, lines).then(ok));
  });
  routes.post('/programmes/:id/metering-plan', async (request, response) => {
    const body = readBody(meteringRequestSchema, request.body);
    if (!body.ok) return refuse(response, body.error, 400);
    return answer(response, meteringPlan(context, Number(idOf(request)), body.value));
  });
  routes.post('/programmes/:id/metering-for-choice', async (request, response) => {
    const body = readBody(meteringRequestSchema, request.body);
    if (!body.ok) return refuse(response, body.error, 400);
    return answer(response, meteringForChoice(context, Number(idOf(request)), body.value));
  });
  return routes;
};

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
import { answer, idOf, readBody, refuse } from './respond.ts';

/** What is asked of the whole stock at once: the law, and what it rests on. */
export const stockRoutes = (context: AppContext): Router => {
  const routes = Router();
  routes.get('/stock/law', async (request, response) => {
    const query = readBody(lawCalendarQuerySchema, request.query);
    if (!query.ok) return refuse(response, query.error, 400);
    return answer(response, lawCalendar(context, query.value));
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

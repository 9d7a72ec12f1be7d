import type { Router } from 'express';
import type { AppContext } from '../app/context.ts';
import { listMeters } from '../app/list-stock.ts';
import { meterList } from '../app/list-views.ts';
import { decideReadings, reverseDecision, viewMeterQuality } from '../app/meter-decisions.ts';
import { eraseMeter, exportMeter } from '../app/personal-data.ts';
import { seriesQuerySchema } from '../app/meter-views.ts';
import { viewMeterAnalysis } from '../app/view-meter-analysis.ts';
import { viewMeterSeries } from '../app/view-meter-series.ts';
import { viewMeters } from '../app/view-meters.ts';
import { decisionRequestSchema, namedReasonSchema } from '../app/decision-views.ts';
import { meterRequestSchema } from '../app/meter-record.ts';
import { getMeter, saveMeter } from '../app/save-meter.ts';
import { readSigned } from './access.ts';
import { answerList } from './lists.ts';
import { roleOf } from './readings.ts';
import { answer, idOf, readBody, refuse } from './respond.ts';

/** What is declared, said, decided, exported and erased of one meter. */
export const mountMeters = (api: Router, context: AppContext): void => {
  api.put('/meters/:id', (request, response) => {
    const body = readBody(meterRequestSchema, request.body);
    if (!body.ok) return refuse(response, body.error);
    return answer(response, saveMeter(context, idOf(request), roleOf(request), body.value));
  });
  api.get('/meters', (request, response) =>
    answerList(request, response, meterList, (asked) => listMeters(context, roleOf(request), asked)),
  );
  api.get('/meters/:id', (request, response) =>
    answer(response, getMeter(context, idOf(request), roleOf(request))),
  );
  api.get('/buildings/:id/meters', (request, response) =>
    answer(response, viewMeters(context, idOf(request))),
  );
  api.get('/meters/:id/series', (request, response) => {
    const query = readBody(seriesQuerySchema, request.query);
    if (!query.ok) return refuse(response, query.error);
    return answer(response, viewMeterSeries(context, idOf(request), roleOf(request), query.value));
  });
  api.get('/meters/:id/analysis', (request, response) =>
    answer(response, viewMeterAnalysis(context, idOf(request), roleOf(request))),
  );
  api.get('/meters/:id/quality', (request, response) =>
    answer(response, viewMeterQuality(context, idOf(request), roleOf(request))),
  );
  api.post('/meters/:id/decisions', (request, response) => {
    const body = readSigned(decisionRequestSchema, request);
    if (!body.ok) return refuse(response, body.error);
    return answer(response, decideReadings(context, idOf(request), roleOf(request), body.value));
  });
  api.post('/meters/:id/decisions/:decision/reversal', (request, response) => {
    const body = readSigned(namedReasonSchema, request);
    if (!body.ok) return refuse(response, body.error);
    const decision = Number(request.params.decision);
    if (!Number.isInteger(decision) || decision < 1 || decision > 2 ** 31 - 1)
      return refuse(response, {
        code: 'not-found',
        message: { fr: 'Cette décision n’existe pas.', en: 'There is no such decision.' },
      });
    return answer(response, reverseDecision(context, idOf(request), roleOf(request), decision, body.value));
  });
  api.get('/meters/:id/export', (request, response) =>
    answer(response, exportMeter(context, idOf(request), roleOf(request))),
  );
  api.delete('/meters/:id', (request, response) => {
    const body = readSigned(namedReasonSchema, request);
    if (!body.ok) return refuse(response, body.error);
    return answer(response, eraseMeter(context, idOf(request), roleOf(request), body.value));
  });
};

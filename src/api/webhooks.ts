import type { Router } from 'express';
import type { AppContext } from '../app/context.ts';
import {
  addWebhook,
  deleteWebhook,
  getWebhook,
  listWebhooks,
  resumeWebhook,
  rotateWebhook,
  webhookAttempts,
} from '../app/webhooks.ts';
import { testWebhook } from '../app/webhook-deliver.ts';
import { rotationRequestSchema, webhookRequestSchema } from '../app/webhooks-views.ts';
import { entryOf } from './access.ts';
import { answer, numberOf, readBody, refuse } from './respond.ts';

/** Receivers of changes. */
export const mountWebhooks = (api: Router, context: AppContext): void => {
  api.get('/webhooks', (_request, response) => answer(response, listWebhooks(context)));
  api.post('/webhooks', (request, response) => {
    const body = readBody(webhookRequestSchema, request.body);
    if (!body.ok) return refuse(response, body.error, 400);
    return answer(response, addWebhook(context, body.value, entryOf(request).name));
  });
  api.get('/webhooks/:id', (request, response) =>
    answer(response, getWebhook(context, numberOf(request, 'id'))),
  );
  api.delete('/webhooks/:id', (request, response) =>
    answer(response, deleteWebhook(context, numberOf(request, 'id'), entryOf(request).name)),
  );
  api.post('/webhooks/:id/rotation', (request, response) => {
    const body = readBody(rotationRequestSchema, request.body ?? {});
    if (!body.ok) return refuse(response, body.error, 400);
    const { graceHours } = body.value;
    return answer(
      response,
      rotateWebhook(context, numberOf(request, 'id'), graceHours, entryOf(request).name),
    );
  });
  api.post('/webhooks/:id/resumption', (request, response) =>
    answer(response, resumeWebhook(context, numberOf(request, 'id'), entryOf(request).name)),
  );
  api.post('/webhooks/:id/test', (request, response) =>
    answer(response, testWebhook(context, numberOf(request, 'id'), entryOf(request).name)),
  );
  api.get('/webhooks/:id/attempts', (request, response) =>
    answer(response, webhookAttempts(context, numberOf(request, 'id'))),
  );
};

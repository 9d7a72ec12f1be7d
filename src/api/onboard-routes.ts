import express, { type Request, type Router } from 'express';
import { addWeather } from '../app/add-weather.ts';
import { weatherPlaceSchema } from '../app/add-weather-views.ts';
import { answerBuilding, certificateAnswers, viewPreflight } from '../app/building-answers.ts';
import { setClosures, viewClosures } from '../app/building-closures.ts';
import type { AppContext } from '../app/context.ts';
import { enrichStored, envelopeDocument, gbxmlDocument } from '../app/export-building.ts';
import {
  abandonUpload,
  answerDraft,
  cancelDraft,
  openUpload,
  ownsUpload,
  readUpload,
  startReading,
  viewDraft,
} from '../app/onboarding.ts';
import { confirmDraft } from '../app/onboarding-confirm.ts';
import { answerRequestSchema, closuresRequestSchema, confirmRequestSchema } from '../app/onboarding-views.ts';
import { receiveFile } from '../app/receive-file.ts';
import { viewElements } from '../app/view-elements.ts';
import { failure, type Result } from '../core/result.ts';
import { readNamed, signalOf } from './access.ts';
import { bodyLimits } from './body-limits.ts';
import { answer, download, idOf, readBody, refuse } from './respond.ts';

const tooLarge = failure(
  'upload-too-large',
  'Le fichier dépasse 1 Go. Réduisez la maquette à l’architecture.',
  'The file is over 1 GB. Reduce the model to the architecture.',
);

const nameOf = ({ query }: Request): string =>
  (typeof query['name'] === 'string' ? query['name'] : 'fichier')
    .replaceAll(/[\p{Cc}/\\]/gu, '_')
    .slice(0, 200);

/** The body goes to the disk as it comes; a job, which may last, ends with what was read. */
const receive = async (context: AppContext, request: Request): Promise<Result<{ readonly id: string }>> => {
  const { id, path } = openUpload(context);
  const received = await receiveFile(request, path, bodyLimits.upload, tooLarge);
  if (!received.ok) {
    abandonUpload(id);
    return received;
  }
  const signal = signalOf(request);
  return signal === undefined
    ? startReading(context, id, nameOf(request))
    : readUpload(context, id, nameOf(request), signal);
};

/** From a file to a building of the stock: upload, pre-flight, answers, confirmation; and the exports of an envelope. */
export const onboardRoutes = (context: AppContext): Router => {
  const routes = express.Router();
  const json = express.json({ limit: bodyLimits.answers });
  const certificateBody = express.raw({ type: () => true, limit: bodyLimits.certificate });
  const weatherBody = express.raw({ type: () => true, limit: bodyLimits.weather });
  routes.post('/onboarding', async (request, response) => {
    if (Number(request.headers['content-length'] ?? 0) > bodyLimits.upload) {
      // What says its size is refused by it, and the rest of it is not waited for.
      response.set('Connection', 'close');
      return refuse(response, tooLarge.error);
    }
    response.status(202);
    const received = await receive(context, request);
    if (received.ok) response.location(`/v1/onboarding/${received.value.id}`);
    return answer(response, Promise.resolve(received));
  });
  routes.use('/onboarding/:id', (request, response, next) => {
    const owned = ownsUpload(context, idOf(request));
    if (owned.ok) next();
    else refuse(response, owned.error);
  });
  routes.get('/onboarding/:id', (request, response) => answer(response, viewDraft(context, idOf(request))));
  routes.delete('/onboarding/:id', (request, response) =>
    answer(response, Promise.resolve(cancelDraft(idOf(request)))),
  );
  routes.put('/onboarding/:id/answers', json, (request, response) =>
    answer(response, answerDraft(context, idOf(request), request.body)),
  );
  routes.post('/onboarding/:id/confirm', json, async (request, response) => {
    const body = readNamed(confirmRequestSchema, request);
    if (!body.ok) return refuse(response, body.error, 400);
    const { id, name, by, reason } = body.value;
    return answer(
      response,
      confirmDraft(context, idOf(request), {
        by,
        reason,
        ...(id === undefined ? {} : { id }),
        ...(name === undefined ? {} : { name }),
      }),
    );
  });
  routes.get('/buildings/:id/preflight', (request, response) =>
    answer(response, viewPreflight(context, idOf(request))),
  );
  routes.put('/buildings/:id/answers', json, async (request, response) => {
    const body = readNamed(answerRequestSchema, request);
    if (!body.ok) return refuse(response, body.error, 400);
    const { answers, by, reason } = body.value;
    return answer(response, answerBuilding(context, idOf(request), answers, { by, reason }));
  });
  routes.get('/buildings/:id/elements', (request, response) =>
    answer(response, viewElements(context, idOf(request))),
  );
  routes.post('/buildings/:id/certificate', certificateBody, (request, response) =>
    answer(
      response,
      certificateAnswers(context, idOf(request), {
        name: nameOf(request),
        bytes: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(0),
      }),
    ),
  );
  routes.post('/buildings/:id/weather', weatherBody, (request, response) => {
    const place = readBody(weatherPlaceSchema, request.query);
    if (!place.ok) return refuse(response, place.error);
    return answer(
      response,
      addWeather(
        context,
        idOf(request),
        {
          name: nameOf(request),
          bytes: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(0),
        },
        place.value,
      ),
    );
  });
  routes.get('/buildings/:id/closures', (request, response) =>
    answer(response, viewClosures(context, idOf(request))),
  );
  routes.put('/buildings/:id/closures', json, async (request, response) => {
    const body = readNamed(closuresRequestSchema, request);
    if (!body.ok) return refuse(response, body.error, 400);
    const { closures, by, reason } = body.value;
    return answer(response, setClosures(context, idOf(request), { closures }, { by, reason }));
  });
  routes.get('/buildings/:id/envelope.json', (request, response) =>
    download(response, envelopeDocument(context, idOf(request))),
  );
  routes.get('/buildings/:id/envelope.gbxml', (request, response) =>
    download(response, gbxmlDocument(context, idOf(request))),
  );
  routes.post(
    '/buildings/:id/enriched.ifc',
    express.raw({ type: () => true, limit: bodyLimits.upload }),
    (request, response) =>
      download(response, enrichStored(context, idOf(request), nameOf(request), request.body)),
  );
  return routes;
};

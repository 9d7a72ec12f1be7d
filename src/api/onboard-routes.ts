import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
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
  confirmDraft,
  openUpload,
  ownsUpload,
  startReading,
  viewDraft,
} from '../app/onboarding.ts';
import { answerRequestSchema, closuresRequestSchema, confirmRequestSchema } from '../app/onboarding-views.ts';
import { viewElements } from '../app/view-elements.ts';
import { failure, type Result } from '../core/result.ts';
import { answer, download, idOf, readBody, refuse } from './respond.ts';

/** The largest model met is 340 MB. */
const MAX_UPLOAD_BYTES = 1024 ** 3;

class TooLarge extends Error {}

const tooLarge = failure(
  'upload-too-large',
  'Le fichier dépasse 1 Go. Réduisez la maquette à l’architecture.',
  'The file is over 1 GB. Reduce the model to the architecture.',
);

const capped = (): Transform => {
  let bytes = 0;
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length;
      done(bytes > MAX_UPLOAD_BYTES ? new TooLarge() : null, chunk);
    },
  });
};

const nameOf = ({ query }: Request): string =>
  (typeof query['name'] === 'string' ? query['name'] : 'fichier')
    .replaceAll(/[\p{Cc}/\\]/gu, '_')
    .slice(0, 200);

/** The body goes to the disk as it comes: a large model never stands in the server's memory. */
const receive = async (context: AppContext, request: Request): Promise<Result<{ readonly id: string }>> => {
  const { id, path } = openUpload(context);
  try {
    await pipeline(request, capped(), createWriteStream(path));
  } catch (error) {
    abandonUpload(id);
    if (error instanceof TooLarge) return tooLarge;
    return failure(
      'upload-interrupted',
      'L’envoi a été interrompu : rien n’a été gardé. Recommencez.',
      'The upload was interrupted: nothing was kept. Start again.',
    );
  }
  return startReading(context, id, nameOf(request));
};

/** From a file to a building of the stock: upload, pre-flight, answers, confirmation; and the exports of an envelope. */
export const onboardRoutes = (context: AppContext): Router => {
  const routes = express.Router();
  const json = express.json({ limit: '4mb' });
  // The largest certificate met is under a megabyte.
  const certificateBody = express.raw({ type: () => true, limit: '20mb' });
  // Seventy years of a department's days, compressed, are under twenty megabytes.
  const weatherBody = express.raw({ type: () => true, limit: '64mb' });
  routes.post('/onboarding', async (request, response) => {
    if (Number(request.headers['content-length'] ?? 0) > MAX_UPLOAD_BYTES) {
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
    const body = readBody(confirmRequestSchema, request.body);
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
    const body = readBody(answerRequestSchema, request.body);
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
    const body = readBody(closuresRequestSchema, request.body);
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
    express.raw({ type: () => true, limit: MAX_UPLOAD_BYTES }),
    (request, response) =>
      download(response, enrichStored(context, idOf(request), nameOf(request), request.body)),
  );
  return routes;
};

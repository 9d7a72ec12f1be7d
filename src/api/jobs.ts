import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NextFunction, Request, RequestHandler, Response, Router } from 'express';
import type { AppContext } from '../app/context.ts';
import { addJob, cancelJob, jobFile, listJobs, retryJob, viewJob } from '../app/jobs.ts';
import {
  exportKind,
  importKind,
  type JobRequest,
  jobRequestSchema,
  jobsQuerySchema,
  type JobView,
} from '../app/jobs-views.ts';
import { answerOfRequest, jobAsked } from '../app/request-jobs.ts';
import { finite } from '../core/finite-json.ts';
import { entryOf } from './access.ts';
import { accepted, backgroundOf } from './background.ts';
import { may, type Permission, permissionsOf } from './permissions.ts';
import { answer, download, numberOf, readBody, refuse } from './respond.ts';

/** How often a followed job is looked at, and how often a line is sent so that nobody on the way hangs up, ms. */
const lookMs = 500;
const aliveMs = 15_000;

const isOver = ({ state }: JobView): boolean => state !== 'waiting' && state !== 'running';

/** Tells each step of a job as it is seen (server-sent events, HTML standard 9.2), and ends with the job. */
const follow = async (context: AppContext, id: number, response: Response): Promise<void> => {
  const first = await viewJob(context, id);
  if (!first.ok) return refuse(response, first.error);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  // `no-transform` keeps the compression from holding lines back.
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  let sent = '';
  let sentMs = Date.now();
  for (let job: JobView = first.value; ; ) {
    const text = JSON.stringify(job, finite);
    if (text !== sent) response.write(`event: ${isOver(job) ? 'end' : 'progress'}\ndata: ${text}\n\n`);
    else if (Date.now() - sentMs > aliveMs) response.write(': alive\n\n');
    if (text !== sent || Date.now() - sentMs > aliveMs) sentMs = Date.now();
    sent = text;
    if (isOver(job)) break;
    await sleep(lookMs, undefined, { signal: gone.signal, ref: false }).catch(() => undefined);
    if (gone.signal.aborted) return;
    const next = await viewJob(context, id);
    if (!next.ok) break;
    job = next.value;
  }
  response.end();
};

const accept = async (
  context: AppContext,
  request: Request,
  response: Response,
  job: JobRequest,
): Promise<void> => {
  const added = await addJob(context, job, entryOf(request).name);
  if (!added.ok) return refuse(response, added.error);
  return accepted(response, added.value);
};

/** Makes a call a job of its own kind where its caller asks for that. */
const inBackground =
  (context: AppContext, jobOf: (request: Request) => unknown): RequestHandler =>
  async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    if (backgroundOf(request) === undefined) return next();
    const job = readBody(jobRequestSchema, jobOf(request));
    if (!job.ok) return refuse(response, job.error, 400);
    response.set('Preference-Applied', 'respond-async');
    return accept(context, request, response, job.value);
  };

/** The job that does what is asked of the programme in the address. */
const ofProgramme =
  (kind: 'front' | 'metering-plan') =>
  (request: Request): unknown => {
    const body: unknown = request.body;
    const asked = typeof body === 'object' ? body : {};
    return { kind, input: { ...asked, programmeId: numberOf(request, 'id') } };
  };

type Entry = Parameters<typeof may>[0];

const permissionsOfEntry = (entry: Entry): Permission[] =>
  permissionsOf(entry.role).filter((one) => may(entry, one));

/** What a job may do once it is tried again, whoever asks for that. */
const permissionsOfJob = (kind: string, asker: Entry | undefined): readonly Permission[] => {
  if (kind === exportKind || kind === importKind) return ['administer'];
  return asker === undefined ? [] : permissionsOfEntry(asker);
};

/** A job that is tried again is done as who asked for it first: by who may do all that it may. */
const retryAllowed = async (context: AppContext, request: Request, response: Response): Promise<void> => {
  const id = numberOf(request, 'id');
  const asked = await jobAsked(context, id);
  if (!asked.ok) return refuse(response, asked.error);
  const caller = entryOf(request);
  const missing = permissionsOfJob(asked.value.kind, asked.value.asker).find((one) => !may(caller, one));
  if (missing === undefined) return answer(response, retryJob(context, id));
  return refuse(response, {
    code: 'not-allowed',
    message: {
      fr: `Cette tâche a été demandée par quelqu’un qui peut plus que vous (il faut la permission « ${missing} ») : demandez-lui de la refaire.`,
      en: `This job was asked for by someone who may do more than you (the permission “${missing}” is needed): ask them to try it again.`,
    },
  });
};

/** Gives the answer of a call that was put off as it would have been given then, to who may do all that its caller could. */
const answerLate = async (context: AppContext, request: Request, response: Response): Promise<void> => {
  const late = await answerOfRequest(context, numberOf(request, 'id'));
  if (!late.ok) return refuse(response, late.error);
  const { asker, answer: told, version, body } = late.value;
  const reader = entryOf(request);
  if (!permissionsOfEntry(asker).every((one) => may(reader, one)))
    return refuse(response, {
      code: 'not-allowed',
      message: {
        fr: `Cette réponse a été donnée à quelqu’un (${asker.role}) qui peut plus que vous (${reader.role}) : demandez-la lui, ou refaites la demande.`,
        en: `This answer was given to someone (${asker.role}) who may do more than you (${reader.role}): ask them for it, or make the call yourself.`,
      },
    });
  response.status(told.status).set({ ...told.headers, ETag: version });
  if (request.fresh) return void response.status(304).end();
  // A client that goes away is no error of ours.
  return pipeline(body, response).catch(() => undefined);
};

/** Work that takes longer than a click. Mounted before the routes that do the same work at once. */
export const mountJobs = (api: Router, context: AppContext): void => {
  api.post(
    '/programmes',
    inBackground(context, ({ body }) => ({ kind: 'programme', input: body })),
  );
  api.post('/programmes/:id/front', inBackground(context, ofProgramme('front')));
  api.post('/programmes/:id/metering-plan', inBackground(context, ofProgramme('metering-plan')));
  api.get(
    '/stock/report',
    inBackground(context, ({ query }) => ({ kind: 'stock-report', input: query })),
  );
  api.get('/jobs', (request, response) => {
    const query = readBody(jobsQuerySchema, request.query);
    if (!query.ok) return refuse(response, query.error, 400);
    return answer(response, listJobs(context, query.value));
  });
  api.post('/jobs', (request, response) => {
    const body = readBody(jobRequestSchema, request.body);
    if (!body.ok) return refuse(response, body.error, 400);
    return accept(context, request, response, body.value);
  });
  api.get('/jobs/:id', (request, response) => answer(response, viewJob(context, numberOf(request, 'id'))));
  api.get('/jobs/:id/events', (request, response) => follow(context, numberOf(request, 'id'), response));
  api.get('/jobs/:id/file', (request, response) =>
    download(response, jobFile(context, numberOf(request, 'id'))),
  );
  api.get('/jobs/:id/answer', (request, response) => answerLate(context, request, response));
  api.post('/jobs/:id/cancellation', (request, response) =>
    answer(response, cancelJob(context, numberOf(request, 'id'))),
  );
  api.post('/jobs/:id/retry', (request, response) => retryAllowed(context, request, response));
};

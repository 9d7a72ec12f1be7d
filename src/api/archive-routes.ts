import { pipeline } from 'node:stream/promises';
import express, { type Response, type Router } from 'express';
import { exportFile, startExport, startImport } from '../app/archive/jobs.ts';
import type { AppContext } from '../app/context.ts';
import type { JobView } from '../app/jobs-views.ts';
import type { Result } from '../core/result.ts';
import { entryOf } from './access.ts';
import { numberOf, refuse } from './respond.ts';

const accept = async (response: Response, started: Promise<Result<JobView>>): Promise<void> => {
  const job = await started;
  if (!job.ok) return refuse(response, job.error);
  response.status(202).location(`/v1/jobs/${job.value.id}`).json(job.value);
  return undefined;
};

/** An organisation's data out and in. Mounted before the parsers of bodies: it streams its own. */
export const archiveRoutes = (context: AppContext): Router => {
  const routes = express.Router();
  routes.post('/organisation/exports', (request, response) =>
    accept(response, startExport(context, entryOf(request).name)),
  );
  routes.get('/organisation/exports/:id/file', async (request, response) => {
    const id = numberOf(request, 'id');
    const file = await exportFile(context, id);
    if (!file.ok) return refuse(response, file.error);
    response.type('application/zip').attachment(`organisation-${id}.zip`).set('Cache-Control', 'no-store');
    // A client that goes away is no error of ours.
    return pipeline(file.value, response).catch(() => undefined);
  });
  routes.post('/organisation/imports', (request, response) =>
    accept(response, startImport(context, request, entryOf(request).name)),
  );
  return routes;
};

import { Worker } from 'node:worker_threads';
import { siteOfModel } from '#create/described.ts';
import { preflight } from '#create/preflight.ts';
import { bytesSource } from '../core/byte-source.ts';
import { ok, type Result } from '../core/result.ts';
import { digitise } from './create-file.ts';
import { openFileSource } from './files.ts';
import { settleNewSpace } from './memory.ts';
import type { GuardedReading, ReadRequest } from './read-ifc-guarded.ts';

const WATCH_MS = 20;

/**
 * Runs in a thread of its own, because the main one may never come back from a record it was made to read: ends the
 * whole process as the system would when memory is short, or when the parent is gone and nobody keeps the time.
 */
const watch = `
const { workerData } = require('node:worker_threads');
setInterval(() => {
  const { maxBytes, maxMs } = workerData;
  if (process.memoryUsage.rss() > maxBytes || performance.now() > maxMs) process.kill(process.pid, 'SIGKILL');
}, ${WATCH_MS});`;

const read = async ({ input, options }: ReadRequest): Promise<Result<GuardedReading>> => {
  const source = 'path' in input ? openFileSource(input.path) : ok(bytesSource(input.name, input.bytes));
  if (!source.ok) return source;
  const digitised = await digitise({ ...source.value, name: input.name }, options);
  if (!digitised.ok) return digitised;
  const { model, ...kept } = digitised.value;
  const { northStated, buildingName } = model;
  const site = siteOfModel(model);
  return ok({
    ...kept,
    preflight: preflight(model, kept.envelope),
    northStated,
    ...(buildingName === undefined ? {} : { buildingName }),
    ...(site === undefined ? {} : { site }),
  });
};

process.once('message', (request: ReadRequest) => {
  const workerData = { maxBytes: request.memoryBytes, maxMs: 2 * request.options.deadlineMs };
  new Worker(watch, { eval: true, workerData }).unref();
  settleNewSpace();
  void read(request).then((answer) => process.send?.(answer, () => process.exit(0)));
});

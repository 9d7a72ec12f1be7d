import { Worker } from 'node:worker_threads';
import type { Face, Vec3 } from '#core/building-model.ts';
import { meshable, miniIfc } from './mini-ifc.ts';
import type { MeshAnswer, MeshRequest } from './mesh-worker.ts';
import type { OpenedStep } from './open-step.ts';

const MAX_TEXT_BYTES = 64 * 1024 * 1024;
const MAX_TRIANGLES = 200_000;
/** Compiled code is not under a worker's heap limit, so the whole process is watched while one runs. */
const MAX_GROWTH_BYTES = 768 * 1024 * 1024;
const WATCH_MS = 20;
const HEAP_MB = 512;

/** Runs the mesher in a worker; undefined when it fails, is too slow, or takes too much memory. */
const meshInWorker = (request: MeshRequest, deadlineMs: number): Promise<MeshAnswer | undefined> =>
  new Promise((resolve) => {
    const worker = new Worker(new URL('./mesh-worker.ts', import.meta.url), {
      workerData: request,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
      stdout: true,
      stderr: true,
    });
    const start = performance.now();
    const before = process.memoryUsage.rss();
    const finish = (answer: MeshAnswer | undefined): void => {
      clearInterval(watch);
      resolve(answer);
      void worker.terminate();
    };
    const watch = setInterval(() => {
      const late = performance.now() - start > deadlineMs;
      if (late || process.memoryUsage.rss() - before > MAX_GROWTH_BYTES) finish(undefined);
    }, WATCH_MS);
    worker.once('message', (answer: MeshAnswer) => finish(answer));
    worker.once('error', () => finish(undefined));
    worker.once('exit', () => finish(undefined));
  });

const facesOf = (triangles: Float64Array): readonly Face[] => {
  const faces: Face[] = [];
  const corner = (at: number): Vec3 => [triangles[at], triangles[at + 1], triangles[at + 2]];
  for (let at = 0; at + 9 <= triangles.length; at += 9) {
    faces.push({ outer: [corner(at), corner(at + 3), corner(at + 6)], holes: [] });
  }
  return faces;
};

/** The products that can be meshed within bounds, in a file of their own; undefined when there are none. */
export const meshRequest = (step: OpenedStep, products: readonly number[]): MeshRequest | undefined => {
  const bounded = meshable(step, products);
  if (bounded.length === 0) return undefined;
  const text = miniIfc(step, bounded);
  return text.length > MAX_TEXT_BYTES ? undefined : { text, products: bounded };
};

/**
 * Bodies of products the planar kernel cannot represent, meshed from a small file of their own by web-ifc: faces
 * are triangles in metres, world axes. Products that are not in the answer could not be meshed within the bounds of
 * time, memory and size.
 */
export const meshProducts = async (
  request: MeshRequest,
  deadlineMs: number,
): Promise<ReadonlyMap<number, readonly Face[]>> => {
  const meshed = new Map<number, readonly Face[]>();
  const answer = deadlineMs <= 0 ? undefined : await meshInWorker(request, deadlineMs);
  for (const { product, triangles } of answer ?? []) {
    const count = triangles.length / 9;
    if (count > 0 && count <= MAX_TRIANGLES) meshed.set(product, facesOf(triangles));
  }
  return meshed;
};

import { Worker } from 'node:worker_threads';
import type { LinearAnswer, LinearModel, LinearSolver } from '#target/index.ts';

export type SolverRequest = {
  readonly model: LinearModel;
  readonly options: { readonly relativeGap: number; readonly timeLimitMs: number };
};

type SolverReply = { readonly answer: LinearAnswer } | { readonly error: string };

const nothing: LinearAnswer = {
  status: 'stopped',
  values: new Float64Array(0),
  rowDuals: new Float64Array(0),
  value: Number.NaN,
  bound: Number.NaN,
};

/**
 * Lends a solver that works in a thread of its own, so that the server goes on answering and a person can stop it. At the signal
 * the thread ends at once, whatever it was solving, and every question still open or yet to come is answered `stopped`, without
 * values. One question at a time.
 */
export const withSolverThread = async <T>(
  signal: AbortSignal | undefined,
  use: (solver: LinearSolver) => Promise<T>,
): Promise<T> => {
  if (signal?.aborted === true) return use(async () => nothing);
  const worker = new Worker(new URL('./solver-worker.ts', import.meta.url));
  let settle:
    | { readonly resolve: (answer: LinearAnswer) => void; readonly reject: (error: Error) => void }
    | undefined;
  let crash: Error | undefined;
  let isStopped = false;
  const stop = (): void => {
    isStopped = true;
    settle?.resolve(nothing);
    void worker.terminate();
  };
  const fail = (error: Error): void => {
    crash = error;
    settle?.reject(error);
  };
  worker.on('message', (reply: SolverReply) =>
    'answer' in reply ? settle?.resolve(reply.answer) : settle?.reject(new Error(reply.error)),
  );
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the solver thread ended')));
  signal?.addEventListener('abort', stop, { once: true });
  const solver: LinearSolver = (model, options) =>
    new Promise((resolve, reject) => {
      if (isStopped) return resolve(nothing);
      if (crash !== undefined) return reject(crash);
      settle = { resolve, reject };
      const request: SolverRequest = { model, options };
      worker.postMessage(request, []);
    });
  try {
    return await use(solver);
  } finally {
    signal?.removeEventListener('abort', stop);
    await worker.terminate();
  }
};

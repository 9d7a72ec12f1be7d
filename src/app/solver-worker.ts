import { parentPort } from 'node:worker_threads';
import { highsSolver } from './solver.ts';
import type { SolverRequest } from './solver-thread.ts';

// One model at a time: HiGHS holds the thread while it solves, which is why it has one of its own.
parentPort?.on('message', ({ model, options }: SolverRequest) => {
  void highsSolver(model, options).then(
    (answer) => parentPort?.postMessage({ answer }, []),
    (error: unknown) => parentPort?.postMessage({ error: String(error) }, []),
  );
});

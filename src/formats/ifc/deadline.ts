import { type Context, createContext, Script } from 'node:vm';
import { failure, type Result } from '#core/result.ts';

/** Thrown by `run` once the time is up; caught where the work was asked for. */
export class DeadlinePassed extends Error {}

/** A longer wait than this is for ever to a timer, and would end at once. */
export const MAX_WAIT_MS = 2 ** 31 - 1;

export type Deadline = {
  readonly leftMs: () => number;
  /** Does the work, ended from outside when the time is up: no loop of it needs to look at a clock. */
  readonly run: <T>(work: () => T) => T;
};

const call = new Script('work()');
/** The other context, made once: making one takes longer than reading a small model's structure. */
const box: { work: () => unknown } = { work: () => undefined };
let context: Context | undefined;

/** Told by its code: the error is made in the other context, and is no `Error` of this one. */
const isTimeout = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';

/** A deadline `allowedMs` from now. `run` throws `DeadlinePassed`. */
export const startDeadline = (allowedMs: number): Deadline => {
  const end = performance.now() + allowedMs;
  const leftMs = (): number => end - performance.now();
  return {
    leftMs,
    run: <T>(work: () => T): T => {
      const timeout = Math.floor(Math.min(leftMs(), MAX_WAIT_MS));
      if (timeout < 1) throw new DeadlinePassed();
      box.work = work;
      try {
        return call.runInContext((context ??= createContext(box)), { timeout }) as T;
      } catch (error) {
        throw isTimeout(error) ? new DeadlinePassed() : error;
      } finally {
        box.work = () => undefined;
      }
    },
  };
};

/** The refusal `deadline-passed`. */
export const deadlineRefusal = (file: string, deadlineMs: number): Result<never> =>
  failure(
    'deadline-passed',
    `La lecture de la maquette dépasse ${deadlineMs / 1000} s : elle est arrêtée. Réduisez la maquette ou donnez plus de temps.`,
    `Reading the model takes longer than ${deadlineMs / 1000} s: it is stopped. Reduce the model or allow more time.`,
    { file },
  );

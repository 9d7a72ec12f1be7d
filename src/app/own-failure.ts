import { setTimeout as wait } from 'node:timers/promises';
import { isRetryable } from '#store/index.ts';
import { failure, ok, type Result } from '../core/result.ts';

/** Pauses before the second, third and fourth attempt, ms. */
const PAUSES_MS = [1000, 4000, 16_000] as const;

export type Pause = (ms: number) => Promise<unknown>;

/**
 * Does the work of one meter or building of a night. What may pass (the database away, a conflict) is tried again after growing pauses and
 * then thrown, for the next one would fare no better; anything else is this one's own: `program-error`, named, and the others go on.
 */
export const ownFailure = async <T>(work: () => Promise<T>, pause: Pause = wait): Promise<Result<T>> => {
  for (let attempt = 0; ; attempt++) {
    try {
      return ok(await work());
    } catch (error) {
      const ms = PAUSES_MS[attempt];
      if (!isRetryable(error)) {
        const said = (error as Error).message;
        return failure('program-error', `erreur du programme : ${said}`, `error of the program: ${said}`);
      }
      if (ms === undefined) throw error;
      await pause(ms);
    }
  }
};

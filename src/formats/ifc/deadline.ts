import { failure, type Result } from '#core/result.ts';

/** Thrown by `check` once the time is up; caught where the file is read. */
export class DeadlinePassed extends Error {}

export type Deadline = { readonly leftMs: () => number; readonly check: () => void };

export const startDeadline = (allowedMs: number): Deadline => {
  const end = performance.now() + allowedMs;
  const leftMs = (): number => end - performance.now();
  return {
    leftMs,
    check: () => {
      if (leftMs() <= 0) throw new DeadlinePassed();
    },
  };
};

export const deadlineRefusal = (file: string, deadlineMs: number): Result<never> =>
  failure(
    'deadline-passed',
    `La lecture de la maquette dépasse ${deadlineMs / 1000} s : elle est arrêtée. Réduisez la maquette ou donnez plus de temps.`,
    `Reading the model takes longer than ${deadlineMs / 1000} s: it is stopped. Reduce the model or allow more time.`,
    { file },
  );

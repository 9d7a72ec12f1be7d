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

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const callbacks = new Set<() => void>();

const runAll = (): void => {
  for (const callback of callbacks) callback();
};

const onSignal = (signal: NodeJS.Signals): void => {
  // Listening to a signal takes its default away: when nobody else decides what it means, it ends the process.
  // Where somebody does, the `exit` event follows.
  if (process.listenerCount(signal) > 1) return;
  runAll();
  process.removeListener(signal, onSignal);
  process.kill(process.pid, signal);
};

/**
 * Calls `callback`, which must not wait for anything, when the process ends by itself or by SIGINT, SIGTERM or
 * SIGHUP. Gives the function that calls it off.
 */
export const atProcessEnd = (callback: () => void): (() => void) => {
  if (callbacks.size === 0) {
    process.on('exit', runAll);
    for (const signal of signals) process.on(signal, onSignal);
  }
  callbacks.add(callback);
  return () => {
    callbacks.delete(callback);
    if (callbacks.size > 0) return;
    process.removeListener('exit', runAll);
    for (const signal of signals) process.removeListener(signal, onSignal);
  };
};

import type { Server } from 'node:http';
import { cpuEnergyJ } from '../core/ledger.ts';
import { cpuClockMs, wallClockMs } from './clock.ts';
import type { AppContext } from './context.ts';

const EVERY_MS = 60_000;

/**
 * Writes what answering requests costs: one ledger entry a minute in which there were any, of the processor time the process took
 * less what other entries of that minute have counted. `context` is the one to serve with; `stop` writes the last entry.
 */
export const requestLedger = (
  context: AppContext,
): {
  readonly context: AppContext;
  readonly watch: (server: Server) => void;
  readonly stop: () => Promise<void>;
} => {
  let requests = 0;
  let countedElsewhereMs = 0;
  let [cpuStart, wallStart] = [cpuClockMs(), wallClockMs()];
  const flush = async (): Promise<void> => {
    const cpuMs = Math.max(0, cpuClockMs() - cpuStart - countedElsewhereMs);
    const wallMs = wallClockMs() - wallStart;
    const any = requests > 0;
    [requests, countedElsewhereMs, cpuStart, wallStart] = [0, 0, cpuClockMs(), wallClockMs()];
    if (!any) return;
    await context.store.ledger.add({
      work: 'request',
      wallMs,
      cpuMs,
      peakRssMb: process.resourceUsage().maxRSS / 1024,
      energyJ: cpuEnergyJ(cpuMs),
    });
  };
  let pending: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    // A database that is away loses this minute's entry, not the server.
    pending = flush().catch(() => undefined);
  }, EVERY_MS);
  timer.unref();
  return {
    context: {
      ...context,
      startLedger: (work) => {
        const end = context.startLedger(work);
        return () => {
          const entry = end();
          countedElsewhereMs += entry.cpuMs;
          return entry;
        };
      },
    },
    watch: (server) => {
      server.on('request', () => {
        requests++;
      });
    },
    stop: async () => {
      clearInterval(timer);
      await pending;
      await flush();
    },
  };
};

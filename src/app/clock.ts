import { performance } from 'node:perf_hooks';
import { cpuEnergyJ, type LedgerEntry } from '../core/ledger.ts';

/** Milliseconds of a monotonic clock; the stages are given it, they never read one. */
export const wallClockMs = (): number => performance.now();

/** Milliseconds of processor time of this process, all threads. */
export const cpuClockMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Starts counting a piece of work; the returned function ends it (promise P9). */
export const startLedger = (work: string): (() => LedgerEntry) => {
  const wallStart = wallClockMs();
  const cpuStart = cpuClockMs();
  return () => {
    const cpuMs = cpuClockMs() - cpuStart;
    return {
      work,
      wallMs: wallClockMs() - wallStart,
      cpuMs,
      peakRssMb: process.resourceUsage().maxRSS / 1024,
      energyJ: cpuEnergyJ(cpuMs),
    };
  };
};

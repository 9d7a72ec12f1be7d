import { counterEnergyJ, cpuEnergyJ, type LedgerEntry } from '../core/ledger.ts';
import { startRapl } from './rapl.ts';

/** Milliseconds of a monotonic clock; the stages are given it, they never read one. */
export const wallClockMs = (): number => performance.now();

/** Milliseconds of processor time of this process, all threads. */
export const cpuClockMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/**
 * Starts counting a piece of work; the returned function ends it (promise P9). Energy is that of the processor's own counter where the
 * machine lets it be read (in `raplFolder`), else CPU time at a stated power.
 */
export const startLedger = (work: string, raplFolder?: string): (() => LedgerEntry) => {
  const counter = startRapl(raplFolder);
  const wallStart = wallClockMs();
  const cpuStart = cpuClockMs();
  return () => {
    const cpuMs = cpuClockMs() - cpuStart;
    const counted = counter?.();
    return {
      work,
      wallMs: wallClockMs() - wallStart,
      cpuMs,
      peakRssMb: process.resourceUsage().maxRSS / 1024,
      energyJ: counted === undefined ? cpuEnergyJ(cpuMs) : counterEnergyJ(counted, cpuMs),
    };
  };
};

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DEFAULT_FOLDER = '/sys/class/powercap';

type Package = { readonly energy: string; readonly rangeUj: number };

const readMicrojoules = (path: string): number => Number(readFileSync(path, 'utf8').trim());

const packagesIn = (folder: string): Package[] => {
  try {
    // `intel-rapl:0` is a processor package; `intel-rapl:0:0` a part of it, counted in the package already.
    return readdirSync(folder)
      .filter((name) => /^intel-rapl:\d+$/.test(name))
      .map((name) => ({
        energy: join(folder, name, 'energy_uj'),
        rangeUj: readMicrojoules(join(folder, name, 'max_energy_range_uj')),
      }))
      .filter(({ energy }) => Number.isFinite(readMicrojoules(energy)));
  } catch {
    // Absent on most virtual machines, and readable by root alone on many others: both mean no counter.
    return [];
  }
};

/**
 * Starts reading the processors' energy counters (Linux powercap, RAPL); the returned function gives the joules since. Undefined where
 * there is no readable counter. A counter that came round once is mended by its range.
 */
export const startRapl = (folder = DEFAULT_FOLDER): (() => number | undefined) | undefined => {
  const packages = packagesIn(folder);
  if (packages.length === 0) return undefined;
  const starts = packages.map(({ energy }) => readMicrojoules(energy));
  return () => {
    try {
      const total = packages.reduce((sum, { energy, rangeUj }, index) => {
        const rise = readMicrojoules(energy) - starts[index];
        return sum + (rise < 0 ? rise + rangeUj : rise);
      }, 0);
      return Number.isFinite(total) ? total / 1e6 : undefined;
    } catch {
      return undefined;
    }
  };
};

import type { Compiled } from './compile.ts';
import { blocksOf, packageOf, planUse } from './plan-use.ts';

/** Passes over all buildings: each pass that changes nothing is the last. */
const MOST_PASSES = 6;
const LEAST_GAIN = 1e-12;

/**
 * A plan in which no building could do better on its own: each is given its best option that the rest of the plan leaves room for, until
 * none gains. Buildings tied to others are left as they are. Worth never falls, and every row that held still holds.
 */
export const polished = (compiled: Compiled, options: readonly number[]): readonly number[] => {
  const { years, firstPackage, worth, allowed, units, packageBuilding } = compiled;
  const taken = new Map(options.map((option) => [packageBuilding[packageOf(compiled, option)], option]));
  const free = units.flatMap(({ members }) => (members.length === 1 ? members : []));
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    let changed = false;
    let use = planUse(compiled, [...taken.values()]);
    for (const building of free) {
      const present = taken.get(building);
      const now = present === undefined ? 0 : worth[present];
      let best = present;
      let most = now + LEAST_GAIN * Math.abs(now);
      for (let o = firstPackage[building] * years; o < firstPackage[building + 1] * years; o++)
        if (allowed[o] === 1 && worth[o] > most && blocksOf(use, o).length === 0) {
          best = o;
          most = worth[o];
        }
      if (best === present || best === undefined) continue;
      taken.set(building, best);
      use = planUse(compiled, [...taken.values()]);
      changed = true;
    }
    if (!changed) break;
  }
  return [...taken.values()];
};

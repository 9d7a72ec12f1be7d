import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { scenarioFigures } from '../support/scenario-figures.ts';

/**
 * The figures of the scenarios as they were before the draws were computed together (twelve digits each). Work on speed must
 * not move them; a change of the physics or of a table does, and then `scripts/figures/keep-scenarios.ts` writes them anew.
 */
const kept = z
  .record(z.string(), z.array(z.number()))
  .parse(JSON.parse(readFileSync(new URL('../fixtures/scenario-figures.json', import.meta.url), 'utf8')));

describe('speed changes no figure', () => {
  const figures = scenarioFigures();

  it('every scenario that could be computed still is', () => {
    expect(Object.keys(figures)).toEqual(Object.keys(kept));
  });

  it('every figure is the kept one within 1e-9', () => {
    const moved: string[] = [];
    for (const [scenario, values] of Object.entries(figures)) {
      const before = kept[scenario];
      expect(Object.keys(values)).toHaveLength(before.length);
      for (const [at, [path, value]] of Object.entries(values).entries())
        if (!(Math.abs(value - before[at]) <= 1e-9 * Math.max(1, Math.abs(before[at]))))
          moved.push(`${scenario}${path}: ${before[at]} → ${value}`);
    }
    expect(moved).toEqual([]);
  });
});

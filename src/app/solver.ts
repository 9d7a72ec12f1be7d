import { createRequire } from 'node:module';
import type { Highs } from 'highs';
import type { MilpSolution } from '#target/index.ts';
import { failure, ok, type Result } from '../core/result.ts';

// The package's types describe its CommonJS face only, so that is the one imported.
const loadHighs = createRequire(import.meta.url)('highs') as () => Promise<Highs>;

const OPTIONS = { time_limit: 30, mip_rel_gap: 1e-6, output_flag: false } as const;

/** Without its integrality the programme can only do better: its value bounds every plan. */
const relaxed = (model: string): string => model.replace(/\nBinary\n[\s\S]*$/, '\nEnd\n');

/**
 * Solves a programme written by `programmeModel` with HiGHS (Huangfu & Hall 2018). An empty text has the empty
 * solution. Stopped by the clock, the best plan found comes with the bound of the relaxed problem. Fails with
 * `programme-not-solved` when no plan came out within 30 s.
 */
export const solveProgramme = async (model: string): Promise<Result<MilpSolution>> => {
  if (model === '') return ok({ optimal: true, values: {}, boundKwh: 0 });
  const highs = await loadHighs();
  const solution = highs.solve(model, OPTIONS);
  const optimal = solution.Status === 'Optimal';
  if (!optimal && solution.Status !== 'Time limit reached')
    return failure(
      'programme-not-solved',
      `Le programme n’a pas pu être résolu (${solution.Status}). Réduisez le nombre de bâtiments ou d’années.`,
      `The programme could not be solved (${solution.Status}). Use fewer buildings or years.`,
    );
  const values: Record<string, number> = {};
  for (const [name, column] of Object.entries(solution.Columns)) {
    if ('Primal' in column) values[name] = column.Primal;
  }
  const boundKwh = optimal
    ? solution.ObjectiveValue * (1 + OPTIONS.mip_rel_gap)
    : highs.solve(relaxed(model), OPTIONS).ObjectiveValue;
  return ok({ optimal, values, boundKwh });
};

import { createRequire } from 'node:module';
import type { Highs } from 'highs';
import type { LinearAnswer, LinearModel, LinearSolver } from '#target/index.ts';

// The package's types describe its CommonJS face only, so that is the one imported.
const loadHighs = createRequire(import.meta.url)('highs') as () => Promise<Highs>;

const MODEL_STATUS = { optimal: 7, infeasible: 8, unboundedOrInfeasible: 9 } as const;
const INTEGER = 1;

const dataOf = (model: LinearModel) => {
  const numCols = model.cost.length;
  const numRows = model.rowLower.length;
  return {
    numCols,
    numRows,
    // HiGHS minimises: signs are turned here and back below.
    colCost: model.cost.map((cost) => -cost),
    colLower: new Float64Array(numCols),
    colUpper: model.columnUpper,
    rowLower: model.rowLower,
    rowUpper: model.rowUpper,
    matrix: {
      format: 'csc' as const,
      numRows,
      numCols,
      starts: model.starts,
      indices: model.indices,
      values: model.values,
    },
    ...(model.integers === 0
      ? {}
      : { integrality: Int32Array.from({ length: numCols }, (_, j) => (j < model.integers ? INTEGER : 0)) }),
  };
};

let loaded: Promise<Highs> | undefined;

/** HiGHS (Huangfu & Hall 2018) in WebAssembly; it holds its thread until it is done. */
export const highsSolver: LinearSolver = async (
  model,
  { relativeGap, timeLimitMs },
): Promise<LinearAnswer> => {
  loaded ??= loadHighs();
  const highs = await loaded;
  const solver = highs.createModel(dataOf(model));
  try {
    solver.options.set({
      output_flag: false,
      time_limit: timeLimitMs / 1000,
      mip_rel_gap: relativeGap,
    });
    const { modelStatus } = solver.run();
    const { colValue, rowDual } = solver.getSolution();
    const value = -solver.getObjectiveValue();
    const optimal = modelStatus === MODEL_STATUS.optimal;
    const infeasible =
      modelStatus === MODEL_STATUS.infeasible || modelStatus === MODEL_STATUS.unboundedOrInfeasible;
    const isInteger = model.integers > 0;
    const hasPoint = Number(solver.info.get('primal_solution_status')) === 2;
    return {
      status: optimal ? 'optimal' : infeasible ? 'infeasible' : 'stopped',
      values: hasPoint ? colValue : new Float64Array(0),
      rowDuals: isInteger ? new Float64Array(0) : rowDual.map((dual) => -dual),
      value,
      bound: isInteger ? -Number(solver.info.get('mip_dual_bound')) : value,
    };
  } finally {
    solver.dispose();
  }
};

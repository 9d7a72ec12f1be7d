import { mean, standardDeviation } from 'simple-statistics';

const standardErrorOfMean = (values: readonly number[]): number =>
  values.length < 2 ? 0 : standardDeviation(values) / Math.sqrt(values.length - 1);

/**
 * The first (simplest) candidate whose held-out errors are within one standard error of the best's, the standard error taken on
 * the differences block by block (Breiman et al. 1984; paired because blocks differ far more than models do), or within `negligible`.
 * `squares` are the squared errors of each block; candidates come simplest first. Undefined when there is none.
 */
export const withinOneStandardError = <T extends { readonly squares: Float64Array }>(
  candidates: readonly T[],
  blocks: readonly number[],
  negligible: number,
): T | undefined => {
  const total = ({ squares }: T): number => squares.reduce((sum, square) => sum + square, 0);
  const best = candidates.reduce<T | undefined>(
    (winner, next) => (winner === undefined || total(next) < total(winner) ? next : winner),
    undefined,
  );
  if (best === undefined) return undefined;
  return candidates.find(({ squares }) => {
    const differences = blocks.map((block) => Math.sqrt(squares[block]) - Math.sqrt(best.squares[block]));
    return mean(differences) <= Math.max(standardErrorOfMean(differences), negligible);
  });
};

import { type Figure, figuresOf } from '../../figures/figure.ts';

export const ifcFigure = figuresOf('ifc', 'npm run validate -- --corpus DIR --only ifc');

/** Two figures that should be nothing: the reference has no opening here, and neither have we. */
const NOTHING_M2 = 0.05;

/** A measured area or volume against the reference's, in percent; within `percent`, or only reported. */
export const against = (
  id: string,
  metric: string,
  measured: number,
  reference: number,
  unit: string,
  percent: number | undefined,
): Figure => {
  const off = reference === 0 ? 0 : 100 * (measured / reference - 1);
  const isNothing = reference === 0;
  const within = percent ?? Infinity;
  return ifcFigure({
    id,
    metric: `${metric}: ${measured.toFixed(2)} against ${reference.toFixed(2)} ${unit}`,
    value: isNothing ? measured : off,
    unit: isNothing ? unit : '%',
    goal:
      percent === undefined
        ? 'reported'
        : isNothing
          ? `at most ${NOTHING_M2} ${unit}`
          : `within ${percent} %`,
    holds:
      percent === undefined ? null : isNothing ? Math.abs(measured) <= NOTHING_M2 : Math.abs(off) <= within,
    n: 1,
  });
};

export const exactly = (
  id: string,
  metric: string,
  measured: number,
  reference: number,
  isGoal = true,
): Figure =>
  ifcFigure({
    id,
    metric,
    value: measured,
    unit: '1',
    goal: isGoal ? `exactly ${reference}` : `reported (reference ${reference})`,
    holds: isGoal ? measured === reference : null,
    n: 1,
  });

export const holds = (id: string, metric: string, isSo: boolean, goal: string, n = 1): Figure =>
  ifcFigure({ id, metric, value: isSo ? 1 : 0, unit: '1', goal, holds: isSo, n });

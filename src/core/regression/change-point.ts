import type { Candidate, Coefficients, ModelKind } from './candidate.ts';
import { searchChangePoints, sumsOf } from './change-point-search.ts';
import type { DayFeatures } from './features.ts';

const floored = (model: Coefficients, value: number): number => (model.nonNegative && value < 0 ? 0 : value);

const above = (x: number): number => (x > 0 ? x : 0);

/** Coefficients are base, then slope and change point of heating, then of cooling, as the shape has them. */
type Reader = (coefficients: readonly number[], offset: number) => [number, number, number, number, number];

const heatingOf: Reader = (c, o) => [c[o] ?? 0, c[o + 1] ?? 0, c[o + 2] ?? 0, 0, 0];
const coolingOf: Reader = (c, o) => [c[o] ?? 0, 0, 0, c[o + 1] ?? 0, c[o + 2] ?? 0];
const fourOf: Reader = (c, o) => [c[o] ?? 0, c[o + 1] ?? 0, c[o + 3] ?? 0, c[o + 2] ?? 0, c[o + 3] ?? 0];
const fiveOf: Reader = (c, o) => [c[o] ?? 0, c[o + 1] ?? 0, c[o + 2] ?? 0, c[o + 3] ?? 0, c[o + 4] ?? 0];

type Shape = '3p-heating' | '3p-cooling' | '4p' | '5p';
type Layout = { readonly length: number; readonly read: Reader };

const layouts: Readonly<Record<Shape, Layout>> = {
  '3p-heating': { length: 3, read: heatingOf },
  '3p-cooling': { length: 3, read: coolingOf },
  '4p': { length: 4, read: fourOf },
  '5p': { length: 5, read: fiveOf },
};

const fitShape = (features: DayFeatures, mask: Uint8Array, shape: Shape): number[] | undefined => {
  const found = searchChangePoints(features, mask, shape);
  if (found === undefined) return undefined;
  const { base, heating, heatingC, cooling, coolingC } = found;
  if (shape === '3p-heating') return [base, heating, heatingC];
  if (shape === '3p-cooling') return [base, cooling, coolingC];
  return shape === '4p' ? [base, heating, cooling, heatingC] : [base, heating, heatingC, cooling, coolingC];
};

const valueAt = (layout: Layout, c: readonly number[], offset: number, t: number): number => {
  const [base, heating, heatingC, cooling, coolingC] = layout.read(c, offset);
  return base + heating * above(heatingC - t) + cooling * above(t - coolingC);
};

const gradientAt = (
  shape: Shape,
  c: readonly number[],
  offset: number,
  t: number,
  out: Float64Array,
): void => {
  const [, heating, heatingC, cooling, coolingC] = layouts[shape].read(c, offset);
  const cold = above(heatingC - t);
  const warm = above(t - coolingC);
  out[offset] = 1;
  if (shape === '3p-heating') {
    out[offset + 1] = cold;
    out[offset + 2] = cold > 0 ? heating : 0;
  } else if (shape === '3p-cooling') {
    out[offset + 1] = warm;
    out[offset + 2] = warm > 0 ? -cooling : 0;
  } else if (shape === '4p') {
    out[offset + 1] = cold;
    out[offset + 2] = warm;
    out[offset + 3] = cold > 0 ? heating : warm > 0 ? -cooling : 0;
  } else {
    out[offset + 1] = cold;
    out[offset + 2] = cold > 0 ? heating : 0;
    out[offset + 3] = warm;
    out[offset + 4] = warm > 0 ? -cooling : 0;
  }
};

/** Plain change-point rung of the given shape. */
export const changePointCandidate = (shape: Shape, minimumDays: number): Candidate => ({
  kind: shape,
  parameters: layouts[shape].length,
  minimumDays,
  fit: (features, mask) => {
    const coefficients = fitShape(features, mask, shape);
    if (coefficients === undefined) return undefined;
    return { kind: shape, coefficients, scaleKwhDay: 1, nonNegative: sumsOf(features, mask).nonNegative };
  },
  predict: (model, features, i) =>
    floored(model, valueAt(layouts[shape], model.coefficients, 0, features.outdoorC[i])),
  gradient: (model, features, i, out) => {
    gradientAt(shape, model.coefficients, 0, features.outdoorC[i], out);
  },
});

type Split = { readonly features: DayFeatures; readonly parts: readonly [Uint8Array, Uint8Array] };
// The rungs of working days share the split as long as the mask lives, and with it what the search kept.
const splits = new WeakMap<Uint8Array, Split>();

const splitDays = (features: DayFeatures, mask: Uint8Array): readonly [Uint8Array, Uint8Array] => {
  const known = splits.get(mask);
  if (known?.features === features) return known.parts;
  const parts = [0, 1].map((closed) => mask.map((flag, i) => (features.nonWorking[i] === closed ? flag : 0)));
  const fresh: Split = { features, parts: [parts[0], parts[1]] };
  splits.set(mask, fresh);
  return fresh.parts;
};

/** The same shape fitted twice, on working days and on the others (weekend, holiday, Christmas week). */
export const workingCandidate = (
  kind: ModelKind,
  shape: Exclude<Shape, '4p'>,
  minimumDays: number,
): Candidate => {
  const layout = layouts[shape];
  const offsetOf = (features: DayFeatures, i: number): number =>
    features.nonWorking[i] === 1 ? layout.length : 0;
  return {
    kind,
    parameters: 2 * layout.length,
    minimumDays,
    fit: (features, mask) => {
      const [working, closed] = splitDays(features, mask);
      const first = fitShape(features, working, shape);
      const second = fitShape(features, closed, shape);
      if (first === undefined || second === undefined) return undefined;
      return {
        kind,
        coefficients: [...first, ...second],
        scaleKwhDay: 1,
        nonNegative: sumsOf(features, working).nonNegative && sumsOf(features, closed).nonNegative,
      };
    },
    predict: (model, features, i) =>
      floored(model, valueAt(layout, model.coefficients, offsetOf(features, i), features.outdoorC[i])),
    gradient: (model, features, i, out) => {
      out.fill(0);
      gradientAt(shape, model.coefficients, offsetOf(features, i), features.outdoorC[i], out);
    },
  };
};

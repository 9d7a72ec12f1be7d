import { failure, ok, type Result } from '../../result.ts';

/** Direction of the heat through an element, from the heated side. */
export type HeatFlow = 'up' | 'horizontal' | 'down';

/** What lies on the far side of the element: outside air, an unheated room, or soil. */
export type FarSide = 'exterior' | 'unheated' | 'ground';

/** Surface resistances, m2 K/W. */
type SurfaceResistances = { readonly rsiM2KW: number; readonly rseM2KW: number };

const INTERNAL_RESISTANCE: Readonly<Record<HeatFlow, number>> = { up: 0.1, horizontal: 0.13, down: 0.17 };
const EXTERNAL_RESISTANCE = 0.04;

/**
 * Surface resistances by direction of the flow (ISO 6946:2017, table 7). Towards an unheated room or behind a
 * well-ventilated layer the outer film is as still as the inner one; against soil there is none.
 */
export const surfaceResistances = (flow: HeatFlow, farSide: FarSide): SurfaceResistances => {
  const rsiM2KW = INTERNAL_RESISTANCE[flow];
  if (farSide === 'ground') return { rsiM2KW, rseM2KW: 0 };
  return { rsiM2KW, rseM2KW: farSide === 'unheated' ? rsiM2KW : EXTERNAL_RESISTANCE };
};

/** Thickness in m, then R in m2 K/W for flow upward, horizontal, downward (ISO 6946:2007, table 2). */
const AIR_LAYERS: readonly (readonly [number, number, number, number])[] = [
  [0, 0, 0, 0],
  [0.005, 0.11, 0.11, 0.11],
  [0.007, 0.13, 0.13, 0.13],
  [0.01, 0.15, 0.15, 0.15],
  [0.015, 0.16, 0.17, 0.17],
  [0.025, 0.16, 0.18, 0.19],
  [0.05, 0.16, 0.18, 0.21],
  [0.1, 0.16, 0.18, 0.22],
  [0.3, 0.16, 0.18, 0.23],
];
const AIR_COLUMN: Readonly<Record<HeatFlow, 1 | 2 | 3>> = { up: 1, horizontal: 2, down: 3 };

/**
 * Resistance of an unventilated air layer between ordinary (high-emissivity) faces, m2 K/W, interpolated on the
 * thickness in m (ISO 6946:2007, table 2). Beyond 0.3 m the last value holds: such a gap is a room, not a layer.
 */
export const airLayerResistance = (thicknessM: number, flow: HeatFlow): number => {
  const column = AIR_COLUMN[flow];
  for (let row = 1; row < AIR_LAYERS.length; row += 1) {
    const upper = AIR_LAYERS[row];
    const lower = AIR_LAYERS[row - 1];
    if (upper === undefined || lower === undefined || thicknessM > upper[0]) continue;
    const share = (Math.max(0, thicknessM) - lower[0]) / (upper[0] - lower[0]);
    return lower[column] + share * (upper[column] - lower[column]);
  }
  return AIR_LAYERS.at(-1)?.[column] ?? 0;
};

/**
 * One layer: homogeneous, known by its resistance only (air, membranes, blocks), or made of side-by-side parts
 * (studs and wool) whose area fractions sum to 1. Thickness in m, conductivity in W/(m K), resistance in m2 K/W.
 */
export type UValueLayer =
  | { readonly thicknessM: number; readonly conductivityWmK: number }
  | { readonly resistanceM2KW: number }
  | {
      readonly thicknessM: number;
      readonly parts: readonly { readonly fraction: number; readonly conductivityWmK: number }[];
    };

type LayeredU = {
  readonly uWm2K: number;
  readonly resistanceM2KW: number;
  /** The two bounds of the combined method; equal when every layer is homogeneous. */
  readonly upperLimitM2KW: number;
  readonly lowerLimitM2KW: number;
  /** (upper − lower) / (2 R): the greatest relative error of the method. */
  readonly maxRelativeError: number;
};

type Path = { readonly fraction: number; readonly resistance: number };

const isPositive = (value: number): boolean => Number.isFinite(value) && value > 0;

const pathsOf = (layer: UValueLayer): readonly Path[] | undefined => {
  if ('resistanceM2KW' in layer) {
    const resistance = layer.resistanceM2KW;
    return Number.isFinite(resistance) && resistance >= 0 ? [{ fraction: 1, resistance }] : undefined;
  }
  if (!isPositive(layer.thicknessM)) return undefined;
  if ('conductivityWmK' in layer) {
    if (!isPositive(layer.conductivityWmK)) return undefined;
    return [{ fraction: 1, resistance: layer.thicknessM / layer.conductivityWmK }];
  }
  const total = layer.parts.reduce((sum, part) => sum + part.fraction, 0);
  const sound = layer.parts.every((part) => isPositive(part.fraction) && isPositive(part.conductivityWmK));
  if (!sound || Math.abs(total - 1) > 0.01) return undefined;
  return layer.parts.map((part) => ({
    fraction: part.fraction / total,
    resistance: layer.thicknessM / part.conductivityWmK,
  }));
};

/** Sections multiply layer by layer; beyond this many a file is hostile, not a wall. */
const MAX_SECTIONS = 4096;

/**
 * U-value of a plane element by the combined method (ISO 6946:2017, 6.7.2): the mean of the upper limit (parallel
 * paths from side to side) and of the lower limit (isothermal planes between layers). With homogeneous layers both
 * limits are the plain sum.
 * @returns U in W/(m2 K) and resistances in m2 K/W; `u-layer-invalid` names the first layer that has no meaning.
 */
export const uOfLayers = (layers: readonly UValueLayer[], surfaces: SurfaceResistances): Result<LayeredU> => {
  const films = surfaces.rsiM2KW + surfaces.rseM2KW;
  let sections: Path[] = [{ fraction: 1, resistance: films }];
  let lowerLimitM2KW = films;
  for (const [index, layer] of layers.entries()) {
    const paths = pathsOf(layer);
    if (paths === undefined || sections.length * paths.length > MAX_SECTIONS)
      return failure(
        'u-layer-invalid',
        `La couche ${index + 1} n’a pas d’épaisseur ou de conductivité possible ; corrigez-la ou saisissez la valeur U.`,
        `Layer ${index + 1} has no possible thickness or conductivity; correct it or type the U-value.`,
      );
    sections = sections.flatMap((section) =>
      paths.map((path) => ({
        fraction: section.fraction * path.fraction,
        resistance: section.resistance + path.resistance,
      })),
    );
    const conductance = paths.reduce(
      (sum, path) => sum + (path.resistance > 0 ? path.fraction / path.resistance : Number.POSITIVE_INFINITY),
      0,
    );
    lowerLimitM2KW += 1 / conductance;
  }
  const upperLimitM2KW =
    1 / sections.reduce((sum, section) => sum + section.fraction / section.resistance, 0);
  const resistanceM2KW = (upperLimitM2KW + lowerLimitM2KW) / 2;
  return ok({
    uWm2K: 1 / resistanceM2KW,
    resistanceM2KW,
    upperLimitM2KW,
    lowerLimitM2KW,
    maxRelativeError: (upperLimitM2KW - lowerLimitM2KW) / (2 * resistanceM2KW),
  });
};

import type { Face, Shape, Vec3 } from '#core/building-model.ts';
import { boundaryFaces, boundaryFrames } from './boundary-faces.ts';
import { createBudget, type KernelContext } from './kernel/context.ts';
import { localPlacement, type Reading } from './kernel/read.ts';
import { representationShape } from './kernel/index.ts';
import type { StepFile } from './step-file.ts';
import type { Units } from './units.ts';

/** Coordinates farther than this from zero are shifted back (national grids put buildings at 2 600 000 m). */
const FAR_M = 1000;

/** No place on Earth is farther than this from the origin of a national grid: such coordinates are damage. */
const BEYOND_EARTH_M = 1e8;

const isOnEarth = (faces: readonly Face[]): boolean =>
  faces.every(({ outer, holes }) =>
    [outer, ...holes].every((ring) =>
      ring.every((point) => point.every((value) => Math.abs(value) < BEYOND_EARTH_M)),
    ),
  );

/** Boundaries that stick out of the box around their space by more than this lie elsewhere. */
const STICKING_OUT_M = 1;
const STICKING_OUT_SHARE = 0.25;

type Box = { readonly low: readonly number[]; readonly high: readonly number[] };

const AXES = [0, 1, 2] as const;

const boxAround = (faces: readonly Face[]): Box | undefined => {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (const { outer } of faces) {
    for (const point of outer) {
      for (const axis of AXES) {
        low[axis] = Math.min(low[axis], point[axis]);
        high[axis] = Math.max(high[axis], point[axis]);
      }
    }
  }
  return low[0] > high[0] ? undefined : { low, high };
};

const liesAround = (boundaries: Box, space: Box): boolean => {
  const diagonal = Math.hypot(...AXES.map((axis) => space.high[axis] - space.low[axis]));
  const allowed = Math.max(STICKING_OUT_M, STICKING_OUT_SHARE * diagonal);
  return AXES.every(
    (axis) =>
      space.low[axis] - boundaries.low[axis] <= allowed &&
      boundaries.high[axis] - space.high[axis] <= allowed,
  );
};

/** Drops pairs of faces with the same corners: where two layers of one wall touch there is no surface. */
const withoutContacts = (faces: readonly Face[]): readonly Face[] => {
  const open = new Map<string, Face[]>();
  for (const face of faces) {
    const corners = face.outer.map((point) => point.map((value) => Math.round(value * 1000) || 0).join());
    const key = corners.sort().join(';');
    const twins = open.get(key) ?? [];
    if (twins.pop() === undefined) twins.push(face);
    open.set(key, twins);
  }
  return [...open.values()].flat();
};

/** One body may not spend what the others need: a bomb costs its own body only. */
const INSTANCES_PER_BODY = 400_000;
const FACES_PER_BODY = 100_000;
const INSTANCES_IN_ALL = 20_000_000;
const FACES_IN_ALL = 2_000_000;

/** Bodies of products as planar faces in metres, in one frame near the origin. */
export class ShapeReader {
  /** Products with a body that the kernel could only approximate, or not read at all. */
  readonly inexact: number[] = [];
  /** Products whose body went beyond the bounds of size, nesting or time. */
  readonly spent: number[] = [];
  readonly #step: StepFile;
  readonly #units: Units;
  readonly #isExpired: () => boolean;
  readonly #placements: Reading;
  readonly #shapes = new Map<number, Shape | undefined>();
  #instancesLeft = INSTANCES_IN_ALL;
  #facesLeft = FACES_IN_ALL;
  #origin: Vec3 | undefined;

  /** `isExpired` is asked now and then; once true the remaining bodies are given up. */
  constructor(step: StepFile, units: Units, isExpired: () => boolean) {
    this.#step = step;
    this.#units = units;
    this.#isExpired = isExpired;
    const context = this.#contextFor(INSTANCES_IN_ALL, FACES_IN_ALL);
    this.#placements = { step, context, placements: new Map(), exact: true };
  }

  /** The body of a product, each read once. */
  shapeOf(id: number): Shape | undefined {
    if (!this.#shapes.has(id)) this.#shapes.set(id, this.#read(id));
    return this.#shapes.get(id);
  }

  /** Puts a mesh, given in world axes, in the place of a body the kernel could not represent. */
  replace(id: number, faces: readonly Face[]): void {
    if (!isOnEarth(faces)) return;
    this.#shapes.set(id, { faces: this.localFaces(faces), exact: true, method: 'mesh' });
  }

  /** The body of a product exported layer by layer: its parts without the faces where they touch. */
  assemble(id: number, parts: readonly number[]): void {
    const shapes = parts.flatMap((part) => this.shapeOf(part) ?? []);
    if (shapes.length === 0) return;
    const faces = withoutContacts(shapes.flatMap((shape) => shape.faces));
    this.#shapes.set(id, { faces, exact: shapes.every((shape) => shape.exact), method: 'kernel' });
  }

  #contextFor(instances: number, faces: number): KernelContext {
    return {
      lengthScaleM: this.#units.lengthM,
      planeAngleScaleRad: this.#units.angleRad,
      budget: createBudget({ maxInstances: instances, maxFaces: faces, isExpired: this.#isExpired }),
    };
  }

  /** Damaged bodies can nest deeper than the call stack, which ends in a RangeError wherever it happens. */
  #shapeWithinStack(id: number, context: KernelContext): Shape | undefined {
    try {
      return representationShape(this.#step, id, context);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      context.budget.instancesLeft = -1;
      return undefined;
    }
  }

  #read(id: number): Shape | undefined {
    if ((this.#step.record(id)?.[6] ?? null) === null) return undefined;
    const instances = Math.min(INSTANCES_PER_BODY, this.#instancesLeft);
    const faces = Math.min(FACES_PER_BODY, this.#facesLeft);
    const context = this.#contextFor(instances, faces);
    const shape = this.#shapeWithinStack(id, context);
    this.#instancesLeft -= instances - Math.max(0, context.budget.instancesLeft);
    this.#facesLeft -= faces - Math.max(0, context.budget.facesLeft);
    if (shape !== undefined && !isOnEarth(shape.faces)) {
      this.spent.push(id);
      return undefined;
    }
    if (shape === undefined && (context.budget.instancesLeft < 0 || context.budget.facesLeft < 0)) {
      this.spent.push(id);
    } else if (shape === undefined || !shape.exact) this.inexact.push(id);
    return shape === undefined ? undefined : { ...shape, faces: this.localFaces(shape.faces) };
  }

  /**
   * Faces of a space's boundaries, one list a geometry. They are read in the axes that put them around the space;
   * `displaced` when that is not the space's own.
   */
  boundariesOf(
    space: number,
    geometries: readonly number[],
  ): { readonly faces: readonly (readonly Face[])[]; readonly displaced: 'no' | 'corrected' | 'yes' } {
    const body = boxAround(this.shapeOf(space)?.faces ?? []);
    let kept: readonly (readonly Face[])[] | undefined;
    for (const [rank, frame] of boundaryFrames(this.#placements, space).entries()) {
      const faces = geometries.map((one) => this.localFaces(boundaryFaces(this.#placements, one, frame)));
      kept ??= faces;
      const box = boxAround(faces.flat());
      if (body === undefined || box === undefined) break;
      if (liesAround(box, body)) return { faces, displaced: rank === 0 ? 'no' : 'corrected' };
      if (rank > 0) return { faces: kept, displaced: 'yes' };
    }
    return { faces: kept ?? [], displaced: 'no' };
  }

  /** Origin of a product's placement in the model's frame, metres; undefined when it has none. */
  placeOf(product: number): Vec3 | undefined {
    const placement = this.#step.record(product)?.[5] ?? null;
    if (placement === null) return undefined;
    const { origin } = localPlacement(this.#placements, placement);
    return this.localFaces([{ outer: [origin], holes: [] }])[0]?.outer[0];
  }

  /** Height of a product's placement, metres; undefined when it has none. */
  heightOf(product: number): number | undefined {
    const placement = this.#step.record(product)?.[5] ?? null;
    return placement === null ? undefined : localPlacement(this.#placements, placement).origin[2];
  }

  /** Shifts faces given in world axes into the model's frame, which the first shape read decides. */
  localFaces(faces: readonly Face[]): readonly Face[] {
    const first = faces[0]?.outer[0];
    if (first === undefined) return faces;
    this.#origin ??=
      Math.hypot(first[0], first[1]) > FAR_M ? [Math.round(first[0]), Math.round(first[1]), 0] : [0, 0, 0];
    const [x, y] = this.#origin;
    if (x === 0 && y === 0) return faces;
    const shift = (ring: readonly Vec3[]): Vec3[] =>
      ring.map((point) => [point[0] - x, point[1] - y, point[2]]);
    return faces.map((face) => ({ outer: shift(face.outer), holes: face.holes.map(shift) }));
  }
}

import type { Face, Shape } from '#core/building-model.ts';
import { isRef, type StepFile, type StepValue } from '../step-file.ts';
import { BudgetSpent, type KernelContext } from './context.ts';
import { itemFaces } from './items.ts';
import { type Entity, entity, localPlacement, type Reading, refsOf } from './read.ts';
import { type Transform, transformFace } from './transform.ts';

/** Fields of IfcProduct and IfcShapeRepresentation, the same from IFC2x to IFC4x3. */
const PLACEMENT = 5;
const REPRESENTATION = 6;
const REPRESENTATIONS = 2;
const IDENTIFIER = 1;
const TYPE = 2;
const ITEMS = 3;

const placementCaches = new WeakMap<StepFile, Map<number, Transform>>();

const text = (value: StepValue | undefined): string => (typeof value === 'string' ? value.toLowerCase() : '');

const notBodies = new Set(['axis', 'footprint', 'annotation', 'profile', 'plan', 'clearance', 'cog']);
const notSolids = new Set(['curve2d', 'geometriccurveset', 'annotation2d', 'curve', 'point', 'pointcloud']);

/**
 * Body first, then anything else solid, the bounding box last. IFC4 `Reference` is the uncut solid of an opening
 * whose host is already cut, and such openings have no other.
 */
const rank = (representation: Entity): number => {
  const identifier = text(representation.fields[IDENTIFIER]);
  const type = text(representation.fields[TYPE]);
  if (type === 'boundingbox' || identifier === 'box') return 3;
  if (notSolids.has(type) || notBodies.has(identifier)) return 4;
  return identifier === 'body' ? 0 : identifier === 'facetation' ? 1 : 2;
};

const shapesOf = (reading: Reading, product: readonly StepValue[]): Entity[] => {
  const definition = entity(reading, product[REPRESENTATION], 0);
  if (definition === undefined) return [];
  return refsOf(definition.fields[REPRESENTATIONS])
    .flatMap((one) => entity(reading, one, 0) ?? [])
    .filter((one) => rank(one) < 4)
    .toSorted((a, b) => rank(a) - rank(b));
};

/**
 * The body of a product as planar faces, metres, world axes (before any shift towards the origin). `exact` is
 * false where something had to be approximated or left out (curved faces, splines, unknown solids) so that the
 * caller may have it meshed instead; `box` when only a bounding box is given. Undefined when the product has no
 * body, or when the budget was spent on the way: `context.budget` then says so by a negative balance.
 */
export const representationShape = (
  step: StepFile,
  productId: number,
  context: KernelContext,
): Shape | undefined => {
  const product = step.record(productId);
  if (product === undefined || !isRef(product[REPRESENTATION])) return undefined;
  const placements = placementCaches.get(step) ?? new Map<number, Transform>();
  placementCaches.set(step, placements);
  const reading: Reading = { step, context, placements, exact: true };
  try {
    const place = localPlacement(reading, product[PLACEMENT]);
    for (const representation of shapesOf(reading, product)) {
      reading.exact = true;
      const faces = refsOf(representation.fields[ITEMS])
        .flatMap((item) => itemFaces(reading, item, 1))
        .map((face): Face => transformFace(place, face))
        .filter((face) => face.outer.every((p) => p.every(Number.isFinite)));
      if (faces.length === 0) continue;
      const isBox = rank(representation) === 3;
      return { faces, exact: reading.exact && !isBox, method: isBox ? 'box' : 'kernel' };
    }
    return undefined;
  } catch (error) {
    if (error instanceof BudgetSpent) return undefined;
    throw error;
  }
};

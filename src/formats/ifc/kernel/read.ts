import type { Vec3 } from '#core/building-model.ts';
import { cross, scale, subtract, dot, unit, type Vec2 } from '#core/geometry/index.ts';
import { numberOf } from '../fields.ts';
import { isEnum, isList, isRef, type StepFile, type StepValue } from '../step-file.ts';
import { type KernelContext, spendInstance } from './context.ts';
import { compose, identity, squareAxes, type Transform } from './transform.ts';

/** One file being read for geometry: records, scales, and what is worth remembering between products. */
export type Reading = {
  readonly step: StepFile;
  readonly context: KernelContext;
  readonly placements: Map<number, Transform>;
  /** False once something had to be approximated or left out. */
  exact: boolean;
};

/** A record with its type; charges the budget. */
export type Entity = { readonly id: number; readonly type: string; readonly fields: readonly StepValue[] };

/**
 * The record behind a reference; undefined for anything else, and for one that is not there. Throws
 * `BudgetSpent`.
 */
export const entity = (reading: Reading, value: StepValue | undefined, depth: number): Entity | undefined => {
  if (!isRef(value)) return undefined;
  spendInstance(reading.context.budget, depth);
  const fields = reading.step.record(value.ref);
  const type = fields === undefined ? undefined : reading.step.typeOf(value.ref);
  return type === undefined || fields === undefined ? undefined : { id: value.ref, type, fields };
};

/** A length of the file in metres. */
export const lengthOf = (reading: Reading, value: StepValue | undefined): number | undefined => {
  const plain = numberOf(value);
  return plain === undefined ? undefined : plain * reading.context.lengthScaleM;
};

/** Whether a value is `.T.`; `.F.`, `.U.` and anything else are not. */
export const flagOf = (value: StepValue | undefined): boolean => isEnum(value) && value.enum === 'T';

/** The numbers of a list in their places, 0 for what is none: coordinates must not move up. */
export const numbersOf = (value: StepValue | undefined): number[] =>
  isList(value) ? value.map((one) => numberOf(one) ?? 0) : [];

/** The items of a list; none where there is no list. */
export const refsOf = (value: StepValue | undefined): StepValue[] => (isList(value) ? [...value] : []);

const coordinates = (reading: Reading, value: StepValue | undefined, depth: number): number[] | undefined => {
  const record = entity(reading, value, depth);
  return record === undefined ? undefined : numbersOf(record.fields[0]);
};

/** A Cartesian point in metres, with z = 0 for one in a plane. Throws `BudgetSpent`. */
export const pointOf = (reading: Reading, value: StepValue | undefined, depth: number): Vec3 | undefined => {
  const c = coordinates(reading, value, depth);
  const k = reading.context.lengthScaleM;
  return c === undefined || c.length < 2 ? undefined : [c[0] * k, c[1] * k, (c[2] ?? 0) * k];
};

/** A direction as it is written, of any length. Throws `BudgetSpent`. */
export const directionOf = (
  reading: Reading,
  value: StepValue | undefined,
  depth: number,
): Vec3 | undefined => {
  const c = coordinates(reading, value, depth);
  return c === undefined || c.length < 2 ? undefined : [c[0], c[1], c[2] ?? 0];
};

/** IfcAxis2Placement2D, IfcAxis2Placement3D or IfcAxis1Placement; absent reads as the identity. */
export const axisPlacement = (reading: Reading, value: StepValue | undefined, depth: number): Transform => {
  const record = entity(reading, value, depth);
  if (record === undefined) return identity;
  const origin = pointOf(reading, record.fields[0], depth) ?? [0, 0, 0];
  if (record.type === 'IFCAXIS2PLACEMENT2D')
    return squareAxes(origin, [0, 0, 1], directionOf(reading, record.fields[1], depth));
  return squareAxes(
    origin,
    directionOf(reading, record.fields[1], depth),
    directionOf(reading, record.fields[2], depth),
  );
};

/** World transform of an IfcLocalPlacement chain; a chain that bites its tail ends at the first repeat. */
export const localPlacement = (reading: Reading, value: StepValue | undefined): Transform => {
  const chain: Entity[] = [];
  const seen = new Set<number>();
  let at = value;
  let base = identity;
  while (isRef(at) && !seen.has(at.ref)) {
    const known = reading.placements.get(at.ref);
    if (known !== undefined) {
      base = known;
      break;
    }
    seen.add(at.ref);
    const record = entity(reading, at, 0);
    if (record?.type !== 'IFCLOCALPLACEMENT') break;
    chain.push(record);
    at = record.fields[0];
  }
  for (const record of chain.toReversed()) {
    base = compose(base, axisPlacement(reading, record.fields[1], 0));
    reading.placements.set(record.id, base);
  }
  return base;
};

/** IfcCartesianTransformationOperator2D/3D, uniform or not; Axis3 may mirror. */
export const transformationOperator = (
  reading: Reading,
  value: StepValue | undefined,
  depth: number,
): Transform => {
  const record = entity(reading, value, depth);
  if (record === undefined) return identity;
  const [axis1, axis2, origin, scaleField] = record.fields;
  const flat = record.type.includes('OPERATOR2D');
  const place = pointOf(reading, origin, depth) ?? [0, 0, 0];
  const third = (flat ? undefined : directionOf(reading, record.fields[4], depth)) ?? [0, 0, 1];
  const base = squareAxes(place, third, directionOf(reading, axis1, depth));
  const wanted = directionOf(reading, axis2, depth);
  const y = squareY(base, wanted);
  const k1 = numberOf(scaleField) ?? 1;
  const k2 = numberOf(record.fields[flat ? 4 : 5]) ?? k1;
  const k3 = numberOf(record.fields[flat ? 5 : 6]) ?? k1;
  return { x: scale(base.x, k1), y: scale(y, k2), z: scale(base.z, k3), origin: place };
};

const squareY = (base: Transform, wanted: Vec3 | undefined): Vec3 => {
  const fallback = cross(base.z, base.x);
  if (wanted === undefined) return fallback;
  const flat = subtract(
    subtract(wanted, scale(base.z, dot(wanted, base.z))),
    scale(base.x, dot(wanted, base.x)),
  );
  return unit(flat) ?? fallback;
};

/** A point of a plane z = 0 without its z, m. */
export const flatten2 = (point: Vec3): Vec2 => [point[0], point[1]];

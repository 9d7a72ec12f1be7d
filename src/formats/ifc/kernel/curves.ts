import type { Vec3 } from '#core/building-model.ts';
import { add, length, scale, subtract } from '#core/geometry/index.ts';
import { numberOf } from '../fields.ts';
import { isList, isRef, isTyped, type StepValue } from '../step-file.ts';
import {
  axisPlacement,
  directionOf,
  type Entity,
  entity,
  flagOf,
  lengthOf,
  numbersOf,
  pointOf,
  type Reading,
  refsOf,
} from './read.ts';
import { applyPoint, type Transform } from './transform.ts';

const SAME_POINT_M = 1e-6;
const CIRCLE_FACETS = 36;

const withoutRepeats = (points: readonly Vec3[]): Vec3[] =>
  points.filter((p, i) => i === 0 || length(subtract(p, points[i - 1])) > SAME_POINT_M);

/** A closed ring: no repeated corner, and no last corner on the first. */
export const ringOf = (points: readonly Vec3[]): Vec3[] => {
  const ring = withoutRepeats(points);
  const [head] = ring;
  if (head === undefined) return ring;
  const last = ring.findLastIndex((point) => length(subtract(point, head)) > SAME_POINT_M);
  return ring.slice(0, Math.max(0, last) + 1);
};

/**
 * Points of an elliptic arc from `from` to `to` (radians, either way round). Inner points are pushed outwards so
 * that the polygon keeps the arc's area exactly; the end points stay on the curve.
 */
const arcPoints = (frame: Transform, a: number, b: number, from: number, to: number): Vec3[] => {
  const sweep = to - from;
  const full = Math.abs(Math.abs(sweep) - 2 * Math.PI) < 1e-9;
  const n = Math.max(full ? CIRCLE_FACETS : 2, Math.ceil((Math.abs(sweep) / (2 * Math.PI)) * CIRCLE_FACETS));
  const step = sweep / n;
  const delta = Math.abs(step);
  const swell = full
    ? Math.sqrt(delta / Math.sin(delta))
    : n === 2
      ? delta / Math.sin(delta)
      : (-1 + Math.sqrt(1 + ((n - 2) * n * delta) / Math.sin(delta))) / (n - 2);
  const points: Vec3[] = [];
  for (let i = 0; i <= (full ? n - 1 : n); i++) {
    const k = !full && (i === 0 || i === n) ? 1 : swell;
    const angle = from + i * step;
    points.push(applyPoint(frame, [a * k * Math.cos(angle), b * k * Math.sin(angle), 0]));
  }
  if (full) points.push(points[0]);
  return points;
};

/** Circle through three points, from the first to the last by the middle one. */
const arcThrough = (p: Vec3, q: Vec3, r: Vec3): Vec3[] => {
  const [ax, ay] = [q[0] - p[0], q[1] - p[1]];
  const [bx, by] = [r[0] - p[0], r[1] - p[1]];
  const turn = 2 * (ax * by - ay * bx);
  if (Math.abs(turn) < 1e-12 || Math.abs(p[2] - q[2]) + Math.abs(p[2] - r[2]) > SAME_POINT_M)
    return [p, q, r];
  const a2 = ax * ax + ay * ay;
  const b2 = bx * bx + by * by;
  const cx = (by * a2 - ay * b2) / turn;
  const cy = (ax * b2 - bx * a2) / turn;
  const radius = Math.hypot(cx, cy);
  const from = Math.atan2(-cy, -cx);
  let to = Math.atan2(by - cy, bx - cx);
  if (turn > 0 && to < from) to += 2 * Math.PI;
  if (turn < 0 && to > from) to -= 2 * Math.PI;
  const frame: Transform = {
    x: [1, 0, 0],
    y: [0, 1, 0],
    z: [0, 0, 1],
    origin: [p[0] + cx, p[1] + cy, p[2]],
  };
  return [p, ...arcPoints(frame, radius, radius, from, to).slice(1, -1), r];
};

type Conic = { readonly frame: Transform; readonly a: number; readonly b: number };

const conicOf = (reading: Reading, basis: Entity, depth: number): Conic | undefined => {
  if (basis.type !== 'IFCCIRCLE' && basis.type !== 'IFCELLIPSE') return undefined;
  const a = lengthOf(reading, basis.fields[1]);
  const b = basis.type === 'IFCCIRCLE' ? a : lengthOf(reading, basis.fields[2]);
  return a === undefined || b === undefined || a <= 0 || b <= 0
    ? undefined
    : { frame: axisPlacement(reading, basis.fields[0], depth), a, b };
};

const conicAngle = (conic: Conic, point: Vec3): number => {
  const d = subtract(point, conic.frame.origin);
  const along = (axis: Vec3): number => d[0] * axis[0] + d[1] * axis[1] + d[2] * axis[2];
  return Math.atan2(along(conic.frame.y) / conic.b, along(conic.frame.x) / conic.a);
};

type Trim = { readonly point?: Vec3; readonly parameter?: number };

const trimOf = (reading: Reading, value: StepValue | undefined, depth: number): Trim => {
  let point: Vec3 | undefined;
  let parameter: number | undefined;
  for (const one of isList(value) ? value : []) {
    if (isRef(one)) point = pointOf(reading, one, depth);
    else if (isTyped(one) || typeof one === 'number') parameter = numberOf(one);
  }
  return { ...(point && { point }), ...(parameter !== undefined && { parameter }) };
};

/** Sine of half the angle within which a trim's parameter and its point say the same. */
const SAME_ANGLE = 0.01;

const trimmedCurve = (reading: Reading, record: Entity, depth: number): Vec3[] => {
  const basis = entity(reading, record.fields[0], depth);
  if (basis === undefined) return [];
  const start = trimOf(reading, record.fields[1], depth);
  const end = trimOf(reading, record.fields[2], depth);
  const forward = record.fields[3] === undefined || flagOf(record.fields[3]);
  const conic = conicOf(reading, basis, depth);
  if (conic !== undefined) {
    const turn = 2 * Math.PI;
    const scaled = [start, end].map(({ parameter = 0 }) => parameter * reading.context.planeAngleScaleRad);
    // Some exporters write degrees into files that declare radians: no trim lies beyond a full turn.
    const perUnit = scaled.some((one) => Math.abs(one) > turn * 1.01)
      ? Math.PI / 180
      : reading.context.planeAngleScaleRad;
    const angle = ({ point, parameter }: Trim): number | undefined => {
      const byPoint = point && conicAngle(conic, point);
      if (parameter === undefined) return byPoint;
      const byParameter = parameter * perUnit;
      const apart = byPoint === undefined ? 0 : Math.abs(Math.sin((byParameter - byPoint) / 2));
      return apart > SAME_ANGLE ? byPoint : byParameter;
    };
    const from = angle(start);
    let to = angle(end);
    if (from === undefined || to === undefined) return [];
    if (forward) while (to <= from + 1e-9) to += turn;
    else while (to >= from - 1e-9) to -= turn;
    if (Math.abs(to - from) > turn + 1e-6) to = from + Math.sign(to - from) * (Math.abs(to - from) % turn);
    return arcPoints(conic.frame, conic.a, conic.b, from, to);
  }
  if (basis.type === 'IFCLINE') {
    const origin = pointOf(reading, basis.fields[0], depth);
    const vector = entity(reading, basis.fields[1], depth);
    const direction = vector && directionOf(reading, vector.fields[0], depth);
    const magnitude = vector ? (lengthOf(reading, vector.fields[1]) ?? 0) : 0;
    const at = (trim: Trim): Vec3 | undefined =>
      trim.point ??
      (origin && direction && trim.parameter !== undefined
        ? add(origin, scale(direction, (trim.parameter * magnitude) / (length(direction) || 1)))
        : undefined);
    const ends = [at(start), at(end)];
    return ends.every((p) => p !== undefined) ? ends : [];
  }
  const whole = curvePoints(reading, record.fields[0], depth + 1);
  if (start.point === undefined || end.point === undefined) reading.exact = false;
  return whole;
};

const compositeCurve = (reading: Reading, record: Entity, depth: number): Vec3[] => {
  const points: Vec3[] = [];
  for (const one of refsOf(record.fields[0])) {
    const segment = entity(reading, one, depth);
    if (segment === undefined) continue;
    const part = curvePoints(reading, segment.fields[2], depth + 1);
    if (!flagOf(segment.fields[1])) part.reverse();
    const last = points.at(-1);
    const head = part[0];
    const tail = part.at(-1);
    // Exporters get SameSense wrong on arcs; the end that continues the curve decides.
    if (last && head && tail && length(subtract(tail, last)) + 1e-4 < length(subtract(head, last)))
      part.reverse();
    points.push(...part);
  }
  return points;
};

const pointList = (reading: Reading, value: StepValue | undefined, depth: number): Vec3[] => {
  const record = entity(reading, value, depth);
  const k = reading.context.lengthScaleM;
  if (record === undefined || !isList(record.fields[0])) return [];
  return record.fields[0].map((row) => {
    const c = numbersOf(row);
    return [(c[0] ?? 0) * k, (c[1] ?? 0) * k, (c[2] ?? 0) * k];
  });
};

const indexedCurve = (reading: Reading, record: Entity, depth: number): Vec3[] => {
  const list = pointList(reading, record.fields[0], depth);
  const segments = record.fields[1];
  if (!isList(segments)) return list;
  const points: Vec3[] = [];
  for (const segment of segments) {
    if (!isTyped(segment)) continue;
    const corners = numbersOf(segment.value).map((index) => list[index - 1]);
    const [p, q, r] = corners;
    if (segment.type === 'IFCARCINDEX' && p && q && r) points.push(...arcThrough(p, q, r));
    else points.push(...corners.filter((c) => c !== undefined));
  }
  return points;
};

/** Any bounded curve as a polyline, metres, in its own axes; an empty list when the curve cannot be read. */
export const curvePoints = (reading: Reading, value: StepValue | undefined, depth: number): Vec3[] => {
  const record = entity(reading, value, depth);
  if (record === undefined) return [];
  switch (record.type) {
    case 'IFCPOLYLINE':
      return refsOf(record.fields[0]).flatMap((one) => {
        const point = pointOf(reading, one, depth);
        return point === undefined ? [] : [point];
      });
    case 'IFCCOMPOSITECURVE':
    case 'IFC2DCOMPOSITECURVE':
      return compositeCurve(reading, record, depth);
    case 'IFCTRIMMEDCURVE':
      return trimmedCurve(reading, record, depth);
    case 'IFCINDEXEDPOLYCURVE':
      return indexedCurve(reading, record, depth);
    case 'IFCCIRCLE':
    case 'IFCELLIPSE': {
      const conic = conicOf(reading, record, depth);
      return conic === undefined ? [] : arcPoints(conic.frame, conic.a, conic.b, 0, 2 * Math.PI);
    }
    default: {
      reading.exact = false;
      // A spline stays inside the hull of its control points; better than losing the whole outline.
      const isSpline = record.type.startsWith('IFCBSPLINE') || record.type.startsWith('IFCRATIONALBSPLINE');
      return isSpline
        ? refsOf(record.fields[1]).flatMap((one) => {
            const point = pointOf(reading, one, depth);
            return point === undefined ? [] : [point];
          })
        : [];
    }
  }
};

import type { Vec3 } from '#core/building-model.ts';
import { ringArea, type Vec2 } from '#core/geometry/index.ts';
import { isRef, type StepValue } from '../step-file.ts';
import { curvePoints, ringOf } from './curves.ts';
import {
  axisPlacement,
  type Entity,
  entity,
  flatten2,
  lengthOf,
  type Reading,
  refsOf,
  transformationOperator,
} from './read.ts';
import { applyPoint, type Transform } from './transform.ts';

/** A plane area: outer ring counter-clockwise, holes clockwise, metres. */
export type ProfileArea = { readonly outer: readonly Vec2[]; readonly holes: readonly (readonly Vec2[])[] };

const oriented = (ring: readonly Vec2[], counterClockwise: boolean): readonly Vec2[] =>
  ringArea(ring) > 0 === counterClockwise ? ring : ring.toReversed();

const area = (outer: readonly Vec2[], holes: readonly (readonly Vec2[])[] = []): ProfileArea[] =>
  outer.length < 3
    ? []
    : [
        {
          outer: oriented(outer, true),
          holes: holes.filter((h) => h.length > 2).map((h) => oriented(h, false)),
        },
      ];

const rectangle = (x: number, y: number): Vec2[] => [
  [-x / 2, -y / 2],
  [x / 2, -y / 2],
  [x / 2, y / 2],
  [-x / 2, y / 2],
];

const FACETS = 36;

/** A regular polygon of the ellipse's own area, so that round columns and windows keep their square metres. */
const ellipse = (a: number, b: number): Vec2[] => {
  const step = (2 * Math.PI) / FACETS;
  const swell = Math.sqrt(step / Math.sin(step));
  return Array.from({ length: FACETS }, (_, i) => [
    a * swell * Math.cos(i * step),
    b * swell * Math.sin(i * step),
  ]);
};

/** Corners of an I section, flanges of widths and thicknesses given bottom then top. */
const iSection = (
  bottom: readonly [width: number, thickness: number],
  top: readonly [width: number, thickness: number],
  depth: number,
  web: number,
): Vec2[] => {
  const y = depth / 2;
  const half: Vec2[] = [
    [bottom[0] / 2, -y],
    [bottom[0] / 2, -y + bottom[1]],
    [web / 2, -y + bottom[1]],
    [web / 2, y - top[1]],
    [top[0] / 2, y - top[1]],
    [top[0] / 2, y],
  ];
  return [...half, ...half.toReversed().map(([x, v]): Vec2 => [-x, v])];
};

type Dimensions = (index: number) => number | undefined;

const parameterised = (type: string, at: Dimensions): ProfileArea[] | undefined => {
  const need = (...indices: number[]): number[] | undefined => {
    const values = indices.map(at);
    return values.every((v) => v !== undefined && v > 0) ? (values as number[]) : undefined;
  };
  switch (type) {
    case 'IFCRECTANGLEPROFILEDEF':
    case 'IFCROUNDEDRECTANGLEPROFILEDEF': {
      const d = need(3, 4);
      return d && area(rectangle(d[0], d[1]));
    }
    case 'IFCRECTANGLEHOLLOWPROFILEDEF': {
      const d = need(3, 4, 5) as [number, number, number] | undefined;
      return d && area(rectangle(d[0], d[1]), [rectangle(d[0] - 2 * d[2], d[1] - 2 * d[2])]);
    }
    case 'IFCCIRCLEPROFILEDEF': {
      const r = need(3)?.[0];
      return r === undefined ? undefined : area(ellipse(r, r));
    }
    case 'IFCCIRCLEHOLLOWPROFILEDEF': {
      const d = need(3, 4) as [number, number] | undefined;
      return d && area(ellipse(d[0], d[0]), [ellipse(d[0] - d[1], d[0] - d[1])]);
    }
    case 'IFCELLIPSEPROFILEDEF': {
      const d = need(3, 4) as [number, number] | undefined;
      return d && area(ellipse(d[0], d[1]));
    }
    case 'IFCISHAPEPROFILEDEF': {
      const d = need(3, 4, 5, 6) as [number, number, number, number] | undefined;
      return d && area(iSection([d[0], d[3]], [d[0], d[3]], d[1], d[2]));
    }
    case 'IFCASYMMETRICISHAPEPROFILEDEF': {
      const d = need(3, 4, 5, 6, 8) as [number, number, number, number, number] | undefined;
      return d && area(iSection([d[0], d[3]], [d[4], at(9) ?? d[3]], d[1], d[2]));
    }
    case 'IFCTSHAPEPROFILEDEF': {
      const d = need(3, 4, 5, 6) as [number, number, number, number] | undefined;
      return d && area(iSection([d[2], d[3]], [d[1], d[3]], d[0], d[2]));
    }
    case 'IFCLSHAPEPROFILEDEF': {
      const d = need(3, 5) as [number, number] | undefined;
      if (d === undefined) return undefined;
      const [depth, t] = d;
      const [x, y] = [(at(4) ?? depth) / 2, depth / 2];
      return area([
        [-x, -y],
        [x, -y],
        [x, -y + t],
        [-x + t, -y + t],
        [-x + t, y],
        [-x, y],
      ]);
    }
    case 'IFCUSHAPEPROFILEDEF': {
      const d = need(3, 4, 5, 6) as [number, number, number, number] | undefined;
      if (d === undefined) return undefined;
      const [x, y] = [d[1] / 2, d[0] / 2];
      return area([
        [-x, -y],
        [x, -y],
        [x, -y + d[3]],
        [-x + d[2], -y + d[3]],
        [-x + d[2], y - d[3]],
        [x, y - d[3]],
        [x, y],
        [-x, y],
      ]);
    }
    case 'IFCCSHAPEPROFILEDEF': {
      const d = need(3, 4, 5, 6) as [number, number, number, number] | undefined;
      if (d === undefined) return undefined;
      const [x, y, t, girth] = [d[1] / 2, d[0] / 2, d[2], d[3]];
      return area([
        [-x, -y],
        [x, -y],
        [x, -y + girth],
        [x - t, -y + girth],
        [x - t, -y + t],
        [-x + t, -y + t],
        [-x + t, y - t],
        [x - t, y - t],
        [x - t, y - girth],
        [x, y - girth],
        [x, y],
        [-x, y],
      ]);
    }
    case 'IFCZSHAPEPROFILEDEF': {
      const d = need(3, 4, 5, 6) as [number, number, number, number] | undefined;
      if (d === undefined) return undefined;
      const [y, w, web, t] = [d[0] / 2, d[1], d[2], d[3]];
      return area([
        [-w + web / 2, -y],
        [web / 2, -y],
        [web / 2, y - t],
        [w - web / 2, y - t],
        [w - web / 2, y],
        [-web / 2, y],
        [-web / 2, -y + t],
        [-w + web / 2, -y + t],
      ]);
    }
    case 'IFCTRAPEZIUMPROFILEDEF': {
      const d = need(3, 4, 5) as [number, number, number] | undefined;
      if (d === undefined) return undefined;
      const [x, y, left] = [d[0] / 2, d[2] / 2, (at(6) ?? 0) - d[0] / 2];
      return area([
        [-x, -y],
        [x, -y],
        [left + d[1], y],
        [left, y],
      ]);
    }
    default:
      return undefined;
  }
};

const move = (areas: readonly ProfileArea[], t: Transform): ProfileArea[] => {
  const place = (ring: readonly Vec2[]): Vec2[] =>
    ring.map(([x, y]) => flatten2(applyPoint(t, [x, y, 0] as Vec3)));
  return areas.flatMap((one) => area(place(one.outer), one.holes.map(place)));
};

/** A centre line thickened by half its width on either side, with mitred corners. */
const thickened = (line: readonly Vec2[], width: number): Vec2[] => {
  const side = (sign: number): Vec2[] =>
    line.map((p, i) => {
      const before = line[Math.max(0, i - 1)];
      const after = line[Math.min(line.length - 1, i + 1)];
      const normal = (a: Vec2, b: Vec2): Vec2 => {
        const size = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
        return [-(b[1] - a[1]) / size, (b[0] - a[0]) / size];
      };
      const one = i === 0 ? normal(p, after) : normal(before, p);
      const two = i === line.length - 1 ? one : normal(p, after);
      const cosine = Math.max(0.2, 1 + one[0] * two[0] + one[1] * two[1]);
      const k = (sign * width) / 2 / cosine;
      return [p[0] + (one[0] + two[0]) * k, p[1] + (one[1] + two[1]) * k];
    });
  return [...side(-1), ...side(1).toReversed()];
};

const ring2 = (reading: Reading, value: StepValue | undefined, depth: number): Vec2[] =>
  ringOf(curvePoints(reading, value, depth)).map(flatten2);

const profileAreas = (reading: Reading, record: Entity, depth: number): ProfileArea[] => {
  const { fields } = record;
  switch (record.type) {
    case 'IFCARBITRARYCLOSEDPROFILEDEF':
      return area(ring2(reading, fields[2], depth));
    case 'IFCARBITRARYPROFILEDEFWITHVOIDS':
      return area(
        ring2(reading, fields[2], depth),
        refsOf(fields[3]).map((one) => ring2(reading, one, depth)),
      );
    case 'IFCCENTERLINEPROFILEDEF': {
      const width = lengthOf(reading, fields[3]);
      const line = curvePoints(reading, fields[2], depth).map(flatten2);
      return width === undefined || line.length < 2 ? [] : area(thickened(line, width));
    }
    case 'IFCCOMPOSITEPROFILEDEF':
      return refsOf(fields[2]).flatMap((one) => profileOf(reading, one, depth + 1));
    case 'IFCDERIVEDPROFILEDEF':
      return move(
        profileOf(reading, fields[2], depth + 1),
        transformationOperator(reading, fields[3], depth),
      );
    case 'IFCMIRROREDPROFILEDEF':
      return move(profileOf(reading, fields[2], depth + 1), {
        x: [-1, 0, 0],
        y: [0, 1, 0],
        z: [0, 0, 1],
        origin: [0, 0, 0],
      });
    default: {
      const plain = parameterised(record.type, (i) => lengthOf(reading, fields[i]));
      if (plain === undefined) return [];
      return isRef(fields[2]) ? move(plain, axisPlacement(reading, fields[2], depth)) : plain;
    }
  }
};

/** Areas of an IfcProfileDef in its own plane; none, and the reading no longer exact, when it cannot be read. */
export const profileOf = (reading: Reading, value: StepValue | undefined, depth: number): ProfileArea[] => {
  const record = entity(reading, value, depth);
  const areas = record === undefined ? [] : profileAreas(reading, record, depth);
  if (areas.length === 0) reading.exact = false;
  return areas;
};

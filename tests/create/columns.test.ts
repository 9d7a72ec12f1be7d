import { describe, expect, it } from 'vitest';
import { ColumnIndex } from '../../src/create/geometry/columns.ts';
import type { Face, Vec3 } from '../../src/core/building-model.ts';
import { regionHolds } from '../../src/core/geometry/index.ts';
import { boxShape, joined } from './model-house.ts';

describe('solids over a point of the plan', () => {
  it('pairs the faces of each solid, from the lowest up, however they come', () => {
    const columns = new ColumnIndex();
    columns.add(7, boxShape(0, 0, 3, 4, 4, 0.2).faces);
    columns.add(2, joined(boxShape(0, 0, 6, 4, 4, 1), boxShape(0, 0, 0, 4, 4, 0.5)).faces);
    expect(columns.at(1, 1)).toEqual([
      { owner: 2, z0: 0, z1: 0.5 },
      { owner: 7, z0: 3, z1: 3.2 },
      { owner: 2, z0: 6, z1: 7 },
    ]);
    expect(columns.at(1, 1, 7)).toEqual([{ owner: 7, z0: 3, z1: 3.2 }]);
    expect(columns.at(5, 1)).toEqual([]);
  });

  it('tells inside from outside on outlines of very many edges, level runs and teeth alike', () => {
    const teeth = 60;
    const comb = (swapped: boolean): ColumnIndex => {
      const outline = [
        [0, 0],
        [teeth, 0],
        ...Array.from({ length: teeth }, (_, i) => [
          [teeth - i, 10],
          [teeth - i - 0.5, 10],
          [teeth - i - 0.5, 1],
          [teeth - i - 1, 1],
        ]).flat(),
      ].map(([a = 0, b = 0]) => (swapped ? [b, a] : [a, b]));
      const at = (z: number): (readonly [number, number, number])[] =>
        outline.map(([x = 0, y = 0]) => [x, y, z] as const);
      const columns = new ColumnIndex();
      columns.add(0, [
        { outer: at(0), holes: [] },
        { outer: at(1).toReversed(), holes: [] },
      ]);
      return columns;
    };
    for (const swapped of [false, true]) {
      const columns = comb(swapped);
      const holds = (a: number, b: number): boolean =>
        (swapped ? columns.at(b, a) : columns.at(a, b)).length === 1;
      for (let tooth = 0; tooth < teeth; tooth++)
        expect([tooth, holds(tooth + 0.75, 7), holds(tooth + 0.25, 7), holds(tooth + 0.25, 0.5)]).toEqual([
          tooth,
          true,
          false,
          true,
        ]);
      expect([holds(-0.1, 0.5), holds(teeth + 0.1, 5), holds(3.75, 10.1)]).toEqual([false, false, false]);
    }
  });

  it('finds small, large and very large solids over the same point, and none beside them', () => {
    const columns = new ColumnIndex();
    for (const [owner, sizeM] of [5, 60, 900].entries())
      columns.add(owner, boxShape(-1, -1, 3 * owner, sizeM, sizeM, 0.5).faces);
    const owners = (x: number, y: number): number[] => columns.at(x, y).map((one) => one.owner);
    expect([owners(2, 2), owners(40, 40), owners(40, 500), owners(-2, 40)]).toEqual([
      [0, 1, 2],
      [1, 2],
      [2],
      [],
    ]);
  });

  it('takes for a plate what lies between two level faces, not steps nor slopes', () => {
    const columns = new ColumnIndex();
    columns.add(0, boxShape(0, 0, 3, 4, 4, 0.2).faces);
    columns.add(1, joined(boxShape(0, 0, 0, 4, 4, 1), boxShape(4, 0, 0, 4, 4, 2)).faces);
    const pitched = boxShape(0, 0, 0, 4, 4, 1).faces.map(({ outer }) => ({
      outer: outer.map(([x, y, z]) => [x, y, z + x / 2] as const),
      holes: [],
    }));
    columns.add(2, pitched);
    expect(columns.plateOf(0)).toEqual([3, 3.2]);
    expect([1, 2, 3].map((owner) => columns.plateOf(owner))).toEqual([undefined, undefined, undefined]);
  });

  it('meets at every point what stands over or under it, whatever squares its faces cross', () => {
    const turned = (shape: ReturnType<typeof boxShape>, angle: number): readonly Face[] =>
      shape.faces.map(({ outer, holes }) => ({
        outer: outer.map(
          ([x, y, z]): Vec3 => [
            x * Math.cos(angle) - y * Math.sin(angle),
            x * Math.sin(angle) + y * Math.cos(angle),
            z,
          ],
        ),
        holes,
      }));
    const solids = [
      turned(boxShape(0.3, 0.2, 3, 7, 5, 0.2), 0),
      turned(boxShape(2, 1, 0, 4, 3, 2), 0.4),
      turned(boxShape(-3, 2, 5, 30, 1.5, 0.5), -0.9),
    ];
    const plans = solids.map((faces) => [(faces[1]?.outer ?? []).map(([x, y]) => [x, y] as const)]);
    const columns = new ColumnIndex();
    for (const [owner, faces] of solids.entries()) columns.add(owner, faces);
    let met = 0;
    for (let x = -6.97; x < 12; x += 0.23)
      for (let y = -9.99; y < 9; y += 0.31) {
        const wanted = plans.flatMap((plan, owner) => (regionHolds(plan, x, y) ? [owner] : []));
        const found = columns.at(x, y).map(({ owner }) => owner);
        expect(
          found.toSorted((a, b) => a - b),
          `${x} ${y}`,
        ).toEqual(wanted);
        met += found.length;
      }
    expect(met).toBeGreaterThan(1000);
  });

  it('forgets the squares asked about long ago, so that a site of kilometres does not fill the memory', () => {
    const columns = new ColumnIndex();
    columns.add(0, boxShape(0, 0, 0, 400, 400, 1).faces);
    const first = columns.at(1.5, 1.5);
    expect(columns.at(1.6, 1.6)).toBe(first);
    for (let x = 0; x < 300; x++) for (let y = 0; y < 300; y++) columns.at(x + 0.5, y + 0.5);
    expect(columns.at(1.5, 1.5)).not.toBe(first);
    expect(columns.at(1.5, 1.5)).toEqual(first);
  });
});

import { describe, expect, it } from 'vitest';
import { ColumnIndex } from '../../src/create/geometry/columns.ts';
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

  it('takes for a plate what lies between two level faces, not steps nor slopes', () => {
    const columns = new ColumnIndex();
    columns.add(0, boxShape(0, 0, 3, 4, 4, 0.2).faces);
    columns.add(1, joined(boxShape(0, 0, 0, 4, 4, 1), boxShape(4, 0, 0, 4, 4, 2)).faces);
    const pitched = boxShape(0, 0, 0, 4, 4, 1).faces.map(({ outer }) => ({
      outer: outer.map(([x, y, z]) => [x, y, z + x / 2] as const),
      holes: [],
    }));
    columns.add(2, pitched);
    expect([0, 1, 2, 3].map((owner) => columns.isPlate(owner))).toEqual([true, false, false, false]);
  });
});

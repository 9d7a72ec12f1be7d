/** A face as the API gives it: rings of x, y, z, filled by the even-odd rule. */
export type Face = readonly (readonly number[])[];

type Point = readonly [x: number, y: number, z: number];
type Edge = { readonly from: Point; readonly to: Point };

const cornersOf = (ring: readonly number[]): Point[] =>
  Array.from({ length: Math.floor(ring.length / 3) }, (_, i) => [
    ring[3 * i] ?? 0,
    ring[3 * i + 1] ?? 0,
    ring[3 * i + 2] ?? 0,
  ]);

const edgesOf = (face: Face): Edge[] =>
  face.flatMap((ring) => {
    const corners = cornersOf(ring);
    return corners.map((from, i) => ({ from, to: corners[(i + 1) % corners.length] ?? from }));
  });

/** The vector whose length is twice the area of a face (Newell), along its normal. */
export const areaVector = (face: Face): Point => {
  let [x, y, z] = [0, 0, 0];
  for (const { from: a, to: b } of edgesOf(face)) {
    x += (a[1] - b[1]) * (a[2] + b[2]);
    y += (a[2] - b[2]) * (a[0] + b[0]);
    z += (a[0] - b[0]) * (a[1] + b[1]);
  }
  return [x, y, z];
};

/** The two axes that a face is widest along. */
const axesOf = (face: Face): readonly [0 | 1 | 2, 0 | 1 | 2] => {
  const [x, y, z] = areaVector(face).map(Math.abs) as [number, number, number];
  if (z >= x && z >= y) return [0, 1];
  return x >= y ? [1, 2] : [0, 2];
};

/**
 * A face cut into triangles, nine numbers each, the corners in the face's own plane: strips between neighbouring corners,
 * each filled where an odd number of edges lies below. Holes and touching rings need no care.
 */
export const trianglesOf = (face: Face): number[] => {
  if (Math.hypot(...areaVector(face)) === 0) return [];
  const [across, up] = axesOf(face);
  const edges = edgesOf(face)
    .map(({ from, to }) => (from[across] <= to[across] ? { from, to } : { from: to, to: from }))
    .filter(({ from, to }) => to[across] > from[across]);
  const limits = [...new Set(edges.flatMap(({ from, to }) => [from[across], to[across]]))].toSorted(
    (a, b) => a - b,
  );
  const pointAt = ({ from, to }: Edge, at: number): Point => {
    const share = (at - from[across]) / (to[across] - from[across]);
    return [0, 1, 2].map((axis) => {
      const [a, b] = [from[axis as 0 | 1 | 2], to[axis as 0 | 1 | 2]];
      return a + (b - a) * share;
    }) as unknown as Point;
  };
  const found: number[] = [];
  for (let i = 0; i + 1 < limits.length; i++) {
    const [start, end] = [limits[i], limits[i + 1]];
    const middle = (start + end) / 2;
    const crossing = edges
      .filter(({ from, to }) => from[across] < middle && to[across] > middle)
      .map((edge) => ({ edge, height: pointAt(edge, middle)[up] }))
      .toSorted((a, b) => a.height - b.height);
    for (let k = 0; k + 1 < crossing.length; k += 2) {
      const [low, high] = [crossing[k]?.edge, crossing[k + 1]?.edge];
      if (low === undefined || high === undefined) continue;
      const [a, b] = [pointAt(low, start), pointAt(low, end)];
      const [c, d] = [pointAt(high, end), pointAt(high, start)];
      found.push(...a, ...b, ...c, ...a, ...c, ...d);
    }
  }
  return found;
};

/** The edges of a face, six numbers each. */
export const linesOf = (face: Face): number[] => edgesOf(face).flatMap(({ from, to }) => [...from, ...to]);

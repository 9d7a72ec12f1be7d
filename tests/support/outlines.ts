type Face = readonly (readonly number[])[];

/** Area of faces of rings, holes taken away, m2: Newell's vector of each ring, summed. */
export const areaOfFaces = (faces: readonly Face[], unitM: number): number =>
  faces.reduce((total, face) => {
    const sum = [0, 0, 0];
    for (const ring of face)
      for (let i = 0; i < ring.length; i += 3) {
        const k = (i + 3) % ring.length;
        const [a, b] = [ring.slice(i, i + 3), ring.slice(k, k + 3)] as [number[], number[]];
        for (const axis of [0, 1, 2]) {
          const [p, q] = [(axis + 1) % 3, (axis + 2) % 3];
          sum[axis] = (sum[axis] ?? 0) + (a[p] ?? 0) * (b[q] ?? 0) - (a[q] ?? 0) * (b[p] ?? 0);
        }
      }
    return total + (unitM * unitM * Math.hypot(...sum)) / 2;
  }, 0);

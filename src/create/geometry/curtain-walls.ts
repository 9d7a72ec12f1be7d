import type { BuildingModel, Face, SourceElement, Vec3 } from '#core/building-model.ts';
import {
  boxOfFaces,
  faceAreaVector,
  planeFrame,
  toPlane,
  fromPlane,
  dot,
  unit,
  add,
  scale,
} from '#core/geometry/index.ts';

const MIN_THICKNESS_M = 0.05;

/** Main horizontal direction of a set of faces: the normal of the plane most of their area lies in. */
export const mainNormal = (faces: readonly Face[]): Vec3 | undefined => {
  let sine = 0;
  let cosine = 0;
  for (const face of faces) {
    const [x, y] = faceAreaVector(face);
    const size = Math.hypot(x, y);
    if (size < 1e-9) continue;
    const doubled = 2 * Math.atan2(y, x);
    sine += size * Math.sin(doubled);
    cosine += size * Math.cos(doubled);
  }
  return unit([Math.cos(Math.atan2(sine, cosine) / 2), Math.sin(Math.atan2(sine, cosine) / 2), 0]);
};

/** The slab that just holds the faces, square to `normal` and standing upright. */
const uprightBox = (faces: readonly Face[], normal: Vec3): Face[] => {
  const frame = planeFrame([0, 0, 0], normal);
  let [u0, u1, v0, v1, w0, w1] = [Infinity, -Infinity, Infinity, -Infinity, Infinity, -Infinity];
  for (const face of faces)
    for (const p of face.outer) {
      const [u, v] = toPlane(frame, p);
      const w = dot(normal, p);
      u0 = Math.min(u0, u);
      u1 = Math.max(u1, u);
      v0 = Math.min(v0, v);
      v1 = Math.max(v1, v);
      w0 = Math.min(w0, w);
      w1 = Math.max(w1, w);
    }
  const pad = Math.max(0, MIN_THICKNESS_M - (w1 - w0)) / 2;
  const at = (u: number, v: number, w: number): Vec3 => add(fromPlane(frame, [u, v]), scale(normal, w));
  const [near, far] = [w0 - pad, w1 + pad];
  const front = [at(u0, v0, far), at(u1, v0, far), at(u1, v1, far), at(u0, v1, far)] as const;
  const back = [at(u0, v0, near), at(u1, v0, near), at(u1, v1, near), at(u0, v1, near)] as const;
  const faceOf = (...outer: Vec3[]): Face => ({ outer, holes: [] });
  return [
    faceOf(...front),
    faceOf(...back.toReversed()),
    ...[0, 1, 2, 3].map((i) => {
      const j = (i + 1) % 4;
      return faceOf(back[i], back[j], front[j], front[i]);
    }),
  ];
};

/**
 * Curtain walls have no body of their own: one upright slab around the plates and mullions of each stands in for
 * it, keyed by the curtain wall's id. Parts whose normals disagree make a bent facade and stay apart.
 */
export const curtainWallFaces = (model: BuildingModel): ReadonlyMap<string, readonly Face[]> => {
  const parts = new Map<string, SourceElement[]>();
  for (const element of model.elements)
    if (element.partOf !== undefined && element.shape !== undefined) {
      const list = parts.get(element.partOf);
      if (list === undefined) parts.set(element.partOf, [element]);
      else list.push(element);
    }
  const found = new Map<string, readonly Face[]>();
  for (const element of model.elements) {
    if (element.kind !== 'curtain-wall') continue;
    const own = element.shape?.faces ?? [];
    const faces = [...own, ...(parts.get(element.globalId) ?? []).flatMap((part) => part.shape?.faces ?? [])];
    const normal = mainNormal(faces);
    if (faces.length === 0 || normal === undefined || boxOfFaces(faces) === undefined) continue;
    found.set(element.globalId, uprightBox(faces, normal));
  }
  return found;
};

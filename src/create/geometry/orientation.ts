import type { Vec3 } from '#core/building-model.ts';
import type { ThermalElement, ThermalGeometry } from '../types.ts';

/** Degrees clockwise from true north of a normal; 0 for one that looks straight up or down. */
export const azimuthOf = (normal: Vec3, northDeg: number): number => {
  if (Math.hypot(normal[0], normal[1]) < 1e-6) return 0;
  const plan = (Math.atan2(normal[0], normal[1]) * 180) / Math.PI;
  return (Math.round(10 * ((((plan + northDeg) % 360) + 360) % 360)) / 10) % 360;
};

/** 0 faces up, 90 is vertical, 180 faces down. */
export const tiltOf = (normal: Vec3): number =>
  Math.round((10 * (Math.acos(Math.max(-1, Math.min(1, normal[2]))) * 180)) / Math.PI) / 10;

const SAME_AZIMUTH_DEG = 10;
const apart = (a: number, b: number): number => Math.abs(((a - b + 540) % 360) - 180);

type Sums = { wallGrossM2: number; wallNetM2: number; windowM2: number; doorM2: number };

/** Upright parts of the envelope towards the outside, gathered by azimuth; nearer than 10 degrees is one facade. */
export const byOrientation = (elements: readonly ThermalElement[]): ThermalGeometry['byOrientation'] => {
  const upright = elements.filter(
    (one) => one.exposure === 'exterior' && one.tiltDeg > 45 && one.tiltDeg < 135,
  );
  const groups: ({ azimuthDeg: number } & Sums)[] = [];
  for (const one of upright.toSorted((a, b) => b.areaGrossM2 - a.areaGrossM2)) {
    const sums: Sums = { wallGrossM2: 0, wallNetM2: 0, windowM2: 0, doorM2: 0 };
    if (one.kind === 'wall') {
      sums.wallGrossM2 = one.areaGrossM2;
      sums.wallNetM2 = one.areaNetM2;
    } else if (one.kind === 'window') sums.windowM2 = one.areaNetM2;
    else if (one.kind === 'door') sums.doorM2 = one.areaNetM2;
    else continue;
    const group = groups.find((known) => apart(known.azimuthDeg, one.azimuthDeg) <= SAME_AZIMUTH_DEG);
    if (group === undefined) {
      groups.push({ azimuthDeg: one.azimuthDeg, ...sums });
      continue;
    }
    group.wallGrossM2 += sums.wallGrossM2;
    group.wallNetM2 += sums.wallNetM2;
    group.windowM2 += sums.windowM2;
    group.doorM2 += sums.doorM2;
  }
  return groups.toSorted((a, b) => a.azimuthDeg - b.azimuthDeg);
};

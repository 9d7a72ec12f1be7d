import type { Box3 } from '#core/geometry/index.ts';

/** Height above a storey's base at which its plan is cut: above skirtings and thresholds, below window sills. */
const SLICE_ABOVE_BASE_M = 0.45;
const MERGE_M = 0.8;
const MIN_SHARE = 0.04;
const MAX_LEVELS = 80;

export type Level = { readonly base: number; readonly slice: number };

/**
 * Storey bases found from where walls and rooms stand, weighted by their length; bases closer than 0.8 m are one
 * level, cut above the heaviest. Stated storey elevations are not used: files place them in other frames.
 */
export const levelsOf = (standing: readonly { readonly box: Box3; readonly weight: number }[]): Level[] => {
  const ordered = standing.toSorted((a, b) => a.box.min[2] - b.box.min[2]);
  const groups: { start: number; items: { z: number; weight: number }[] }[] = [];
  for (const { box, weight } of ordered) {
    const z = box.min[2];
    const last = groups.at(-1);
    if (last !== undefined && z - last.start < MERGE_M) last.items.push({ z, weight });
    else groups.push({ start: z, items: [{ z, weight }] });
  }
  const weighed = groups.map((group) => {
    const weight = group.items.reduce((sum, one) => sum + one.weight, 0);
    const byBase = new Map<number, number>();
    for (const one of group.items) {
      const key = Math.round(one.z * 20) / 20;
      byBase.set(key, (byBase.get(key) ?? 0) + one.weight);
    }
    const heaviest = [...byBase].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? group.start;
    return { base: heaviest, weight };
  });
  const most = Math.max(0, ...weighed.map((one) => one.weight));
  return weighed
    .filter((one) => one.weight >= MIN_SHARE * most)
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, MAX_LEVELS)
    .toSorted((a, b) => a.base - b.base)
    .map(({ base }) => ({ base, slice: base + SLICE_ABOVE_BASE_M }));
};

import { solveInPlace } from '../../statistics/index.ts';
import type { HourFeatures } from './features.ts';

/** Writes the columns of an hour and returns its slot in the profile. */
export type RowWriter = (features: HourFeatures, i: number, out: Float64Array) => number;

export type Design = {
  readonly slots: number;
  /** Ridge penalties, one a column; the same for occupied and other hours. */
  readonly penalties: readonly number[];
  readonly write: RowWriter;
};

/** Profile levels, then coefficients of the hours that are not occupied and of those that are. */
type AbsorbedFit = { readonly profile: number[]; readonly coefficients: number[] };

/**
 * Sums by slot of the profile and fold of a cross-validation: count, Σy, Σx, Σxy and the lower triangle of Σxxᵀ. Any model that
 * leaves folds out is solved from them without going back to the hours.
 */
export class SlotSums {
  readonly design: Design;
  readonly folds: number;
  readonly stride: number;
  readonly values: Float64Array;

  /** `foldOf` gives the fold of an hour, 0 to `folds` − 1. */
  constructor(
    features: HourFeatures,
    mask: Uint8Array,
    design: Design,
    folds: number,
    foldOf: (i: number) => number,
  ) {
    const width = design.penalties.length;
    this.design = design;
    this.folds = folds;
    this.stride = 2 + 2 * width + (width * (width + 1)) / 2;
    const values = new Float64Array(design.slots * folds * this.stride);
    const row = new Float64Array(width);
    const { energyKwh, hours } = features;
    for (let i = 0; i < hours; i++) {
      if (mask[i] !== 1) continue;
      const slot = design.write(features, i, row);
      const y = energyKwh[i];
      let at = (slot * folds + foldOf(i)) * this.stride;
      values[at++] += 1;
      values[at++] += y;
      for (let a = 0; a < width; a++) values[at + a] += row[a];
      at += width;
      for (let a = 0; a < width; a++) values[at + a] += row[a] * y;
      at += width;
      for (let a = 0; a < width; a++) {
        const xa = row[a];
        if (xa !== 0) for (let b = 0; b <= a; b++) values[at + b] += xa * row[b];
        at += a + 1;
      }
    }
    this.values = values;
  }

  /** The sums of a slot over all folds but `without`, added into `out`. */
  slot(slot: number, without: number, out: Float64Array): void {
    out.fill(0);
    for (let fold = 0; fold < this.folds; fold++) {
      if (fold === without) continue;
      const from = (slot * this.folds + fold) * this.stride;
      if (this.values[from] === 0) continue;
      for (let k = 0; k < this.stride; k++) out[k] += this.values[from + k];
    }
  }
}

type Reduced = {
  readonly slotHours: Float64Array;
  readonly slotMeans: Float64Array;
  readonly slotY: Float64Array;
  /** Normal equations of each state of occupancy with the profile taken out, penalties added. */
  readonly systems: readonly [Float64Array, Float64Array];
  readonly rights: readonly [Float64Array, Float64Array];
};

/**
 * The profile (one level a slot) is taken out of the normal equations by its slot means (Frisch & Waugh 1933), so 168 levels
 * cost no more than their means. A slot is occupied or not, so the columns of the two states never meet.
 */
const reduce = (sums: SlotSums, occupied: readonly number[], without: number): Reduced => {
  const { slots, penalties } = sums.design;
  const width = penalties.length;
  const slotHours = new Float64Array(slots);
  const slotMeans = new Float64Array(slots * width);
  const slotY = new Float64Array(slots);
  const systems = [new Float64Array(width * width), new Float64Array(width * width)] as const;
  const rights = [new Float64Array(width), new Float64Array(width)] as const;
  const one = new Float64Array(sums.stride);
  for (let slot = 0; slot < slots; slot++) {
    sums.slot(slot, without, one);
    const n = one[0];
    if (n === 0) continue;
    const y = one[1];
    slotHours[slot] = n;
    slotY[slot] = y / n;
    const state = occupied[slot] === 1 ? 1 : 0;
    const [system, right] = [systems[state], rights[state]];
    let at = 2 + 2 * width;
    for (let a = 0; a < width; a++) {
      const sum = one[2 + a];
      slotMeans[slot * width + a] = sum / n;
      right[a] += one[2 + width + a] - (sum * y) / n;
      for (let b = 0; b <= a; b++) system[a * width + b] += one[at++] - (sum * one[2 + b]) / n;
    }
  }
  for (const system of systems) for (let a = 0; a < width; a++) system[a * width + a] += penalties[a];
  return { slotHours, slotMeans, slotY, systems, rights };
};

/**
 * Least squares (ridge where a penalty is not zero) of a profile and columns, leaving out fold `without` (none when negative).
 * Undefined when the columns do not determine the coefficients. An hour of the week never seen takes the mean level of all.
 */
export const solveAbsorbed = (
  sums: SlotSums,
  occupied: readonly number[],
  without: number,
): AbsorbedFit | undefined => {
  const width = sums.design.penalties.length;
  const { slotHours, slotMeans, slotY, systems, rights } = reduce(sums, occupied, without);
  if (width > 0)
    for (const state of [0, 1] as const)
      if (!solveInPlace(systems[state], rights[state], width)) return undefined;
  let [total, hours] = [0, 0];
  const profile = Array.from(slotHours, (n, slot) => {
    const right = rights[occupied[slot] === 1 ? 1 : 0];
    let level = slotY[slot];
    for (let a = 0; a < width; a++) level -= slotMeans[slot * width + a] * right[a];
    total += n * level;
    hours += n;
    return level;
  });
  if (hours === 0) return undefined;
  return {
    profile: profile.map((level, slot) => (slotHours[slot] === 0 ? total / hours : level)),
    coefficients: [...rights[0], ...rights[1]],
  };
};

/** What the spread of a sum of hours needs of the same fit, before s²·memory: one inverse for each state of occupancy. */
export const absorbedCovariance = (
  sums: SlotSums,
  occupied: readonly number[],
): { readonly slotHours: number[]; readonly slotMeans: number[]; readonly inverse: number[] } => {
  const width = sums.design.penalties.length;
  const { slotHours, slotMeans, systems } = reduce(sums, occupied, -1);
  const inverse = systems.flatMap((system) =>
    Array.from({ length: width }, (_, a) => {
      const unit = new Float64Array(width);
      unit[a] = 1;
      if (!solveInPlace(system.slice(), unit, width)) throw new Error('A fitted model has a covariance');
      return Array.from(unit);
    }).flat(),
  );
  return { slotHours: Array.from(slotHours), slotMeans: Array.from(slotMeans), inverse };
};

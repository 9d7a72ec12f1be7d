import { absorbedCovariance, type Design, type RowWriter, SlotSums, solveAbsorbed } from './absorbed.ts';
import type { HourlyCandidate, HourlyKind, HourlyModel } from './candidate.ts';
import { type HourFeatures, WEEK_HOURS } from './features.ts';
import { findOccupied, temperatureKnots } from './occupancy.ts';

type LinearSpec = {
  readonly kind: HourlyKind;
  readonly minimumHours: number;
  readonly slots: number;
  readonly needsTemperature: boolean;
  readonly usesKnots?: boolean;
  readonly penalties: (knotsC: readonly number[]) => readonly number[];
  readonly writer: (knotsC: readonly number[]) => RowWriter;
};

const neverNegative = ({ energyKwh, hours }: HourFeatures, mask: Uint8Array): boolean => {
  for (let i = 0; i < hours; i++) if (mask[i] === 1 && energyKwh[i] < 0) return false;
  return true;
};

const linearCandidate = (spec: LinearSpec): HourlyCandidate => {
  // A writer is made once a model: predictions ask for it hour by hour.
  const writers = new WeakMap<HourlyModel, { readonly write: RowWriter; readonly row: Float64Array }>();
  const writerOf = (model: HourlyModel): { readonly write: RowWriter; readonly row: Float64Array } => {
    let made = writers.get(model);
    if (made === undefined) {
      made = { write: spec.writer(model.knotsC), row: new Float64Array(model.coefficients.length / 2) };
      writers.set(model, made);
    }
    return made;
  };
  const designOf = (knotsC: readonly number[]): Design => ({
    slots: spec.slots,
    penalties: spec.penalties(knotsC),
    write: spec.writer(knotsC),
  });
  const knotsOf = (features: HourFeatures, mask: Uint8Array): number[] =>
    spec.usesKnots === true ? temperatureKnots(features, mask) : [];
  const occupiedOf = (features: HourFeatures, mask: Uint8Array): number[] =>
    spec.needsTemperature ? findOccupied(features, mask) : [];
  return {
    kind: spec.kind,
    minimumHours: spec.minimumHours,
    needsTemperature: spec.needsTemperature,
    parameters: (model) => model.profile.length + model.coefficients.length,
    fit: (features, mask) => {
      const knotsC = knotsOf(features, mask);
      const occupied = occupiedOf(features, mask);
      const sums = new SlotSums(features, mask, designOf(knotsC), 1, () => 0);
      const fitted = solveAbsorbed(sums, occupied, -1);
      const nonNegative = neverNegative(features, mask);
      return fitted && { kind: spec.kind, nonNegative, ...fitted, knotsC, occupied };
    },
    fitFolds: (features, mask, folds, foldOf) => {
      // The knots are cut from the temperatures of all hours: they never look at the energy that is held out.
      const knotsC = knotsOf(features, mask);
      const sums = new SlotSums(features, mask, designOf(knotsC), folds, (i) => foldOf[i]);
      const models: HourlyModel[] = [];
      const nonNegative = neverNegative(features, mask);
      for (let fold = 0; fold < folds; fold++) {
        const occupied = spec.needsTemperature
          ? occupiedOf(
              features,
              mask.map((flag, i) => (foldOf[i] === fold ? 0 : flag)),
            )
          : [];
        const fitted = solveAbsorbed(sums, occupied, fold);
        if (fitted === undefined) return undefined;
        models.push({ kind: spec.kind, nonNegative, ...fitted, knotsC, occupied });
      }
      return models;
    },
    predict: (model, features, i) => {
      if (spec.needsTemperature && !Number.isFinite(features.outdoorC[i])) return Number.NaN;
      const { write, row } = writerOf(model);
      const slot = write(features, i, row);
      let value = model.profile[slot];
      const { coefficients } = model;
      const from = model.occupied[slot] === 1 ? row.length : 0;
      for (let a = 0; a < row.length; a++) value += coefficients[from + a] * row[a];
      return model.nonNegative && value < 0 ? 0 : value;
    },
    row: (model, features, i, out) => writerOf(model).write(features, i, out),
    covariance: ({ knotsC, occupied }, features, mask) =>
      absorbedCovariance(new SlotSums(features, mask, designOf(knotsC), 1, () => 0), occupied),
  };
};

/** Fills the lengths of `t` between the knots: their slopes are those of each segment. */
const writeSegments = (t: number, knots: readonly number[], out: Float64Array): void => {
  const last = knots.length;
  out[0] = last === 0 ? t : Math.min(t, knots[0]);
  for (let k = 1; k <= last; k++) {
    const over = t - knots[k - 1];
    const width = k < last ? knots[k] - knots[k - 1] : Number.POSITIVE_INFINITY;
    out[k] = over <= 0 ? 0 : Math.min(over, width);
  }
};

export const hourlyMean = linearCandidate({
  kind: 'hourly-mean',
  minimumHours: 24,
  slots: 1,
  needsTemperature: false,
  penalties: () => [],
  writer: () => () => 0,
});

/** One level for each hour of a working day and of a day off. */
export const hourlyWorkingProfile = linearCandidate({
  kind: 'hourly-working-profile',
  minimumHours: 14 * 24,
  slots: 48,
  needsTemperature: false,
  penalties: () => [],
  writer: () => (features, i) => features.nonWorking[i] * 24 + features.localHour[i],
});

/** One level for each of the 168 hours of the week. */
export const hourlyWeekProfile = linearCandidate({
  kind: 'hourly-week-profile',
  minimumHours: 4 * WEEK_HOURS,
  slots: WEEK_HOURS,
  needsTemperature: false,
  penalties: () => [],
  writer: () => (features, i) => features.hourOfWeek[i],
});

/** A grain of ridge, in K²·h: what a segment never visited while occupied (or not) needs to have a slope of zero. */
const GRAIN = 1e-3;

/**
 * Time of week and temperature (Mathieu, Price, Kiliccote & Piette 2011, IEEE Trans. Smart Grid 2): a level for each hour of the
 * week, and a piecewise linear effect of outdoor temperature, one for occupied hours and one for the others.
 */
export const towt = linearCandidate({
  kind: 'towt',
  minimumHours: 90 * 24,
  slots: WEEK_HOURS,
  needsTemperature: true,
  usesKnots: true,
  penalties: (knotsC) => [...knotsC, 0].map(() => GRAIN),
  writer: (knotsC) => (features, i, out) => {
    writeSegments(features.outdoorC[i], knotsC, out);
    return features.hourOfWeek[i];
  },
});

const below = (t: number, knot: number): number => (t < knot ? (knot - t) / 8 : 0);
const above = (t: number, knot: number): number => (t > knot ? (t - knot) / 8 : 0);

const writeInertia = (features: HourFeatures, i: number, out: Float64Array): void => {
  const t = features.outdoorC[i];
  const day = features.smooth24C[i];
  const heat = below(day, 15);
  const cool = above(day, 16);
  out[0] = heat;
  out[1] = below(day, 9);
  out[2] = below(t, 15) - heat;
  out[3] = below(features.smooth6C[i], 15) - heat;
  out[4] = below(features.smooth72C[i], 15) - heat;
  out[5] = cool;
  out[6] = above(day, 20);
  out[7] = above(t, 16) - cool;
  out[8] = above(features.smooth72C[i], 16) - cool;
  out[9] = features.smoothGhiWm2[i] / 200;
  out[10] = features.ghiWm2[i] / 200;
  out[11] = features.christmas[i];
  out[12] = features.christmas[i] * heat;
};

/** For a year of hours; year-ahead error is flat from a third of them to three times them. */
const inertiaPenalties = [1, 100, 100, 100, 100, 1, 100, 100, 100, 100, 100, 30, 100];

/**
 * Time of week with inertia: temperatures smoothed over 6 hours to 3 days (mass), sun (light and gains) and Christmas, each for
 * occupied hours and for the others, in one ridge solve. A yearly wave was tried and left out: it lowers the error inside the
 * year of the fit and raises it in the next (111 pairs of years of 21 electricity meters: docs/validation.md).
 */
export const towtInertia = linearCandidate({
  kind: 'towt-inertia',
  minimumHours: 180 * 24,
  slots: WEEK_HOURS,
  needsTemperature: true,
  penalties: () => inertiaPenalties,
  writer: () => (features, i, out) => {
    writeInertia(features, i, out);
    return features.hourOfWeek[i];
  },
});

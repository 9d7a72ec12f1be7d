import { solveInPlace } from '../../statistics/index.ts';
import { type HourFeatures, WEEK_HOURS } from './features.ts';

/** Degree-hours of the first look: 50 and 65 °F, the bases of Mathieu et al. 2011 and of CalTRACK, °C. */
const HEATING_BASE_C = 10;
const COOLING_BASE_C = 18.33;
/** Share of an hour of the week's residuals above zero from which it is called occupied. */
const OCCUPIED_SHARE = 0.65;

const noneOccupied = (): number[] => Array.from({ length: WEEK_HOURS }, () => 0);

/**
 * Which of the 168 hours of the week are occupied (Mathieu et al. 2011, as CalTRACK does it): those whose load is mostly above what
 * temperature alone would give. 1 or 0 each; all zero when fewer than three stand out.
 */
export const findOccupied = (features: HourFeatures, mask: Uint8Array): number[] => {
  const { energyKwh, outdoorC, hourOfWeek, hours } = features;
  const gram = new Float64Array(9);
  const right = new Float64Array(3);
  let n = 0;
  for (let i = 0; i < hours; i++) {
    if (mask[i] !== 1) continue;
    const t = outdoorC[i];
    const h = t < HEATING_BASE_C ? HEATING_BASE_C - t : 0;
    const c = t > COOLING_BASE_C ? t - COOLING_BASE_C : 0;
    const y = energyKwh[i];
    n++;
    gram[3] += h;
    gram[4] += h * h;
    gram[6] += c;
    gram[7] += h * c;
    gram[8] += c * c;
    right[0] += y;
    right[1] += h * y;
    right[2] += c * y;
  }
  gram[0] = n;
  // A place that never heats or never cools has an empty column; a grain on the diagonal gives it a zero slope.
  gram[4] += 1e-6;
  gram[8] += 1e-6;
  if (!solveInPlace(gram, right, 3)) return noneOccupied();
  const above = new Float64Array(WEEK_HOURS);
  const seen = new Float64Array(WEEK_HOURS);
  for (let i = 0; i < hours; i++) {
    if (mask[i] !== 1) continue;
    const t = outdoorC[i];
    const h = t < HEATING_BASE_C ? HEATING_BASE_C - t : 0;
    const c = t > COOLING_BASE_C ? t - COOLING_BASE_C : 0;
    const slot = hourOfWeek[i];
    seen[slot]++;
    if (energyKwh[i] > right[0] + right[1] * h + right[2] * c) above[slot]++;
  }
  const occupied = Array.from(above, (count, slot) => (count > OCCUPIED_SHARE * seen[slot] ? 1 : 0));
  return occupied.filter((flag) => flag === 1).length > 2 ? occupied : noneOccupied();
};

const SEGMENTS = 6;
/** Hours beyond a knot below which the knot is dropped. */
const KNOT_HOURS = 20;

/**
 * Inner knots that cut the temperatures of the chosen hours into six segments of equal count (LBNL RMV2.0); a knot with fewer than
 * 20 hours beyond it, or equal to its neighbour, is dropped.
 */
export const temperatureKnots = (features: HourFeatures, mask: Uint8Array): number[] => {
  const sorted = features.outdoorC.filter((value, i) => mask[i] === 1 && Number.isFinite(value)).sort();
  const n = sorted.length;
  const knots: number[] = [];
  for (let k = 1; k < SEGMENTS; k++) {
    const at = Math.floor((n * k) / SEGMENTS) - 1;
    if (at < KNOT_HOURS || n - at <= KNOT_HOURS) continue;
    const knot = sorted[at];
    if (knots.length === 0 || knot > knots[knots.length - 1] + 0.1) knots.push(knot);
  }
  return knots;
};

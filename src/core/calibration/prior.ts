import { type Quantity, Z90 } from '../quantity.ts';
import { type LossGroup, lossGroups, type Twin } from '../twin.ts';
import { normalCdf, normalQuantile } from '../random.ts';
import type { LogNormal, Prior } from './types.ts';

/** z of the two-sided interval a quantity states. */
const zOf = (quantity: Quantity): number =>
  quantity.level === 0.9 ? Z90 : normalQuantile(0.5 + quantity.level / 2);

/** The log-normal with the quantity's value as median and its interval's width; the upper half alone when it reaches 0. */
export const logNormalOf = (quantity: Quantity): LogNormal => {
  const { value, low, high } = quantity;
  if (!(value > 0)) return { median: 0, sigma: 0 };
  const z = zOf(quantity);
  const sigma = low > 0 ? Math.log(high / low) / (2 * z) : Math.log(Math.max(high, value) / value) / z;
  return { median: value, sigma: Number.isFinite(sigma) ? Math.max(0, sigma) : 0 };
};

const absent: LogNormal = { median: 0, sigma: 0 };

/** Reads the twin's quantities as the prior of its calibration (DESIGN section 4): plain values, no draw yet. */
export const priorFromTwin = (twin: Twin): Prior => {
  const h = Object.fromEntries(lossGroups.map((group) => [group, absent])) as Record<LossGroup, LogNormal>;
  for (const loss of twin.losses) h[loss.group] = logNormalOf(loss.h);
  return {
    schema: 'stacoptim.prior/1',
    h,
    setPointC: {
      mean: twin.setPointC.value,
      sd: (twin.setPointC.high - twin.setPointC.low) / (2 * zOf(twin.setPointC)),
    },
    gainsW: logNormalOf(twin.internalGainsW),
    solarApertureM2: logNormalOf(twin.solarApertureM2),
    efficiency: logNormalOf(twin.system.efficiency),
    heatedShare: logNormalOf(twin.heatedShare),
    baseLoadKwhDay: logNormalOf(twin.baseLoadKwhDay),
    capacityJK: logNormalOf(twin.capacityJK),
  };
};

/** Indices of the standard normals behind a draw: the loss groups first. */
export const Z = {
  setPoint: 7,
  gains: 8,
  aperture: 9,
  efficiency: 10,
  share: 11,
  base: 12,
  capacity: 13,
} as const;
export const dimensions = 14;

/** One draw in its own units from standard normals; written into `target` in the order of `Z`. */
export type Transform = (z: Float64Array, offset: number, target: Float64Array) => void;

/**
 * The map from standard normals to draws of the prior (DESIGN section 4): log-normal quantities as
 * median·exp(sigma·z), the set point normal, °C. The heated share's normal is cut where the share would pass
 * 1, so that no draw heats more than the building.
 */
export const transformOf = (prior: Prior): Transform => {
  const logNormals: readonly LogNormal[] = [
    ...lossGroups.map((group) => prior.h[group]),
    absent,
    prior.gainsW,
    prior.solarApertureM2,
    prior.efficiency,
    prior.heatedShare,
    prior.baseLoadKwhDay,
    prior.capacityJK,
  ];
  const medians = Float64Array.from(logNormals, ({ median }) => median);
  const sigmas = Float64Array.from(logNormals, ({ sigma }) => sigma);
  const { mean, sd } = prior.setPointC;
  const share = prior.heatedShare;
  const shareCut = share.sigma > 0 ? normalCdf(-Math.log(share.median) / share.sigma) : 1;
  return (z, offset, target) => {
    for (let k = 0; k < dimensions; k += 1) {
      const median = medians[k];
      const sigma = sigmas[k];
      target[k] = sigma > 0 ? median * Math.exp(sigma * z[offset + k]) : median;
    }
    target[Z.setPoint] = mean + sd * z[offset + Z.setPoint];
    if (share.sigma > 0) {
      const cut = normalQuantile(normalCdf(z[offset + Z.share]) * shareCut);
      target[Z.share] = Math.min(1, share.median * Math.exp(share.sigma * Math.max(cut, -8)));
    } else target[Z.share] = Math.min(1, share.median);
  };
};

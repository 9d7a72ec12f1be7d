import type { Message, Warning } from '../message.ts';
import type { LossGroup } from '../twin.ts';

/** A positive figure: its logarithm is normal around ln(median). A median of 0 means absent. */
export type LogNormal = { readonly median: number; readonly sigma: number };

/** What the envelope says before any meter. Units in the names of `Posterior`'s arrays. */
export type Prior = {
  readonly schema: 'stacoptim.prior/1';
  readonly h: Readonly<Record<LossGroup, LogNormal>>;
  readonly setPointC: { readonly mean: number; readonly sd: number };
  readonly gainsW: LogNormal;
  readonly solarApertureM2: LogNormal;
  readonly efficiency: LogNormal;
  /** Cut at 1: no more than the whole building is heated. */
  readonly heatedShare: LogNormal;
  readonly baseLoadKwhDay: LogNormal;
  readonly capacityJK: LogNormal;
};

/** `prior`: no meter. `importance`: weighted draws around the mode. `adaptive`: the proposal was relearnt. `laplace`: normal approximation kept. */
export type CalibrationMethod = 'prior' | 'importance' | 'adaptive' | 'laplace';

/** The calibrated twin: equally likely draws, index i of every array belongs together. */
export type Posterior = {
  readonly schema: 'stacoptim.posterior/1';
  readonly draws: number;
  readonly seed: number;
  readonly usesMeter: boolean;
  readonly method: CalibrationMethod;
  /** Kish's effective sample size of the weighted proposals behind the draws. */
  readonly effectiveDraws: number;
  readonly proposals: number;
  /** W/K by loss group. */
  readonly h: Readonly<Record<LossGroup, Float64Array>>;
  /** W/K, the sum of the groups. */
  readonly totalH: Float64Array;
  readonly setPointC: Float64Array;
  readonly gainsW: Float64Array;
  readonly solarApertureM2: Float64Array;
  /** Useful heat over final energy. */
  readonly efficiency: Float64Array;
  readonly heatedShare: Float64Array;
  readonly baseLoadKwhDay: Float64Array;
  readonly capacityJK: Float64Array;
  /** W/m2 on a south-facing vertical plane that the balance point was read with. */
  readonly seasonSolarWm2: number;
  readonly identifiability: readonly Message[];
  readonly warnings: readonly Warning[];
};

export type CalibrationOptions = {
  readonly draws: number;
  readonly seed: number;
  /** Mean sun on a south-facing vertical plane over the heating season, W/m2; Bordeaux when left out. */
  readonly seasonSolarWm2?: number;
};

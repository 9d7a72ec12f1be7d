export {
  type HourlyCandidate,
  type HourlyCovariance,
  type HourlyKind,
  hourlyKinds,
  type HourlyModel,
  type NetWeights,
} from './candidate.ts';
export { type HourFeatures, hourFeatures } from './features.ts';
export { towt, towtInertia } from './linear.ts';
export { type NetData, netOutput, type NetSettings, netSettings, scaledInputs, trainNet } from './net.ts';
export {
  HOURLY_TARGET_PERCENT,
  hourlyCandidateOf,
  hourlyLadder,
  type HourlyScore,
  type HourlySelection,
  selectHourly,
} from './select.ts';
export {
  type HourlyNoise,
  type HourlyUncertainty,
  hourlySumSpreadKwh,
  hourlyUncertainty,
} from './uncertainty.ts';
export { netData, towtNet, towtNetWith } from './towt-net.ts';

import {
  candidateOf,
  countDays,
  type DayFeatures,
  modelUncertainty,
  type ModelKind,
  sumSpreadKwh,
} from '#core/regression/index.ts';
import { ownDrift } from './interval.ts';
import type { StockDrift } from './stock-drift.ts';
import type { Drift, PredictedYear } from './types.ts';

const YEAR_DAYS = 365;
/** A year with fewer usable days says too little about its total. */
const YEAR_MINIMUM_DAYS = 300;
/** A change beyond this is an event (closure, unit break, other use), not drift. */
const EVENT_LN = 0.5;

const yearMask = (features: DayFeatures, lastDay: number): Uint8Array =>
  Uint8Array.from(features.energyKwh, (value, i) => {
    const day = features.firstDay + i;
    const inside = day <= lastDay && day > lastDay - YEAR_DAYS;
    return inside && Number.isFinite(value) && Number.isFinite(features.outdoorC[i]) ? 1 : 0;
  });

/**
 * What this meter's own past says of its drift: each year before the end of the baseline predicted by the year before it,
 * with the rung that won. Nothing after the baseline is looked at.
 */
export const learnDrift = (
  features: DayFeatures,
  kind: ModelKind,
  baselineEnd: number,
  stock?: StockDrift,
): Drift => {
  const candidate = candidateOf(kind);
  const years: PredictedYear[] = [];
  for (let end = baselineEnd; end - 2 * YEAR_DAYS >= features.firstDay - 1; end -= YEAR_DAYS) {
    const judged = yearMask(features, end);
    const learnt = yearMask(features, end - YEAR_DAYS);
    if (countDays(judged) < YEAR_MINIMUM_DAYS || countDays(learnt) < YEAR_MINIMUM_DAYS) continue;
    const model = candidate.fit(features, learnt);
    if (model === undefined) continue;
    let [observed, predicted] = [0, 0];
    for (let i = 0; i < features.days; i++) {
      if (judged[i] !== 1) continue;
      observed += features.energyKwh[i];
      predicted += candidate.predict(model, features, i);
    }
    const lnRatio = Math.log(observed / predicted);
    if (!(Math.abs(lnRatio) < EVENT_LN)) continue;
    const spread = sumSpreadKwh(model, modelUncertainty(model, features, learnt), features, judged);
    years.push({ lastDay: end, lnRatio, noise: spread / predicted });
  }
  return ownDrift(years, stock);
};

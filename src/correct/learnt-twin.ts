import { periodClassOf } from '#create/index.ts';
import { logNormalOf } from '../core/calibration/index.ts';
import { boundedQuantity, type Quantity, Z90 } from '../core/quantity.ts';
import type { Twin } from '../core/twin.ts';
import { defaultParts } from './default-loss.ts';
import { type LearntDefault, ownVariance, shippedDefaultPrior } from './default-model.ts';

/** What is needed of a learnt default to use it. */
export type UsableDefault = Pick<LearntDefault, 'figure' | 'period' | 'mean' | 'sd' | 'cases'>;

const scaled = (one: Quantity, lnFactor: number, sigma: number, why: string): Quantity => {
  const value = one.value * Math.exp(lnFactor);
  const half = Math.exp(Z90 * sigma);
  return boundedQuantity(value, value / half, value * half, one.unit, 'learnt', `${one.basis}; ${why}`);
};

/** The learnt default that counts for a figure of a twin: its period's, else that of all periods. */
export const defaultsFor = (
  { constructionYear }: Pick<Twin, 'constructionYear'>,
  learnt: readonly UsableDefault[],
): UsableDefault[] => {
  if (constructionYear === undefined) return [];
  const period = periodClassOf(constructionYear);
  return learnt.filter(
    (one) =>
      one.period === period ||
      (one.period === null &&
        !learnt.some(({ figure, period: other }) => figure === one.figure && other === period)),
  );
};

/**
 * The twin with what the stock's meters have taught of the period defaults it rests on: U-values, air change and the losses made of
 * them. For buildings that no meter speaks for; one that has its own is calibrated on it, and would otherwise be counted twice. A twin without
 * such defaults, or a stock that has taught nothing, is given back as it was.
 */
export const learntTwin = (twin: Twin, learnt: readonly UsableDefault[]): Twin => {
  if (!learnt.some(({ cases }) => cases > 0)) return twin;
  const parts = defaultParts(twin);
  const own = defaultsFor(twin, learnt);
  const used = parts.flatMap((part) => {
    const one = own.find(({ figure }) => figure === part.figure);
    return one === undefined
      ? []
      : [{ part, one, sigma: Math.hypot(one.sd, Math.sqrt(ownVariance(shippedDefaultPrior, part.sd))) }];
  });
  if (used.length === 0) return twin;
  const why = ({ cases, mean }: UsableDefault): string =>
    `times ${Math.exp(mean).toFixed(2)}, learnt from ${cases} metered buildings of this stock`;
  const losses = twin.losses.map((loss) => {
    const found = used.find(({ part }) => part.figure === loss.group);
    if (found === undefined) return loss;
    const { part, one, sigma } = found;
    const factor = 1 - part.ofGroup + part.ofGroup * Math.exp(one.mean);
    const changed = (part.ofGroup * sigma) ** 2 - (part.ofGroup * part.sd) ** 2;
    const left = Math.sqrt(Math.max(0, part.groupSd ** 2 + changed));
    return { ...loss, h: scaled(loss.h, Math.log(factor), left, why(one)) };
  });
  const total = losses.reduce((sum, { h }) => sum + h.value, 0);
  // Groups err on their own: log-normal of the same relative variance (Fenton 1960).
  const variance = losses.reduce(
    (sum, { h }) => sum + h.value ** 2 * Math.expm1(logNormalOf(h).sigma ** 2),
    0,
  );
  const half = Math.exp(Z90 * Math.sqrt(Math.log1p(variance / total ** 2)));
  return {
    ...twin,
    losses,
    elements: twin.elements.map((element) => {
      const found = used.find(({ part }) => part.figure === element.group);
      return found === undefined || element.u.provenance !== 'period-default'
        ? element
        : { ...element, u: scaled(element.u, found.one.mean, found.sigma, why(found.one)) };
    }),
    heatLoss: {
      ...twin.heatLoss,
      value: total,
      low: total / half,
      high: total * half,
      basis: `${twin.heatLoss.basis}; period defaults as learnt from metered buildings of this stock`,
    },
  };
};

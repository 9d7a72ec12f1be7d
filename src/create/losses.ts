import { boundedQuantity, type Provenance, type Quantity, Z90 } from '#core/quantity.ts';
import type { LossGroup } from '#core/twin.ts';
import { logSigma, spreads, weaker } from './spreads.ts';
import type { Envelope, ThermalKind } from './types.ts';

export const groupOfKind: Readonly<Record<ThermalKind, Exclude<LossGroup, 'bridges' | 'air'>>> = {
  wall: 'walls',
  roof: 'roof',
  floor: 'floor',
  window: 'windows',
  'curtain-wall': 'windows',
  door: 'doors',
};

/** One term of a heat loss, W/K. Terms of the same bucket err together; different buckets err on their own. */
export type LossTerm = {
  readonly valueWK: number;
  readonly sigma: number;
  readonly bucket: string;
  readonly provenance: Provenance;
};

/**
 * Terms of the elements. A common cause makes a common error: elements of one group known the same way (one library, one drafting
 * habit, one row of a table) share it; groups are independent. An unknown construction period is one cause for the whole building,
 * so every default taken from it shares one bucket.
 */
export const elementTerms = (envelope: Pick<Envelope, 'elements' | 'period' | 'areaSpread'>): LossTerm[] => {
  const areaSigma = Math.log1p(envelope.areaSpread ?? spreads.area.spread);
  return envelope.elements
    .filter((element) => element.b > 0 && element.areaNetM2 > 0)
    .map((element) => {
      const { provenance } = element.u;
      const shared = provenance === 'period-default' && envelope.period === undefined;
      return {
        valueWK: element.b * element.u.value * element.areaNetM2,
        sigma: Math.hypot(logSigma(element.u), areaSigma),
        bucket: shared ? 'period' : `${groupOfKind[element.kind]}/${provenance}`,
        provenance,
      };
    });
};

const termOf = (quantity: Quantity, bucket: string): LossTerm => ({
  valueWK: quantity.value,
  sigma: logSigma(quantity),
  bucket,
  provenance: quantity.provenance,
});

/** All terms of an envelope, W/K: elements, bridges, air. */
export const envelopeTerms = (
  envelope: Pick<Envelope, 'elements' | 'period' | 'areaSpread' | 'bridges' | 'air'>,
): LossTerm[] => {
  const airShares = envelope.period === undefined && envelope.air.provenance === 'period-default';
  return [
    ...elementTerms(envelope),
    termOf(envelope.bridges, 'bridges'),
    termOf(envelope.air, airShares ? 'period' : 'air'),
  ];
};

type Bucket = { readonly name: string; readonly valueWK: number; readonly varianceWK2: number };

/** Buckets with their variance, W2/K2: within a bucket standard deviations add, m·√(e^{σ²} − 1) each (log-normal). */
export const bucketsOf = (terms: readonly LossTerm[]): Bucket[] => {
  const sums = new Map<string, { value: number; deviation: number }>();
  for (const term of terms) {
    const sum = sums.get(term.bucket) ?? { value: 0, deviation: 0 };
    sum.value += term.valueWK;
    sum.deviation += term.valueWK * Math.sqrt(Math.expm1(term.sigma ** 2));
    sums.set(term.bucket, sum);
  }
  return [...sums].map(([name, sum]) => ({ name, valueWK: sum.value, varianceWK2: sum.deviation ** 2 }));
};

/**
 * Sum of loss terms, W/K, with the log-normal interval of the same relative variance (Fenton 1960, moment matching). The value is the plain
 * sum, so that the parts add up to it. The provenance is the least sure of those that carry a quarter of the sum or more.
 */
export const sumOfTerms = (terms: readonly LossTerm[], what: string): Quantity => {
  const value = terms.reduce((sum, term) => sum + term.valueWK, 0);
  const variance = bucketsOf(terms).reduce((sum, bucket) => sum + bucket.varianceWK2, 0);
  const sigma = value > 0 ? Math.sqrt(Math.log1p(variance / value ** 2)) : 0;
  const factor = Math.exp(Z90 * sigma);
  const shares = new Map<Provenance, number>();
  for (const term of terms)
    shares.set(term.provenance, (shares.get(term.provenance) ?? 0) + term.valueWK / value);
  const provenance = [...shares]
    .filter(([, share]) => share >= 0.25)
    .map(([name]) => name)
    .reduce(weaker, 'declared');
  const mix = [...shares].map(([name, share]) => `${name} ${(100 * share).toFixed(0)} %`).join(', ');
  return boundedQuantity(
    value,
    value / factor,
    value * factor,
    'W/K',
    provenance,
    `${what} (${mix}); same cause errs together, others independently, log-normal sum by moment matching`,
  );
};

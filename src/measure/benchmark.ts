import { normalCdf } from '#core/random.ts';

/** One building's indicator: its natural logarithm and the standard deviation of that, as its meter's fit gives it. */
export type Benchmarked = {
  readonly id: string;
  /** Families from the narrowest to the widest, each within the next: `school/1950-1974`, `school`. */
  readonly families: readonly string[];
  readonly ln: number;
  readonly sd: number;
};

export type BenchmarkResult = {
  readonly id: string;
  readonly family: string;
  /** Buildings of the narrowest family, this one included. */
  readonly familySize: number;
  /** Typical value of the family, ln, itself drawn towards the wider ones. */
  readonly centreLn: number;
  /** How far the building stands from it: ln ratio, shrunk by what its meter leaves unsure, with its standard deviation. */
  readonly deviationLn: number;
  readonly deviationSd: number;
  /** Chance, 0 to 1, that it truly stands above the family’s typical value by more than the margin. */
  readonly chanceHigh: number;
};

/** Standard deviation of a normal law over its median absolute deviation. */
const MAD_SCALE = 1.4826;
/** A building counts as high beyond this ratio to its family: a tenth is within what use explains. */
const MARGIN_LN = Math.log(1.1);
/** Spread between buildings of one family before any is seen, and its weight in buildings (judgement; BPD-like stocks show 0.3 to 0.5). */
const PRIOR_SPREAD = 0.35;
const PRIOR_WEIGHT = 5;
/** Spread between families of one wider family. */
const BETWEEN_FAMILIES = 0.3;
/** Variance of a median over that of a mean, normal law. */
const MEDIAN_COST = Math.PI / 2;

const medianOf = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

type Centre = { readonly ln: number; readonly variance: number };

const spreadOf = (own: readonly Benchmarked[], centre: number): number => {
  const mad = MAD_SCALE * medianOf(own.map(({ ln }) => Math.abs(ln - centre)));
  const noise = medianOf(own.map(({ sd }) => sd ** 2));
  const seen = Math.max(0, mad ** 2 - noise);
  return Math.sqrt((own.length * seen + PRIOR_WEIGHT * PRIOR_SPREAD ** 2) / (own.length + PRIOR_WEIGHT));
};

/**
 * Where each building stands within its family. The family's typical value is the median of its members, drawn towards the wider family the
 * fewer they are; the spread is the median absolute deviation less what the meters' own noise makes of it; a building's own
 * deviation is drawn towards its family by how unsure its meter leaves it (Efron & Morris 1973, with robust moments). A building
 * judged is not left out of its family: one among many hardly moves a median.
 */
export const benchmarkWithin = (buildings: readonly Benchmarked[]): BenchmarkResult[] => {
  if (buildings.length === 0) return [];
  const members = new Map<string, Benchmarked[]>();
  for (const one of buildings)
    for (const family of ['', ...one.families]) {
      const known = members.get(family);
      if (known === undefined) members.set(family, [one]);
      else known.push(one);
    }
  const centres = new Map<string, Centre>();
  /** Centre of the family at a rank, the widest last. */
  const centreOf = (families: readonly string[]): Centre => {
    const [family = '', ...wider] = families;
    const known = centres.get(family);
    if (known !== undefined) return known;
    const own = members.get(family) ?? [];
    const median = medianOf(own.map(({ ln }) => ln));
    const noise = medianOf(own.map(({ sd }) => sd ** 2));
    const variance = (MEDIAN_COST * (spreadOf(own, median) ** 2 + noise)) / own.length;
    let centre: Centre = { ln: median, variance };
    if (family !== '') {
      const above = centreOf(wider);
      const prior = above.variance + BETWEEN_FAMILIES ** 2;
      const weight = prior / (prior + variance);
      centre = { ln: above.ln + weight * (median - above.ln), variance: weight * variance };
    }
    centres.set(family, centre);
    return centre;
  };
  return buildings.map(({ id, families, ln, sd }) => {
    const [family = ''] = families;
    const own = members.get(family) ?? [];
    const centre = centreOf([...families, '']);
    const spread = spreadOf(own, centre.ln) ** 2;
    const kept = spread / (spread + sd ** 2);
    const deviationLn = kept * (ln - centre.ln);
    const deviationSd = Math.sqrt(kept * sd ** 2 + kept ** 2 * centre.variance);
    return {
      id,
      family,
      familySize: own.length,
      centreLn: centre.ln,
      deviationLn,
      deviationSd,
      chanceHigh:
        deviationSd > 0
          ? 1 - normalCdf((MARGIN_LN - deviationLn) / deviationSd)
          : Number(deviationLn > MARGIN_LN),
    };
  });
};

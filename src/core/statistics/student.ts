import { gammaln, probit } from 'simple-statistics';

/** Continued fraction of the incomplete beta function (Abramowitz & Stegun 26.5.8), by Lentz's method. */
const betaFraction = (a: number, b: number, x: number): number => {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / Math.max(tiny, Math.abs(1 - ((a + b) * x) / (a + 1))) || tiny;
  let h = d;
  for (let m = 1; m <= 300; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d || tiny);
    c = 1 + even / c || tiny;
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d || tiny);
    c = 1 + odd / c || tiny;
    const step = d * c;
    h *= step;
    if (Math.abs(step - 1) < 1e-14) break;
  }
  return h;
};

const incompleteBeta = (a: number, b: number, x: number): number => {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(a, b, x)) / a
    : 1 - (front * betaFraction(b, a, 1 - x)) / b;
};

/** P(T ≤ t) of Student's t with `freedom` degrees of freedom (not necessarily whole). */
const studentCdf = (t: number, freedom: number): number => {
  const tail = incompleteBeta(freedom / 2, 0.5, freedom / (freedom + t * t)) / 2;
  return t > 0 ? 1 - tail : tail;
};

/**
 * Quantile of Student's t, 0 < probability < 1, freedom ≥ 1; the normal one above 1e6 degrees of freedom.
 * Bisection on the distribution function, exact to 1e-10.
 */
export const studentQuantile = (probability: number, freedom: number): number => {
  if (!(probability > 0 && probability < 1) || !(freedom > 0))
    throw new RangeError(`Student quantile of ${probability} with ${freedom} degrees of freedom`);
  if (freedom > 1e6) return probit(probability);
  if (probability < 0.5) return -studentQuantile(1 - probability, freedom);
  let high = 2;
  while (studentCdf(high, freedom) < probability) high *= 2;
  let low = 0;
  while (high - low > 1e-11 * (1 + high)) {
    const middle = (low + high) / 2;
    if (studentCdf(middle, freedom) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};

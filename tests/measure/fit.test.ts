import { describe, expect, it } from 'vitest';
import { parseDay } from '#core/calendar.ts';
import { fitModel, type FitOutcome, signatureEvidence } from '#measure/index.ts';
import { plainTruth, simulatedMeter, year } from '../../scripts/validate/simulated-meter.ts';

const series = simulatedMeter(plainTruth, { years: 2, seed: 11 });
const fitted = (input = series, options: Partial<Parameters<typeof fitModel>[1]> = {}): FitOutcome => {
  const result = fitModel(input, { baseline: year(2021), ...options });
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};
const refusal = (input: typeof series): string => {
  const result = fitModel(input, { baseline: year(2021) });
  return result.ok ? 'fitted' : result.error.code;
};
const codes = (findings: readonly { readonly code: string }[]): string[] => findings.map(({ code }) => code);
const withEnergy = (of: (y: number, i: number) => number): typeof series => ({
  ...series,
  energyKwh: series.energyKwh.map(of),
});

describe('days that a person has confirmed', () => {
  const confirmed = (days: readonly number[]): Uint8Array =>
    Uint8Array.from(series.energyKwh, (_, i) => (days.includes(i) ? 1 : 0));

  it('keep their zeros, which otherwise mean missing on a cold day', () => {
    const closed = [10, 11, 12];
    const zeros = withEnergy((y, i) => (closed.includes(i) ? 0 : y));
    expect(codes(fitted(zeros).warnings)).toContain('zeros-as-missing');
    const kept = fitted({ ...zeros, confirmed: confirmed(closed) });
    expect(codes(kept.warnings)).not.toContain('zeros-as-missing');
    expect(kept.model.metrics.n).toBe(fitted(zeros).model.metrics.n + 3);
  });

  it('keep their extremes, which otherwise are set aside', () => {
    const extreme = withEnergy((y, i) => (i === 20 ? 50 * y : y));
    expect(codes(fitted(extreme).warnings)).toContain('outliers-set-aside');
    expect(codes(fitted({ ...extreme, confirmed: confirmed([20]) }).warnings)).not.toContain(
      'outliers-set-aside',
    );
  });
});

describe('a fit', () => {
  it('gives base load, slope and balance point with intervals that hold the truth', () => {
    const { parameters } = fitted();
    const within = (name: string, truth: number): void => {
      const { low, high, value } = parameters[name];
      expect(value).toBeGreaterThan(0.9 * truth);
      expect(value).toBeLessThan(1.1 * truth);
      expect(high - low).toBeGreaterThan(0);
    };
    within('baseLoad', plainTruth.base);
    within('heatingSlope', plainTruth.slope);
    within('balancePoint', plainTruth.balanceC);
  });

  it('predicts another year within its interval and says how well it did', () => {
    const outcome = fitted(series, { predict: year(2022) });
    const actual = outcome.rows.reduce((sum, row) => sum + row.actual, 0);
    expect(outcome.rows).toHaveLength(365);
    expect(actual).toBeGreaterThan(outcome.predicted.low);
    expect(actual).toBeLessThan(outcome.predicted.high);
    expect(outcome.outOfSample?.cvRmse).toBeLessThan(20);
  });

  it('does not look at the days it predicts', () => {
    const other = withEnergy((y, i) => (i < 365 ? y : 5 * y));
    expect(fitted(other, { predict: year(2022) }).model).toEqual(
      fitted(series, { predict: year(2022) }).model,
    );
  });

  it('gives the calibration slope, balance and base with a symmetric covariance', () => {
    const evidence = signatureEvidence(fitted());
    expect(evidence?.slopeKwhKDay).toBeCloseTo(plainTruth.slope, -1);
    const covariance = evidence?.covariance ?? [];
    expect(covariance[0][1]).toBeCloseTo(covariance[1][0], 10);
    for (let j = 0; j < 3; j++) expect(covariance[j][j]).toBeGreaterThan(0);
    // A steeper line crosses the base at a lower temperature.
    expect(covariance[0][1]).toBeLessThan(0);
  });

  it('reads weekend use as a factor', () => {
    const weekends = simulatedMeter({ ...plainTruth, weekend: 0.5, noise: 0.05 }, { years: 1, seed: 12 });
    expect(fitted(weekends).parameters.closedDayFactor.value).toBeCloseTo(0.5, 1);
  });

  it('knows a building from its own past: a steady one narrows the interval', () => {
    const long = simulatedMeter(plainTruth, { years: 5, seed: 13 });
    const baseline = { from: parseDay('2024-01-01') ?? 0, to: parseDay('2024-12-31') ?? 0 };
    const { drift } = fitted(long, { baseline }).model;
    expect(drift.ownYears).toBe(3);
    expect(drift.factor).toBeLessThan(0.8);
  });
});

describe('bad input', () => {
  it.each([
    ['all zeros', withEnergy(() => 0), 'no-consumption'],
    ['more export than import', withEnergy((y) => -y), 'net-export'],
    ['one day', withEnergy((y, i) => (i === 3 ? y : Number.NaN)), 'too-little-data'],
    ['nothing', withEnergy(() => Number.NaN), 'too-little-data'],
  ])('%s is refused by name', (_, input, code) => {
    expect(refusal(input)).toBe(code);
  });

  it('all zeros and a net export are refused by name', () => {
    expect(refusal(withEnergy(() => 0))).toBe('no-consumption');
    expect(refusal(withEnergy((y) => -y))).toBe('net-export');
  });

  it('one day is refused, ten years are fitted', () => {
    const day = fitModel(series, { baseline: { from: series.firstDay, to: series.firstDay } });
    expect(day.ok ? 'fitted' : day.error.code).toBe('too-little-data');
    const decade = simulatedMeter(plainTruth, { years: 10, seed: 12 });
    const { from } = year(2021);
    const outcome = fitted(decade, { baseline: { from, to: from + 3649 } });
    expect(outcome.parameters.balancePoint?.value).toBeCloseTo(plainTruth.balanceC, 0);
    expect(outcome.disqualified).toEqual([]);
  });

  it('a cooling meter has a cooling slope and no heating one', () => {
    const cooled = withEnergy((_, i) => 40 + 12 * Math.max(0, series.outdoorC[i] - 14));
    const { parameters } = fitted(cooled);
    expect(parameters.heatingSlope).toBeUndefined();
    expect(parameters.coolingSlope?.value).toBeCloseTo(12, 0);
  });

  it('two fuels mixed end in a model that says how poor it is', () => {
    const mixed = withEnergy((y, i) => (i % 61 < 30 ? y : 0.05 * y));
    const outcome = fitted(mixed);
    expect(outcome.model.metrics.cvRmse).toBeGreaterThan(40);
    expect(outcome.predicted.high - outcome.predicted.low).toBeGreaterThan(0.2 * outcome.predicted.value);
  });

  it('days counted in another unit are left out with a reason', () => {
    const { from } = year(2022);
    const broken = withEnergy((y, i) => (i >= 365 + 60 ? y * 11.2 : y));
    const outcome = fitted(broken, { baseline: year(2022) });
    expect(codes(outcome.warnings)).toContain('unit-break-left-out');
    const right = fitted(
      withEnergy((y) => y * 11.2),
      { baseline: { from: from + 60, to: from + 364 } },
    );
    const slope = outcome.parameters.heatingSlope?.value ?? 0;
    expect(slope / (right.parameters.heatingSlope?.value ?? Number.NaN)).toBeCloseTo(1, 1);
  });

  it('a constant load is a constant with no slope', () => {
    const outcome = fitted(withEnergy(() => 100));
    expect(outcome.model.kind).toBe('mean');
    expect(outcome.parameters.heatingSlope).toBeUndefined();
  });

  it('a flat noisy load has a slope under 2 % of its base load', () => {
    const flat = simulatedMeter({ ...plainTruth, slope: 0 }, { years: 1, seed: 14 });
    const slope = fitted(flat).parameters.heatingSlope?.value ?? 0;
    expect(slope).toBeLessThan(0.02 * plainTruth.base);
  });

  it('too few days or a season missing make no claim about a year', () => {
    const days = (count: number): { from: number; to: number } => ({
      from: series.firstDay,
      to: series.firstDay + count - 1,
    });
    expect(codes(fitted(series, { baseline: days(100) }).disqualified)).toEqual([
      'too-short',
      'season-missing',
    ]);
    const hole = withEnergy((y, i) => (i > 140 && i < 250 ? Number.NaN : y));
    expect(codes(fitted(hole).disqualified)).toEqual(['season-missing']);
    expect(fitted().disqualified).toEqual([]);
  });

  it('a short baseline has a wider interval', () => {
    const short = fitted(series, {
      baseline: { from: series.firstDay, to: series.firstDay + 120 },
      predict: year(2022),
    });
    const whole = fitted(series, { predict: year(2022) });
    const width = ({ predicted }: FitOutcome): number => (predicted.high - predicted.low) / predicted.value;
    expect(width(short)).toBeGreaterThan(3 * width(whole));
  });

  it('without temperature only the mean is left, and it is said', () => {
    const blind = { ...series, outdoorC: series.outdoorC.map(() => Number.NaN) };
    const outcome = fitted(blind, { predict: year(2022) });
    expect(outcome.model.kind).toBe('mean');
    expect(codes(outcome.disqualified)).toContain('no-temperature');
    expect(outcome.rows).toHaveLength(365);
  });

  it('zeros of a heating meter on cold days are missing, and it is said; `real` keeps them', () => {
    const holes = withEnergy((y, i) => (i >= 20 && i < 40 ? 0 : y));
    const outcome = fitted(holes);
    expect(codes(outcome.warnings)).toContain('zeros-as-missing');
    expect(outcome.model.metrics.n).toBeLessThan(350);
    expect(fitted(holes, { zeros: 'real' }).warnings).toEqual([]);
  });

  it('a few absurd readings do not bend the fit', () => {
    const absurd = withEnergy((y, i) => (i === 10 || i === 200 ? 1000 * y : y));
    const outcome = fitted(absurd);
    expect(codes(outcome.warnings)).toContain('outliers-set-aside');
    expect(outcome.parameters.heatingSlope.value).toBeCloseTo(fitted().parameters.heatingSlope.value, 0);
  });

  it('negative days among positive ones are kept and said', () => {
    const some = withEnergy((y, i) => (i % 50 === 7 ? -10 : y));
    expect(codes(fitted(some).warnings)).toContain('negative-readings');
  });

  it('a warmer or colder place than the baseline is named', () => {
    const colder = { ...series, outdoorC: series.outdoorC.map((t, i) => (i < 365 ? t : t - 15)) };
    expect(codes(fitted(colder, { predict: year(2022) }).warnings)).toContain('extrapolation');
  });
});

describe('a period with nothing in it', () => {
  it('to predict: the empty sum is said to be empty', () => {
    const empty = fitted(series, { predict: year(2031) });
    expect(empty.predicted.value).toBe(0);
    expect(codes(empty.warnings)).toContain('predict-no-days');
    expect(codes(fitted(series, { predict: year(2022) }).warnings)).not.toContain('predict-no-days');
  });

  it('to learn from: the refusal gives the period and the days there are', () => {
    const refused = fitModel(series, { baseline: year(2031) });
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'too-little-data', where: { field: 'baseline' } },
    });
    if (refused.ok) return;
    expect(refused.error.message.fr).toContain(
      '0 jour utilisable dans la période de référence (du 1er janvier 2031 au 31 décembre 2031)',
    );
    expect(refused.error.message.fr).toContain('La série va du 1er janvier 2021 au 31 décembre 2022');
  });
});

it('fits the mean on the fewest days it takes, though no block can be held out of them', () => {
  const series = simulatedMeter(plainTruth, { years: 1, seed: 3 });
  const from = series.firstDay;
  const energyKwh = series.energyKwh.map((value, i) => (i < 14 ? value : Number.NaN));
  const fitted = fitModel({ ...series, energyKwh }, { baseline: { from, to: from + 13 } });
  expect(fitted.ok && fitted.value.model.kind).toBe('mean');
});

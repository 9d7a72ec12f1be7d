import { describe, expect, it } from 'vitest';
import { type MeasuredDraws, measurementValues } from '#core/calibration/measurement-value.ts';
import { measurementTold } from '#core/calibration/identifiability.ts';
import { fillNormals, seededRandom } from '#core/random.ts';

const count = 20_000;
const normal = (seed: number): Float64Array => fillNormals(seededRandom(seed), new Float64Array(count));
const still = (value: number): Float64Array => new Float64Array(count).fill(value);
const air = normal(1).map((z) => Math.exp(Math.log(500) + 0.4 * z));
const draws: MeasuredDraws = {
  h: {
    walls: still(800),
    roof: still(200),
    floor: still(100),
    windows: still(300),
    doors: still(0),
    bridges: still(80),
    air,
  },
  efficiency: still(0.8),
  heatedShare: still(0.9),
  setPointC: normal(2).map((z) => 20 + z),
};
const by = (figure: Float64Array) => new Map(measurementValues(draws, figure).map((one) => [one.id, one]));

describe('value of a measurement', () => {
  // Figure = a·z_air + b·e, all normal: the width after a blower-door test is 3.29·√(a²·s²/(s² + 0.16) + b²).
  const noise = normal(3);
  const figure = air.map((value, i) => (1000 * (Math.log(value) - Math.log(500))) / 0.4 + 500 * noise[i]);

  it('is the closed form of normal draws', () => {
    const test = by(figure).get('blower-door');
    const s2 = Math.log1p(0.15) ** 2;
    expect(test?.widthNow).toBeCloseTo(3.29 * Math.hypot(1000, 500), -2.3);
    const after = 3.29 * Math.sqrt((1e6 * s2) / (s2 + 0.16) + 250_000);
    expect((test?.widthAfter ?? 0) / after).toBeGreaterThan(0.96);
    expect((test?.widthAfter ?? 0) / after).toBeLessThan(1.04);
  });

  it('ranks what matters first and gives nothing for what is known or has no bearing', () => {
    const values = measurementValues(draws, figure);
    expect(values[0]?.id).toBe('blower-door');
    const of = by(figure);
    expect(of.get('wall-survey')?.gain).toBe(0);
    expect(of.get('door-survey')?.gain).toBe(0);
    expect(of.get('room-sensor')?.gain).toBeLessThan(0.02 * (of.get('room-sensor')?.widthNow ?? 0));
  });

  it('never promises a wider interval', () => {
    for (const { gain, widthNow, widthAfter } of measurementValues(draws, noise)) {
      expect(gain).toBeGreaterThanOrEqual(0);
      expect(widthAfter).toBeCloseTo(widthNow - gain, 10);
    }
  });
});

it('the verb agrees with what is measured', () => {
  const verb = (fr: string): string =>
    /(retirerai\w+)/.exec(measurementTold({ fr, en: 'x' }, 1700, 53_000).fr)?.[1] ?? '';
  expect(verb('une sonde d’ambiance')).toBe('retirerait');
  expect(verb('des relevés de température par zone')).toBe('retireraient');
});

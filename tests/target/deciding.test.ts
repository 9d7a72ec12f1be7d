import { describe, expect, it } from 'vitest';
import type { Posterior } from '#core/calibration/index.ts';
import { fillNormals, meanOf, normalCdf, seededRandom } from '#core/random.ts';
import { lossGroups } from '#core/twin.ts';
import { type Alternative, decidingSets, type Instrument } from '#target/index.ts';

const COUNT = 600;
const normal = (seed: number, count = COUNT): Float64Array =>
  fillNormals(seededRandom(seed), new Float64Array(count));

const sensor = (sd: number, costEur: number): Instrument => ({
  id: 'room-sensor',
  name: { fr: 'une sonde', en: 'a sensor' },
  of: 'setPointC',
  sd,
  inKelvins: true,
  costEur,
});

/** A twin whose set point alone is unsure, 19 ± 1 K. */
const posteriorOf = (z: Float64Array): Posterior => {
  const one = new Float64Array(COUNT).fill(1);
  const h = Object.fromEntries(lossGroups.map((group) => [group, one])) as Posterior['h'];
  return {
    h,
    totalH: one,
    efficiency: one,
    heatedShare: one,
    setPointC: z.map((value) => 19 + value),
    usesMeter: true,
  } as Posterior;
};

/** Works that bring `mean` EUR and 10,000 EUR a kelvin of set point, for a price. */
const works = (z: Float64Array, mean: number, priceEur: number, perKelvin = 10_000): Alternative => ({
  worth: z.map((value) => mean + perKelvin * value),
  valueEur: (believed) => believed - priceEur,
});

/** Draws whose mean is 0 and standard deviation 1 exactly, so that the laws below are those of the draws. */
const standard = (seed: number): Float64Array => {
  const raw = normal(seed);
  const mean = meanOf(raw);
  const sd = Math.sqrt(meanOf(raw.map((value) => (value - mean) ** 2)));
  return raw.map((value) => (value - mean) / sd);
};

/** Unit normal linear loss: mean gain of a choice that is worth `u` standard deviations less than the other. */
const loss = (u: number): number => Math.exp((-u * u) / 2) / Math.sqrt(2 * Math.PI) - u * (1 - normalCdf(u));

describe('what a measurement would change to the choice', () => {
  it.each([
    [-5000, 0.5],
    [5000, 0.5],
    [0, 1],
    [-10_000, 0.3],
  ])('is that of the normal law, works worth %i EUR seen within %f K', (net, sd) => {
    const z = standard(3);
    const [set] = decidingSets(
      { posterior: posteriorOf(z), alternatives: [works(z, 50_000 + net, 50_000)] },
      [sensor(sd, 1)],
    );
    // Standard deviation of what will be believed: variance 1 seen with an error sd leaves sd²/(1 + sd²).
    const believed = 10_000 / Math.sqrt(1 + sd * sd);
    const expected = believed * loss(Math.abs(net) / believed);
    expect(set?.gainEur).toBeGreaterThan(0.75 * expected);
    expect(set?.gainEur).toBeLessThan(1.25 * expected);
  });

  it('comes true: who measures and then decides gains as much as was said, on truths never seen', () => {
    const z = standard(5);
    const [sd, net] = [0.6, -4000];
    const alternatives = [works(z, 50_000 + net, 50_000), works(z, 30_000, 30_500, 2000)];
    const [set] = decidingSets({ posterior: posteriorOf(z), alternatives }, [sensor(sd, 1)]);
    const [truths, errors] = [normal(6, 20_000), normal(7, 20_000)];
    const gain = meanOf(
      truths.map((truth, i) => {
        // The exact belief of a normal figure seen with a normal error.
        const believed = (truth + sd * errors[i]) / (1 + sd * sd);
        const [deep, light] = [net + 10_000 * believed, -500 + 2000 * believed];
        if (Math.max(deep, light) <= 0) return 0;
        return deep > light ? net + 10_000 * truth : -500 + 2000 * truth;
      }),
    );
    expect(gain).toBeGreaterThan(500);
    expect(set?.gainEur).toBeGreaterThan(0.75 * gain);
    expect(set?.gainEur).toBeLessThan(1.25 * gain);
  });

  it('is nothing where no outcome would change the decision, however unsure the saving is', () => {
    const z = standard(3);
    const sure = [works(z, 500_000, 50_000), works(z, 10_000, 500_000)];
    expect(decidingSets({ posterior: posteriorOf(z), alternatives: sure }, [sensor(0.1, 0)])).toEqual([]);
  });

  it('offers no instrument that costs more than it gains, and no second one that adds nothing', () => {
    const z = standard(3);
    const building = { posterior: posteriorOf(z), alternatives: [works(z, 48_000, 50_000)] };
    expect(decidingSets(building, [sensor(0.5, 50_000)])).toEqual([]);
    const blind = { ...sensor(0.5, 10), id: 'efficiency', of: 'efficiency', inKelvins: false };
    const sets = decidingSets(building, [sensor(0.5, 200), blind]);
    expect(sets.map(({ instruments }) => instruments.map(({ id }) => id))).toEqual([['room-sensor']]);
    expect(decidingSets({ ...building, alternatives: [] }, [sensor(0.5, 200)])).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Posterior } from '#core/calibration/index.ts';
import { fillNormals, seededRandom } from '#core/random.ts';
import { lossGroups } from '#core/twin.ts';
import { orderOf, outcomesOf, shownOn } from '#target/metering.ts';
import {
  fewestInstruments,
  type Instrument,
  type InstrumentSet,
  instrumentSets,
  type Meterable,
  shippedInstruments,
} from '#target/index.ts';

const COUNT = 600;

const normal = (seed: number): Float64Array => fillNormals(seededRandom(seed), new Float64Array(COUNT));

/** A twin of which nothing is sure but by the columns given; the rest is one value. */
const twin = (columns: Partial<Posterior>): Posterior => {
  const one = new Float64Array(COUNT).fill(1);
  const h = Object.fromEntries(lossGroups.map((group) => [group, one])) as Posterior['h'];
  return {
    h,
    totalH: one,
    efficiency: one,
    heatedShare: one,
    setPointC: new Float64Array(COUNT).fill(19),
    usesMeter: true,
    ...columns,
  } as Posterior;
};

const setPoint = (sdK: number): Instrument => ({
  id: 'room-sensor',
  name: { fr: 'une sonde', en: 'a sensor' },
  of: 'setPointC',
  sd: sdK,
  inKelvins: true,
  costEur: 200,
});

/** Set point 19 ± 1 K, a saving of 1000 kWh a kelvin and `noise` of its own. */
const building = (id: string, noise: number): Meterable => {
  const z = normal(3);
  const own = normal(4);
  return {
    buildingId: id,
    posterior: twin({ setPointC: z.map((value) => 19 + value) }),
    savingKwh: z.map((value, i) => 50_000 + 1000 * value + noise * own[i]),
  };
};

const setsOf = (given: Meterable, instruments: readonly Instrument[]): readonly InstrumentSet[] =>
  instrumentSets(given, instruments).sets;

describe('value of measuring', () => {
  it('is that of the normal law: a sensor as uncertain as the figure takes half its variance', () => {
    // Posterior variance of a normal figure of variance 1 seen with an error of variance s²: s²/(1 + s²).
    for (const sd of [0.5, 1, 2]) {
      const { variance, sets } = instrumentSets(building('a', 0), [setPoint(sd)]);
      const left = 1 - (sets[0]?.varianceOff ?? 0) / variance;
      expect(left).toBeGreaterThan((0.8 * sd * sd) / (1 + sd * sd));
      expect(left).toBeLessThan((1.2 * sd * sd) / (1 + sd * sd));
    }
  });

  it('does not touch what no instrument sees, and never takes more than there is', () => {
    const { variance, sets } = instrumentSets(building('a', 3000), [setPoint(0.1)]);
    // A tenth of the variance is the set point’s: 1000² of 1000² + 3000².
    const share = (sets[0]?.varianceOff ?? 0) / variance;
    expect(share).toBeGreaterThan(0.02);
    expect(share).toBeLessThan(0.2);
    const noise = { ...building('b', 0), savingKwh: normal(9) };
    expect(setsOf(noise, [setPoint(0.3)])).toEqual([]);
  });

  it('offers no second energy meter where one is read, and none for a figure already known', () => {
    const read = building('a', 0);
    const ids = new Set(
      setsOf(read, shippedInstruments).flatMap(({ instruments }) => instruments.map(({ id }) => id)),
    );
    expect([...ids]).toEqual(['room-sensor']);
    const totalH = normal(11).map((z) => 1000 * Math.exp(0.3 * z));
    const blind: Meterable = {
      buildingId: 'b',
      posterior: twin({ totalH, usesMeter: false }),
      savingKwh: totalH.map((h) => 20 * h),
    };
    const offered = setsOf(blind, shippedInstruments);
    expect(offered.map(({ instruments }) => instruments.map(({ id }) => id))).toEqual(
      expect.arrayContaining([['bills'], ['daily-meter']]),
    );
    // Two readings of the same line are never sold together.
    expect(offered.every(({ instruments }) => instruments.length === 1)).toBe(true);
  });

  it('keeps the fewest instruments that bring 95 %', () => {
    const set = (ids: readonly string[], varianceOff: number): InstrumentSet => ({
      instruments: ids.map((id) => ({ ...setPoint(1), id })),
      costEur: 200 * ids.length,
      varianceOff,
    });
    const sets = new Map([
      ['a', [set(['x'], 90), set(['x', 'y'], 92)]],
      ['b', [set(['x'], 2)]],
    ]);
    const chosen = [
      { buildingId: 'a', set: set(['x', 'y'], 92) },
      { buildingId: 'b', set: set(['x'], 2) },
    ];
    // 5 % of 94 may go: both lesser instruments do.
    expect(
      fewestInstruments(chosen, sets).map((one) => [one.buildingId, one.set.instruments.map(({ id }) => id)]),
    ).toEqual([['a', ['x']]]);
    expect(fewestInstruments([], sets)).toEqual([]);
  });
});

describe('what a set of instruments would tell', () => {
  const room: Instrument = { ...setPoint(0.5), id: 'room' };
  const boiler: Instrument = { ...setPoint(0.05), id: 'boiler', of: 'efficiency', inKelvins: false };
  const [a, b] = [normal(5), normal(6)];
  const weightsOf = (room: Instrument, boiler: Instrument) => {
    const posterior = twin({
      setPointC: a.map((z) => 19 + z),
      efficiency: b.map((z) => Math.exp(0.1 * z)),
    });
    const { shown } = shownOn(posterior, COUNT, [room, boiler]);
    const order = orderOf(a);
    const found: { readonly told: Float64Array; readonly byHand: Float64Array }[] = [];
    outcomesOf(order)(shown, (weight) => {
      const truth = order[Math.floor(((found.length + 0.5) / 24) * COUNT)];
      // Bayes by hand: each draw by the density of what it makes of what is shown, the truth itself left out.
      const logs = Float64Array.from({ length: COUNT }, (_, i) =>
        shown.reduce((sum, { instrument: { sd }, values, errors }) => {
          const seen = values[truth] + sd * errors[found.length];
          return sum - 0.5 * ((values[i] - seen) / sd) ** 2;
        }, 0),
      );
      logs[truth] = Number.NEGATIVE_INFINITY;
      const most = logs.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY);
      const likely = logs.map((log) => Math.exp(log - most));
      const shareOf = (all: Float64Array): Float64Array => {
        const whole = all.reduce((sum, one) => sum + one, 0);
        return all.map((one) => one / whole);
      };
      found.push({ told: shareOf(weight), byHand: shareOf(likely) });
    });
    return found;
  };

  it.each([
    ['as shipped', 1],
    // So sharp that no draw explains what is shown: products of likelihoods alone would be all zero.
    ['far too sharp', 1e-4],
  ])('weighs each draw as Bayes does, whatever the sharpness: %s', (_, sharpness) => {
    const found = weightsOf({ ...room, sd: room.sd * sharpness }, { ...boiler, sd: boiler.sd * sharpness });
    expect(found).toHaveLength(24);
    for (const { told, byHand } of found)
      for (let i = 0; i < COUNT; i++) expect(Math.abs(told[i] - byHand[i])).toBeLessThan(1e-12);
  });
});

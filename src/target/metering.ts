import table from '../../models/metering.json' with { type: 'json' };
import type { Posterior } from '#core/calibration/index.ts';
import { fillNormals, seededRandom } from '#core/random.ts';
import type { LossGroup } from '#core/twin.ts';
import type { Message } from '../core/message.ts';

/** One way to measure a building, and what it costs installed and read for a year, EUR before tax. */
export type Instrument = {
  readonly id: string;
  readonly name: Message;
  readonly of: string;
  /** Standard deviation of what it shows: in log space, or in kelvins where `inKelvins`. */
  readonly sd: number;
  readonly inKelvins: boolean;
  readonly costEur: number;
};

type Row = {
  readonly id: string;
  readonly of: string;
  readonly fr: string;
  readonly en: string;
  readonly spread?: number;
  readonly sdK?: number;
  readonly costEur: number;
};

const rows: readonly Row[] = table.instruments;

/** The instruments of models/metering.json. */
export const shippedInstruments: readonly Instrument[] = rows.map(
  ({ id, of, fr, en, spread, sdK, costEur }) => ({
    id,
    name: { fr, en },
    of,
    sd: sdK ?? Math.log1p(spread ?? 0),
    inKelvins: sdK !== undefined,
    costEur,
  }),
);

export type Columns = Pick<
  Posterior,
  'h' | 'totalH' | 'efficiency' | 'heatedShare' | 'setPointC' | 'usesMeter'
>;

/** A building of a programme: its calibrated twin and the saving of its works, one value a draw. */
export type Meterable = {
  readonly buildingId: string;
  readonly posterior: Columns;
  readonly savingKwh: Float64Array;
};

/** A set of instruments on one building and the variance that it is expected to take off, kWh². */
export type InstrumentSet = {
  readonly instruments: readonly Instrument[];
  readonly costEur: number;
  readonly varianceOff: number;
};

/** Draws looked at and outcomes tried: an expected variance to a few percent. */
const MOST_DRAWS = 600;
export const OUTCOMES = 24;
const SEED = 20_261_127;
/** Most instruments on one building, and the best sets of a size from which larger ones are grown. */
const MOST_TOGETHER = 3;
const MOST_GROWN = 4;
/** An instrument that takes less than this share of the building's own variance off the set before it is not added. */
const LEAST_SHARE = 0.02;

/** What an instrument would show in each draw, in the space of its error; undefined where it does not apply. */
const shownBy = (
  { of, inKelvins }: Instrument,
  columns: Columns,
  count: number,
): Float64Array | undefined => {
  const first = (values: Float64Array): Float64Array => values.subarray(0, count);
  if (of === 'slope') {
    // A building whose meter is read already learns nothing from another of the same kind.
    if (columns.usesMeter) return undefined;
    return first(columns.totalH).map((h, i) =>
      Math.log((h * columns.heatedShare[i]) / columns.efficiency[i]),
    );
  }
  const column =
    of === 'efficiency' || of === 'heatedShare' || of === 'setPointC'
      ? first(columns[of])
      : first(columns.h[of as LossGroup]);
  return inKelvins ? column : column.map(Math.log);
};

export type Shown = {
  readonly instrument: Instrument;
  readonly values: Float64Array;
  readonly errors: Float64Array;
};

/** Under this a draw is no explanation at all; three such factors stay far from where products lose their digits and their speed. */
const UNLIKELY = 1e-100;
/** Where not even the best draw is as likely as this, likelihoods are compared by their logarithms instead. */
const LEAST_LIKELY = 1e-60;

/** One array an outcome, one value a draw: half the square of the error in its deviations, and how likely the draw makes what is shown. */
type Readings = { readonly misfits: readonly Float64Array[]; readonly likelihoods: readonly Float64Array[] };

const readingsOf = (order: Int32Array, { instrument: { sd }, values, errors }: Shown): Readings => {
  const misfits = Array.from({ length: OUTCOMES }, (_, outcome) => {
    const shown = values[truthOf(order, outcome)] + sd * errors[outcome];
    const misfit = new Float64Array(order.length);
    for (let i = 0; i < misfit.length; i++) misfit[i] = 0.5 * ((values[i] - shown) / sd) ** 2;
    return misfit;
  });
  const likely = (misfit: number): number => {
    const likelihood = Math.exp(-misfit);
    return likelihood < UNLIKELY ? 0 : likelihood;
  };
  return { misfits, likelihoods: misfits.map((misfit) => misfit.map(likely)) };
};

/** The draw that an outcome takes for the truth: they are spread over the order. */
const truthOf = (order: Int32Array, outcome: number): number =>
  order[Math.floor(((outcome + 0.5) / OUTCOMES) * order.length)];

const varianceOf = (values: Float64Array, weight: Float64Array): number => {
  let [whole, mean, squares] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    whole += weight[i];
    mean += weight[i] * values[i];
  }
  mean /= whole;
  for (let i = 0; i < values.length; i++) squares += weight[i] * (values[i] - mean) ** 2;
  return squares / whole;
};

type Outcomes = (set: readonly Shown[], see: (weight: Float64Array) => void) => void;

/**
 * For outcomes that the draws themselves give, the weight of each draw once a set has been read (preposterior analysis, Raiffa and
 * Schlaifer 1961). `order` sorts the draws by what is to be known: truths are spread over it. What an instrument shows is worked out once,
 * however many sets it is in; the weights are the same array each time.
 */
export const outcomesOf = (order: Int32Array): Outcomes => {
  const count = order.length;
  const weight = new Float64Array(count);
  const known = new Map<Shown, Readings>();
  const readings = (one: Shown): Readings => {
    const found = known.get(one) ?? readingsOf(order, one);
    known.set(one, found);
    return found;
  };
  const mostOf = (): number => {
    let most = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < count; i++) if (weight[i] > most) most = weight[i];
    return most;
  };
  return (set, see) => {
    const all = set.map(readings);
    for (let outcome = 0; outcome < OUTCOMES; outcome++) {
      const truth = truthOf(order, outcome);
      for (const [at, { likelihoods }] of all.entries()) {
        const likelihood = likelihoods[outcome];
        if (at === 0) weight.set(likelihood);
        else for (let i = 0; i < count; i++) weight[i] *= likelihood[i];
      }
      // The truth is not among what one may believe: it would explain its own outcome too well.
      weight[truth] = 0;
      if (mostOf() < LEAST_LIKELY) {
        weight.fill(0);
        for (const { misfits } of all) {
          const misfit = misfits[outcome];
          for (let i = 0; i < count; i++) weight[i] -= misfit[i];
        }
        weight[truth] = Number.NEGATIVE_INFINITY;
        const most = mostOf();
        for (let i = 0; i < count; i++) weight[i] = Math.exp(weight[i] - most);
      }
      see(weight);
    }
  };
};

/** Variance of the figure that is expected to be left once a set has been read. */
const expectedVariance = (figure: Float64Array, outcomes: Outcomes, set: readonly Shown[]): number => {
  let sum = 0;
  outcomes(set, (weight) => {
    sum += varianceOf(figure, weight);
  });
  return sum / OUTCOMES;
};

const varianceOfDraws = (figure: Float64Array): number =>
  varianceOf(figure, new Float64Array(figure.length).fill(1));

/** Draws of a building that are looked at, and what each instrument that applies would show in them. */
export const shownOn = (
  posterior: Columns,
  draws: number,
  instruments: readonly Instrument[],
): { readonly count: number; readonly shown: readonly Shown[] } => {
  const count = Math.min(MOST_DRAWS, draws);
  const normals = new Float64Array(OUTCOMES * instruments.length);
  fillNormals(seededRandom(SEED), normals);
  const shown = instruments.flatMap((instrument, index): Shown[] => {
    const values = shownBy(instrument, posterior, count);
    // A group that is absent or a figure already fixed teaches nothing.
    if (values === undefined || !values.every(Number.isFinite)) return [];
    return [{ instrument, values, errors: normals.subarray(index * OUTCOMES, (index + 1) * OUTCOMES) }];
  });
  return { count, shown };
};

/** The draws in the order of a figure. */
export const orderOf = (figure: Float64Array): Int32Array =>
  Int32Array.from(figure.keys()).sort((a, b) => figure[a] - figure[b]);

/**
 * Sets of instruments, each larger one grown from the best smaller ones: an instrument is added when what the set brings grows by more
 * than `least` asks of it.
 */
export const grownSets = (
  shown: readonly Shown[],
  bringsOf: (set: readonly Shown[]) => number,
  least: (added: Instrument) => number,
): { readonly instruments: readonly Instrument[]; readonly costEur: number; readonly brings: number }[] => {
  type Grown = { readonly own: readonly Shown[]; readonly brings: number };
  const sets: Grown[] = [];
  // A set that one smaller set does not grow into is asked for again by the others.
  const known = new Map<string, number>();
  let last: readonly Grown[] = [{ own: [], brings: 0 }];
  for (let size = 1; size <= MOST_TOGETHER && last.length > 0; size++) {
    const grown = new Map<string, Grown>();
    for (const { own, brings } of last)
      for (const one of shown) {
        // One energy meter is enough, and no instrument twice.
        if (own.some(({ instrument }) => instrument.of === one.instrument.of)) continue;
        const next = [...own, one];
        const key = next
          .map(({ instrument }) => instrument.id)
          .toSorted()
          .join('+');
        if (grown.has(key)) continue;
        const more = known.get(key) ?? bringsOf(next);
        known.set(key, more);
        if (more > brings + least(one.instrument)) grown.set(key, { own: next, brings: more });
      }
    const kept = [...grown.values()].toSorted((one, other) => other.brings - one.brings);
    last = kept.slice(0, MOST_GROWN);
    sets.push(...kept);
  }
  return sets.map(({ own, brings }) => ({
    instruments: own.map(({ instrument }) => instrument),
    costEur: own.reduce((sum, { instrument }) => sum + instrument.costEur, 0),
    brings,
  }));
};

/**
 * The sets of instruments worth offering on one building: an instrument is added when it takes at least 2 % of the building's own
 * variance off what the others leave. What no instrument touches (the realisation of works) stays.
 */
export const instrumentSets = (
  building: Meterable,
  instruments: readonly Instrument[] = shippedInstruments,
): { readonly variance: number; readonly sets: readonly InstrumentSet[] } => {
  const { count, shown } = shownOn(building.posterior, building.savingKwh.length, instruments);
  const figure = building.savingKwh.subarray(0, count);
  const variance = varianceOfDraws(figure);
  const outcomes = outcomesOf(orderOf(figure));
  const sets = grownSets(
    shown,
    (set) => variance - expectedVariance(figure, outcomes, set),
    () => LEAST_SHARE * variance,
  );
  return { variance, sets: sets.map(({ brings, ...set }) => ({ ...set, varianceOff: brings })) };
};

/** Share of the best reduction that fewer instruments may give up. */
const GIVEN_UP = 0.05;

export type MeteringChoice = { readonly buildingId: string; readonly set: InstrumentSet };

/**
 * The fewest instruments that keep 95 % of what a choice takes off: the set whose loss a euro is least is made smaller, again and
 * again. `sets` are all that were offered of each building.
 */
export const fewestInstruments = (
  chosen: readonly MeteringChoice[],
  sets: ReadonlyMap<string, readonly InstrumentSet[]>,
): MeteringChoice[] => {
  const total = chosen.reduce((sum, { set }) => sum + set.varianceOff, 0);
  let spare = GIVEN_UP * total;
  const nothing: InstrumentSet = { instruments: [], costEur: 0, varianceOff: 0 };
  const now = new Map(chosen.map(({ buildingId, set }) => [buildingId, set]));
  for (;;) {
    let best: { buildingId: string; set: InstrumentSet; loss: number } | undefined;
    for (const [buildingId, set] of now)
      for (const smaller of [nothing, ...(sets.get(buildingId) ?? [])]) {
        const fewer = set.instruments.length - smaller.instruments.length;
        if (fewer <= 0 || smaller.costEur > set.costEur) continue;
        const loss = (set.varianceOff - smaller.varianceOff) / fewer;
        if (set.varianceOff - smaller.varianceOff <= spare && (best === undefined || loss < best.loss))
          best = { buildingId, set: smaller, loss };
      }
    if (best === undefined) break;
    spare -= (now.get(best.buildingId)?.varianceOff ?? 0) - best.set.varianceOff;
    now.set(best.buildingId, best.set);
  }
  return [...now].flatMap(([buildingId, set]) => (set.instruments.length === 0 ? [] : [{ buildingId, set }]));
};

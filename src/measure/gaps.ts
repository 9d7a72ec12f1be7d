import type { SignatureEvidence } from '#core/evidence.ts';
import { type Message, message } from '#core/message.ts';
import { boundedQuantity, type Quantity } from '#core/quantity.ts';
import { fillNormals, quantiles, seededRandom } from '#core/random.ts';
import { decimalEn, decimalFr, groupedEn, groupedFr, signedEn, signedFr } from '../core/wording.ts';

/** The heating line that works were to leave behind, as the twin promised it, with how far it may be wrong. */
export type PromisedSignature = Pick<
  SignatureEvidence,
  'slopeKwhKDay' | 'balancePointC' | 'baseLoadKwhDay'
> & {
  /** Standard deviation of ln(slope), of the balance point in K and of ln(base load). */
  readonly slopeSd: number;
  readonly balanceSdK: number;
  readonly baseSd: number;
};

export const gapCauses = ['weather', 'set-point-use', 'fabric-system-air', 'base-load', 'activity'] as const;
export type GapCause = (typeof gapCauses)[number];

/** One part of the gap between promise and result. Positive: saved less than promised because of it. */
export type GapPart = {
  readonly cause: GapCause;
  readonly name: Message;
  readonly kwh: Quantity;
  /** False where the interval holds zero: the evidence does not tell this part from nothing. */
  readonly told: boolean;
  readonly evidence: Message;
  /** What the meter cannot tell apart inside this part; null where nothing is mixed. */
  readonly notSeparable: Message | null;
};

export type GapInput = {
  readonly before: SignatureEvidence;
  readonly promised: PromisedSignature;
  readonly after: SignatureEvidence;
  /** Daily outdoor temperatures of the year the promise was learnt in and of the days judged, °C. */
  readonly referenceC: ArrayLike<number>;
  readonly judgedC: ArrayLike<number>;
  /** What was read on the days judged, kWh. */
  readonly actualKwh: number;
};

type Line = readonly [slope: number, balance: number, base: number];

const DRAWS = 1000;
const SEED = 20_261_127;

/** Energy of a line over days, by temperatures sorted once: Σ base + slope·(balance − T)⁺. */
const energyOver = (temperatures: ArrayLike<number>): ((line: Line) => number) => {
  const cold = Float64Array.from(temperatures)
    .filter((value) => Number.isFinite(value))
    .sort();
  const sums = new Float64Array(cold.length + 1);
  cold.forEach((value, i) => (sums[i + 1] = sums[i] + value));
  return ([slope, balance, base]) => {
    let [low, high] = [0, cold.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cold[middle] < balance) low = middle + 1;
      else high = middle;
    }
    return base * cold.length + slope * (low * balance - sums[low]);
  };
};

/** Each of three steps' share of the way from one line to another, whatever their order (Shapley 1953). */
const steps = (energy: (line: Line) => number, from: Line, to: Line): readonly number[] => {
  const at = (mask: number): number =>
    energy([mask & 1 ? to[0] : from[0], mask & 2 ? to[1] : from[1], mask & 4 ? to[2] : from[2]]);
  const values = Array.from({ length: 8 }, (_, mask) => at(mask));
  return [1, 2, 4].map((own) => {
    let share = 0;
    for (let mask = 0; mask < 8; mask++) {
      if (mask & own) continue;
      const others = (mask & 1) + ((mask >> 1) & 1) + ((mask >> 2) & 1);
      share += [1 / 3, 1 / 6, 1 / 3][others] * (values[mask | own] - values[mask]);
    }
    return share;
  });
};

const lineOf = (one: Pick<SignatureEvidence, 'slopeKwhKDay' | 'balancePointC' | 'baseLoadKwhDay'>): Line => [
  one.slopeKwhKDay,
  one.balancePointC,
  one.baseLoadKwhDay,
];

/** Lower factor of a 3 × 3 covariance; a variance of zero stays zero. */
const factorOf = (covariance: readonly (readonly number[])[]): number[][] => {
  const factor = [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ];
  for (let i = 0; i < 3; i++)
    for (let j = 0; j <= i; j++) {
      let sum = covariance[i][j];
      for (let k = 0; k < j; k++) sum -= factor[i][k] * factor[j][k];
      factor[i][j] = i === j ? Math.sqrt(Math.max(0, sum)) : factor[j][j] > 0 ? sum / factor[j][j] : 0;
    }
  return factor;
};

type Energies = { readonly reference: (line: Line) => number; readonly judged: (line: Line) => number };

const partsOf = (
  input: GapInput,
  { reference, judged }: Energies,
  promised: Line,
  after: Line,
): Readonly<Record<GapCause, number>> => {
  const before = lineOf(input.before);
  // As many days on both sides, so that the weather is not the length of the year.
  const scale = input.judgedC.length / Math.max(1, input.referenceC.length);
  const promisedThen = scale * (reference(before) - reference(promised));
  const promisedNow = judged(before) - judged(promised);
  const [slope, balance, base] = steps(judged, promised, after);
  return {
    weather: promisedThen - promisedNow,
    'fabric-system-air': slope,
    'set-point-use': balance,
    'base-load': base,
    activity: input.actualKwh - judged(after),
  };
};

const change = (from: number, to: number): number => 100 * (to / from - 1);

const evidenceOf = ({
  before,
  promised,
  after,
  referenceC,
  judgedC,
}: GapInput): Record<GapCause, Message> => {
  const at = before.balancePointC;
  const degreeDays = (values: ArrayLike<number>): number => energyOver(values)([1, at, 0]);
  // As many days on both sides, as the part itself counts them.
  const then = (degreeDays(referenceC) * judgedC.length) / Math.max(1, referenceC.length);
  const now = degreeDays(judgedC);
  const balances = [promised.balancePointC, after.balancePointC];
  return {
    weather: message(
      `${groupedFr(now)} degrés-jours sous ${decimalFr(at, 1)} °C sur les jours jugés, ${groupedFr(then)} sur autant de jours de la référence.`,
      `${groupedEn(now)} degree days below ${decimalEn(at, 1)} °C on the days judged, ${groupedEn(then)} on as many days of the reference.`,
    ),
    'fabric-system-air': message(
      `la pente du chauffage a changé de ${signedFr(change(before.slopeKwhKDay, after.slopeKwhKDay))} %, ${signedFr(change(before.slopeKwhKDay, promised.slopeKwhKDay))} % étaient promis.`,
      `the heating slope has changed by ${signedEn(change(before.slopeKwhKDay, after.slopeKwhKDay))} %, ${signedEn(change(before.slopeKwhKDay, promised.slopeKwhKDay))} % were promised.`,
    ),
    'set-point-use': message(
      `le chauffage commence sous ${decimalFr(balances[1], 1)} °C, ${decimalFr(balances[0], 1)} °C étaient promis.`,
      `heating begins below ${decimalEn(balances[1], 1)} °C, ${decimalEn(balances[0], 1)} °C were promised.`,
    ),
    'base-load': message(
      `hors chauffage, ${groupedFr(after.baseLoadKwhDay)} kWh par jour, ${groupedFr(promised.baseLoadKwhDay)} étaient promis.`,
      `without heating ${groupedEn(after.baseLoadKwhDay)} kWh a day, ${groupedEn(promised.baseLoadKwhDay)} were promised.`,
    ),
    activity: message(
      'ce que la droite de chauffage d’après travaux n’explique pas : habitudes, fermetures, évènements.',
      'what the heating line after the works does not explain: habits, closures, events.',
    ),
  };
};

const names: Readonly<Record<GapCause, Message>> = {
  weather: message('Météo', 'Weather'),
  'set-point-use': message('Consigne et usage', 'Set point and use'),
  'fabric-system-air': message('Enveloppe, système, air', 'Fabric, system, air'),
  'base-load': message('Hors chauffage', 'Base load'),
  activity: message('Activité', 'Activity'),
};

const mixed: Readonly<Record<GapCause, Message | null>> = {
  weather: null,
  'fabric-system-air': message(
    'enveloppe, renouvellement d’air et rendement : le compteur ne voit que leur produit. Une température intérieure ou un rendement mesuré les départage.',
    'fabric, air change and efficiency: the meter sees only their product. An indoor temperature or a measured efficiency tells them apart.',
  ),
  'set-point-use': message(
    'consigne et apports (occupation, appareils, soleil) : le compteur ne voit que leur somme. Une température intérieure les départage.',
    'set point and gains (people, appliances, sun): the meter sees only their sum. An indoor temperature tells them apart.',
  ),
  'base-load': message(
    'eau chaude et autres usages du même compteur : un sous-compteur les départage.',
    'hot water and other uses of the same meter: a submeter tells them apart.',
  ),
  activity: null,
};

/**
 * The gap between the saving promised and the one read, kWh, by cause, from the heating lines before and after: weather is the promise in
 * other weather; the rest is the way from the promised line to the real one, split without order between slope (fabric, air, system),
 * balance point (set point and use) and base load; what no line explains is activity. The parts sum to the gap. Intervals of 90 %
 * from draws of the promise and of the fit after, with the ordinary drift of a year on its slope and base load.
 */
export const explainGap = (input: GapInput): readonly GapPart[] => {
  const { promised, after } = input;
  const energies = { reference: energyOver(input.referenceC), judged: energyOver(input.judgedC) };
  const factor = factorOf(after.covariance);
  const random = seededRandom(SEED);
  const draws = Object.fromEntries(gapCauses.map((cause) => [cause, new Float64Array(DRAWS)]));
  const z = new Float64Array(7);
  for (let draw = 0; draw < DRAWS; draw++) {
    fillNormals(random, z);
    const drift = Math.exp(after.yearDrift * z[6]);
    const moved = factor.map((row) => row[0] * z[0] + row[1] * z[1] + row[2] * z[2]);
    const real: Line = [
      Math.max(0, after.slopeKwhKDay + moved[0]) * drift,
      after.balancePointC + moved[1],
      (after.baseLoadKwhDay + moved[2]) * drift,
    ];
    const meant: Line = [
      promised.slopeKwhKDay * Math.exp(promised.slopeSd * z[3]),
      promised.balancePointC + promised.balanceSdK * z[4],
      promised.baseLoadKwhDay * Math.exp(promised.baseSd * z[5]),
    ];
    const parts = partsOf(input, energies, meant, real);
    for (const cause of gapCauses) draws[cause][draw] = parts[cause];
  }
  const middle = partsOf(input, energies, lineOf(promised), lineOf(after));
  const evidence = evidenceOf(input);
  return gapCauses.map((cause) => {
    const [low, high] = quantiles(draws[cause], [0.05, 0.95]);
    const value = middle[cause];
    const kwh = boundedQuantity(
      value,
      Math.min(value, low),
      Math.max(value, high),
      'kWh',
      'computed',
      'Change-point lines before and after the works and the one the twin promised; order-free split (Shapley); 1,000 draws of the promise and of the fit after, drift of a year included',
    );
    return {
      cause,
      name: names[cause],
      kwh,
      told: kwh.low > 0 || kwh.high < 0,
      evidence: evidence[cause],
      notSeparable: mixed[cause],
    };
  });
};

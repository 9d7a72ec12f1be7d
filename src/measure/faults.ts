import { z } from 'zod';
import { weekday } from '#core/calendar.ts';
import { type Message, message } from '#core/message.ts';
import { boundedQuantity, type Quantity, Z90 } from '#core/quantity.ts';
import type { ModelRecord } from './model-record.ts';
import type { ExpectedDay } from './record-residuals.ts';
import { dayEn, dayFr, groupedEn, groupedFr } from '#core/wording.ts';

export type FaultCode = 'heating-drift' | 'summer-base-load' | 'weekend-heating' | 'night-heating';

/** Something that takes more than it did, with what shows it. */
export type Fault = {
  readonly code: FaultCode;
  /** First and last day looked at. */
  readonly from: number;
  readonly to: number;
  readonly days: number;
  readonly excessKwh: Quantity;
  readonly excessPercent: Quantity;
  /** Excess over its standard deviation. */
  readonly score: number;
  readonly message: Message;
};

/** Days of the kind looked at in a short window, which finds what is large, and a long one, which finds what is small. */
const WINDOWS = [8, 14, 28, 60] as const;
/** Least excess worth a word, as a share of what is expected. */
const LEAST_EXCESS = 0.08;
/** Standard deviation of the level of a meter, a year after it was learnt and with nothing wrong (MODELS: 7.8 % on 25 meters). */
const LEVEL_SD = 0.078;
/** Days before a window that say where the level stood before it. */
const BEFORE_DAYS = 60;
const YEAR_DAYS = 365;
/** Score of an alarm (docs/validation.md, faults: at most one false alarm a building and year). */
const THRESHOLD = 2.2;
/** Kelvin from the balance point within which a day is neither clearly heated nor clearly not. */
const MARGIN_K = 1;
/** Days of a kind below which nothing is said of it. */
const FEWEST_DAYS = 8;
/** A kind of day not seen for longer than this is not judged: summer says nothing of heating. */
const RECENT_DAYS = 7;

const signatureSchema = z.object({ baseKwhDay: z.number(), balancePointC: z.number() });

type Sum = { readonly excess: number; readonly expected: number; readonly variance: number };

const sumOf = (days: readonly ExpectedDay[], memory: number): Sum => {
  let [excess, expected, square] = [0, 0, 0];
  for (const { actual, predicted, spread } of days) {
    excess += actual - predicted;
    expected += predicted;
    square += spread ** 2;
  }
  return { excess, expected, variance: memory * square };
};

/** Excess as a share of what is expected. */
type Level = { readonly mean: number; readonly variance: number };

/**
 * Where the level of a meter stood in the days before a window: what they read, drawn towards no change by how far a level wanders from
 * one year to the next.
 */
const levelBefore = (before: readonly ExpectedDay[], memory: number): Level => {
  const { excess, expected, variance } = sumOf(before, memory);
  const prior = LEVEL_SD ** 2;
  if (before.length < FEWEST_DAYS || !(expected > 0)) return { mean: 0, variance: prior };
  const seen = variance / expected ** 2;
  return { mean: ((excess / expected) * prior) / (prior + seen), variance: (prior * seen) / (prior + seen) };
};

type Found = {
  readonly days: readonly ExpectedDay[];
  readonly expected: number;
  /** Beyond the level before, a share of what is expected, and its standard deviation. */
  readonly excess: number;
  readonly sd: number;
  readonly score: number;
};

/** The last days of a kind against those before them, for one length of window. */
const stepOf = (days: readonly ExpectedDay[], length: number, memory: number): Found | undefined => {
  const own = days.slice(-length);
  if (own.length < Math.max(FEWEST_DAYS, length / 2)) return undefined;
  const before = days.slice(-length - BEFORE_DAYS, -length);
  const sum = sumOf(own, memory);
  if (!(sum.expected > 0)) return undefined;
  const level = levelBefore(before, memory);
  const wander = (LEVEL_SD ** 2 * (own[own.length - 1].day - (before[0] ?? own[0]).day)) / 2 / YEAR_DAYS;
  const excess = sum.excess / sum.expected - level.mean;
  const sd = Math.sqrt(sum.variance / sum.expected ** 2 + level.variance + wander);
  return { days: own, expected: sum.expected, excess, sd, score: excess / sd };
};

/** The window in which an excess stands out most. */
const strongest = (
  days: readonly ExpectedDay[],
  memory: number,
  contrast: (found: Found) => Found = (found) => found,
): Found | undefined => {
  let best: Found | undefined;
  for (const length of WINDOWS) {
    const step = stepOf(days, length, memory);
    if (step === undefined) continue;
    const found = contrast(step);
    if (found.excess >= LEAST_EXCESS && found.score > (best?.score ?? THRESHOLD)) best = found;
  }
  return best;
};

const words: Readonly<Record<FaultCode, Message>> = {
  'heating-drift': message(
    'le chauffage prend plus que le bâtiment ne prenait par ce temps : réglage, régulation ou panne ?',
    'heating takes more than the building did in this weather: a setting, the control or a fault?',
  ),
  'summer-base-load': message(
    'la consommation hors chauffage a monté : eau chaude, fuite, ou chauffage resté en marche ?',
    'consumption without heating has risen: hot water, a leak, or heating left on?',
  ),
  'weekend-heating': message(
    'les jours fermés prennent plus qu’avant, les autres non : le ralenti de fin de semaine ne marche plus ?',
    'closed days take more than before, others do not: is the weekend set-back off?',
  ),
  'night-heating': message(
    'les nuits (de minuit à 5 h) prennent plus qu’avant, les jours entiers moins que cela : le ralenti de nuit ne marche plus ?',
    'nights (midnight to 5) take more than before, whole days less so: is the night set-back off?',
  ),
};

const faultOf = (code: FaultCode, { days, expected, excess, sd, score }: Found): Fault => {
  const half = Z90 * sd;
  const basis = `Readings less what a model learnt at least a season before expects and less the level of the days before, ${days.length} days; standard deviation from their scatter with its memory and from how levels wander (${(100 * LEVEL_SD).toFixed(1)} % a year)`;
  const [from, to] = [days[0].day, days[days.length - 1].day];
  const percents = [excess, excess - half, excess + half].map((share) => 100 * share);
  const [value, low, high] = percents.map((percent) => (percent / 100) * expected);
  const said = percents.map((percent) => percent.toFixed(0));
  return {
    code,
    from,
    to,
    days: days.length,
    excessKwh: boundedQuantity(value, low, high, 'kWh', 'computed', basis),
    excessPercent: boundedQuantity(percents[0], percents[1], percents[2], '%', 'computed', basis),
    score,
    message: message(
      `Du ${dayFr(from)} au ${dayFr(to)} (${days.length} jours) : ${said[0]} % de plus que prévu (${said[1]} à ${said[2]} %), soit ${groupedFr(value)} kWh ; ${words[code].fr}`,
      `From ${dayEn(from)} to ${dayEn(to)} (${days.length} days): ${said[0]} % more than expected (${said[1]} to ${said[2]} %), that is ${groupedEn(value)} kWh; ${words[code].en}`,
    ),
  };
};

const isClosed = ({ day }: ExpectedDay): boolean => weekday(day) >= 5;

/** Days of one kind against others of the same weeks: what both have in common is no matter of the kind. */
const contrasted = (
  own: readonly ExpectedDay[],
  memory: number,
  others: readonly ExpectedDay[],
  othersMemory: number,
): Found | undefined =>
  strongest(own, memory, (step) => {
    const since = step.days[0].day;
    const other = stepOf(others, others.filter(({ day }) => day >= since).length, othersMemory);
    if (other === undefined) return { ...step, score: 0 };
    const excess = step.excess - Math.max(0, other.excess);
    const sd = Math.hypot(step.sd, other.sd);
    return { ...step, excess, sd, score: excess / sd };
  });

/** Closed days against the working days of the same weeks. */
const weekendFault = (heated: readonly ExpectedDay[], memory: number): Fault | undefined => {
  const closed = heated.filter(isClosed);
  const open = heated.filter((one) => !isClosed(one));
  const found = contrasted(closed, memory, open, memory);
  return found === undefined ? undefined : faultOf('weekend-heating', found);
};

const memorySchema = z.object({ noise: z.object({ memory: z.number() }) });

/**
 * Nights of a meter read by the hour that take more than a model of nights expects, beyond what its whole days take too much; same
 * test and windows as `findFaults`. Undefined where either record says nothing of heating.
 */
export const findNightFault = (
  nights: { readonly record: ModelRecord; readonly days: readonly ExpectedDay[] },
  whole: { readonly record: ModelRecord; readonly days: readonly ExpectedDay[] },
): readonly Fault[] | undefined => {
  const signature = signatureSchema.safeParse(whole.record.signature);
  const own = memorySchema.safeParse(nights.record.model);
  const others = memorySchema.safeParse(whole.record.model);
  if (!signature.success || !own.success || !others.success) return undefined;
  const heated = (days: readonly ExpectedDay[]): ExpectedDay[] =>
    days.filter(
      ({ actual, unusual, outdoorC }) =>
        Number.isFinite(actual) && !unusual && outdoorC < signature.data.balancePointC - MARGIN_K,
    );
  const cold = heated(nights.days);
  const today = nights.days.at(-1)?.day ?? 0;
  if (!cold.some(({ day }) => today - day <= RECENT_DAYS)) return [];
  const found = contrasted(cold, own.data.noise.memory, heated(whole.days), others.data.noise.memory);
  return found === undefined ? [] : [faultOf('night-heating', found)];
};

/**
 * What a meter takes too much of today, from days that a model learnt at least a season ago expects: heating (the signature's drift),
 * closed days, the base load of days without heating. Undefined where the record says nothing of heating, hence nothing was looked at.
 * Each alarm is a one-sided test of the sum of residuals over the last 8, 14, 28 and 60 days of its kind against the 60 before
 * them, the memory of residuals and the wandering of levels counted.
 */
export const findFaults = (
  record: ModelRecord,
  days: readonly ExpectedDay[],
): readonly Fault[] | undefined => {
  const signature = signatureSchema.safeParse(record.signature);
  const noise = memorySchema.safeParse(record.model);
  if (!signature.success || !noise.success) return undefined;
  const { balancePointC } = signature.data;
  const { memory } = noise.data.noise;
  const read = days.filter(({ actual, unusual }) => Number.isFinite(actual) && !unusual);
  const today = read.at(-1)?.day ?? 0;
  const recent = (one: ExpectedDay): boolean => today - one.day <= RECENT_DAYS;
  const heated = read.filter(({ outdoorC }) => outdoorC < balancePointC - MARGIN_K);
  const mild = read.filter(({ outdoorC }) => outdoorC > balancePointC + MARGIN_K);
  const found: Fault[] = [];
  const drift = heated.some(recent) ? strongest(heated, memory) : undefined;
  const weekend = heated.some(recent) ? weekendFault(heated, memory) : undefined;
  // What closed days explain is told of them alone.
  if (weekend !== undefined) found.push(weekend);
  else if (drift !== undefined) found.push(faultOf('heating-drift', drift));
  const base = mild.some(recent) ? strongest(mild, memory) : undefined;
  if (base !== undefined) found.push(faultOf('summer-base-load', base));
  return found;
};

import type { Language } from './message.ts';

const locales: Readonly<Record<Language, string>> = { fr: 'fr-FR', en: 'en-GB' };

const known = new Map<string, Intl.NumberFormat>();

/** A format costs a hundred times what it writes: each is made once. */
const formatOf = (
  language: Language,
  decimals: readonly [least: number, most: number] | null,
  digits = 0,
): Intl.NumberFormat => {
  const key = `${language} ${String(decimals)} ${digits}`;
  const held = known.get(key);
  if (held !== undefined) return held;
  const made = new Intl.NumberFormat(locales[language], {
    // Minus zero would be written with its sign.
    signDisplay: 'negative',
    ...(decimals === null
      ? { maximumSignificantDigits: digits }
      : { minimumFractionDigits: decimals[0], maximumFractionDigits: decimals[1] }),
  });
  known.set(key, made);
  return made;
};

/** Neither locale writes the sign that a minus is: a hyphen is read as one, or not at all. */
const withMinus = (text: string): string => text.replace('-', '\u2212');

const marks: Readonly<Record<Language, string>> = { fr: ',', en: '.' };

/**
 * A number without thousands to set apart, as the format would write it: of itself, since the first format made reads the tables of
 * languages, 11 ms of what a small model takes in all. Undefined for what is left to the format.
 */
const writtenPlainly = (
  value: number,
  language: Language,
  [least, most]: readonly [number, number],
): string | undefined => {
  const size = Math.abs(value);
  // Smaller ones are written with an exponent, which the shift of the decimals below is not for.
  if (!(size < 999) || (size < 1e-6 && size !== 0)) return undefined;
  // Rounded as the number is written, not as it is held: half a unit goes away from zero.
  const rounded = Number(`${Math.round(Number(`${size}e${most}`))}e-${most}`);
  const shortest = String(rounded);
  const text = (shortest.split('.')[1]?.length ?? 0) < least ? rounded.toFixed(least) : shortest;
  return `${value < 0 && rounded !== 0 ? '-' : ''}${text.replace('.', marks[language])}`;
};

const written = (
  value: number,
  language: Language,
  decimals: readonly [number, number] | null,
  digits?: number,
): string =>
  withMinus(
    (decimals === null ? undefined : writtenPlainly(value, language, decimals)) ??
      formatOf(language, decimals, digits).format(value),
  );

/** A number no finer than so many significant digits, as a person reads it: « 1 480 », “1,480”, « −0,35 ». */
export const precisionOf = (value: number, digits: number, language: Language): string =>
  written(value, language, null, digits);

/** The same with a fixed number of decimals: « 12,0 ». */
export const decimalOf = (value: number, decimals: number, language: Language): string =>
  written(value, language, [decimals, decimals]);

/** A number in a French sentence, as it is (six decimals at most): « 1 297,5 ». */
export const numberFr = (value: number): string => written(value, 'fr', [0, 6]);

/** The same in English: “1,297.5”. */
export const numberEn = (value: number): string => written(value, 'en', [0, 6]);

/** Six decimals are written at most. */
const MOST_DECIMALS = 6;

/**
 * A figure or an end of its interval to the decimals that half of the interval's width bears, as it is where there is no width: 9.8 between
 * −0.23 and 19 reads 10 between 0 and 19. The page has the same (src/web/format.ts).
 */
export const roundedTo = (value: number, halfWidth: number): number => {
  if (!(halfWidth > 0)) return value;
  const step = 10 ** Math.floor(Math.log10(halfWidth / 3));
  const rounded =
    step >= 1
      ? Math.round(value / step) * step
      : Number(value.toFixed(Math.min(MOST_DECIMALS, -Math.log10(step))));
  // Minus zero would be written with its sign.
  return rounded === 0 ? 0 : rounded;
};

/** A count with the words that agree with it. French keeps the singular up to two (« 0 jour », « 1,5 jour »), English for one alone. */
export const countFr = (count: number, one: string, many: string): string =>
  `${numberFr(count)} ${Math.abs(count) < 2 ? one : many}`;

/** The same in English, which has the singular for one alone: “0 days”, “1 day”, “1.5 days”. */
export const countEn = (count: number, one: string, many: string): string =>
  `${numberEn(count)} ${count === 1 ? one : many}`;

/** A number in a French sentence: thousands apart, a decimal comma, `digits` after it. */
export const decimalFr = (value: number, digits: number): string => decimalOf(value, digits, 'fr');

/** The same in English. */
export const decimalEn = (value: number, digits: number): string => decimalOf(value, digits, 'en');

/** The same for a number of significant digits, the trailing zeros left out: « 103,2 », « 32 ». */
export const precisionFr = (value: number, digits: number): string => precisionOf(value, digits, 'fr');

/** The same in English: “103.2”, “32”. */
export const precisionEn = (value: number, digits: number): string => precisionOf(value, digits, 'en');

/** A name as it stands within a sentence: its first letter small, unless it begins with an acronym. */
export const midSentence = (name: string): string =>
  /^\p{Lu}\p{Lu}/u.test(name) ? name : name.slice(0, 1).toLowerCase() + name.slice(1);

/** A whole number with its thousands apart: « 5 840 ». */
export const groupedFr = (value: number): string => decimalOf(value, 0, 'fr');

/** The same in English: “5,840”. */
export const groupedEn = (value: number): string => decimalOf(value, 0, 'en');

const signed = (text: string, value: number): string => (Math.round(value) > 0 ? `+${text}` : text);

/** A whole change with its sign: « +1 200 », « −40 », « 0 ». */
export const signedFr = (value: number): string => signed(groupedFr(value), value);

/** The same in English: “+1,200”. */
export const signedEn = (value: number): string => signed(groupedEn(value), value);

const twoDigits = (value: number): number => Number(value.toPrecision(2));

/** A whole number no surer than its two first digits: « 1 300 » for 1 297. */
export const roughFr = (value: number): string => groupedFr(twoDigits(value));

/** The same in English: “1,300”. */
export const roughEn = (value: number): string => groupedEn(twoDigits(value));

/** The first format made reads the tables of languages, for longer than all else that a start loads: none is made unasked. */
const madeWhenAsked = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

const longFr = madeWhenAsked(() => new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'UTC' }));
const longEn = madeWhenAsked(() => new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }));

/** Of a day number (days since 1970-01-01) or of a day as YYYY-MM-DD. */
const instantOf = (day: number | string): number =>
  typeof day === 'number' ? day * 86_400_000 : Date.parse(`${day}T00:00:00Z`);

/** A day in a French sentence: « 4 mars 2019 », « 1er mars 2019 ». */
export const dayFr = (day: number | string): string => longFr().format(instantOf(day)).replace(/^1 /, '1er ');

/** The same in English: “4 March 2019”. */
export const dayEn = (day: number | string): string => longEn().format(instantOf(day));

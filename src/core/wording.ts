/** A count with the words that agree with it. French keeps the singular up to two (« 0 jour », « 1,5 jour »), English for one alone. */
export const countFr = (count: number, one: string, many: string): string =>
  `${count} ${Math.abs(count) < 2 ? one : many}`;

export const countEn = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;

/** A number in a French sentence: a decimal comma, `digits` after it. The English of it is `toFixed`. */
export const decimalFr = (value: number, digits: number): string => value.toFixed(digits).replace('.', ',');

/** The same for a number of significant digits, the trailing zeros left out: « 103,2 », « 32 ». */
export const precisionFr = (value: number, digits: number): string =>
  String(Number(value.toPrecision(digits))).replace('.', ',');

/** A name as it stands within a sentence: its first letter small, unless it begins with an acronym. */
export const midSentence = (name: string): string =>
  /^\p{Lu}\p{Lu}/u.test(name) ? name : name.slice(0, 1).toLowerCase() + name.slice(1);

/** The first format made reads the tables of languages, for longer than all else that a start loads: none is made unasked. */
const madeWhenAsked = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

const wholeFr = madeWhenAsked(() => new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 0 }));
const wholeEn = madeWhenAsked(() => new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 }));

/** A whole number with its thousands apart: « 5 840 ». */
export const groupedFr = (value: number): string => wholeFr().format(value);

/** The same in English: “5,840”. */
export const groupedEn = (value: number): string => wholeEn().format(value);

const twoDigits = (value: number): number => Number(value.toPrecision(2));

/** A whole number no surer than its two first digits: « 1 300 » for 1 297. */
export const roughFr = (value: number): string => groupedFr(twoDigits(value));

/** The same in English: “1,300”. */
export const roughEn = (value: number): string => groupedEn(twoDigits(value));

const longFr = madeWhenAsked(() => new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'UTC' }));
const longEn = madeWhenAsked(() => new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }));

/** Of a day number (days since 1970-01-01) or of a day as YYYY-MM-DD. */
const instantOf = (day: number | string): number =>
  typeof day === 'number' ? day * 86_400_000 : Date.parse(`${day}T00:00:00Z`);

/** A day in a French sentence: « 4 mars 2019 », « 1er mars 2019 ». */
export const dayFr = (day: number | string): string => longFr().format(instantOf(day)).replace(/^1 /, '1er ');

/** The same in English: “4 March 2019”. */
export const dayEn = (day: number | string): string => longEn().format(instantOf(day));

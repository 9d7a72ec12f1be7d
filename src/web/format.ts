import type { Quantity } from '../client/names.ts';
import { figureScale } from '../core/figure-scale.ts';
import type { Language } from './i18n.ts';

const locale = (language: Language): string => (language === 'fr' ? 'fr-FR' : 'en-GB');

type Scaled = { readonly factor: number; readonly unit: string };

const plainUnits: Readonly<Record<string, string>> = {
  m2: 'm²',
  m3: 'm³',
  percent: '%',
  'W/(m2 K)': 'W/(m²·K)',
  'kWh/m2': 'kWh/m²',
  'kWh/(m2 a)': 'kWh/m²',
  'kgCO2e/(m2 a)': 'kg CO₂e/m²',
  'EUR/kWh': '€/kWh',
  'EUR/tCO2e': '€/t CO₂e',
  '1': '',
};

/**
 * The unit of a figure: that of the largest it is read beside, or the first smaller one in which it can be read. "A year" and "days"
 * are left to the words around the figure.
 */
const scaleOf = (value: number, stated: string, like = 0): Scaled => {
  const unit = stated.replace(/\/yr$/, '');
  const plain = unit === 'yr' || unit === 'd' ? '' : (plainUnits[unit] ?? unit);
  return figureScale(value, unit, like) ?? { factor: 1, unit: plain };
};

const formats = new Map<string, Intl.NumberFormat>();

/** A format costs a hundred times what it writes: each is made once. */
const formatOf = (language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat => {
  const key = language + JSON.stringify(options);
  const held = formats.get(key);
  if (held !== undefined) return held;
  // Minus zero would be written with its sign.
  const made = new Intl.NumberFormat(locale(language), { signDisplay: 'negative', ...options });
  formats.set(key, made);
  return made;
};

/** Neither locale writes the sign that a minus is: a hyphen is read as one, or not at all. */
const write = (value: number, language: Language, options: Intl.NumberFormatOptions): string =>
  formatOf(language, options).format(value).replace('-', '\u2212');

/** Three significant digits are all that such intervals bear; four from a thousand on. */
export const formatNumber = (value: number, language: Language): string =>
  formatDigits(value, Math.abs(value) >= 1000 ? 4 : 3, language);

/** A number no finer than so many significant digits. */
export const formatDigits = (value: number, digits: number, language: Language): string =>
  write(value, language, { maximumSignificantDigits: digits });

/** A count to the last one: « 26 304 ». */
export const formatCount = (value: number, language: Language): string =>
  write(value, language, { maximumFractionDigits: 0 });

/** An order of size in words: « 6,9 milliards ». */
export const formatOrder = (value: number, language: Language): string =>
  write(value, language, { notation: 'compact', compactDisplay: 'long', maximumSignificantDigits: 2 });

/** The unit an axis up to `largest` is written in, and the factor to it. */
export const axisScale = (largest: number, unit: string): Scaled => scaleOf(largest, unit);

/** Decimals that the interval's width bears: `61 (52–70)`, `0.36 (0.31–0.42)`, `2 190 (2 060–2 320)`. */
const round = (value: number, halfWidth: number): number => {
  if (!(halfWidth > 0)) return value;
  const step = 10 ** Math.floor(Math.log10(halfWidth / 3));
  const rounded =
    step >= 1 ? Math.round(value / step) * step : Number(value.toFixed(Math.min(6, -Math.log10(step))));
  // Minus zero would be written with its sign.
  return rounded === 0 ? 0 : rounded;
};

const bounds = (quantity: Quantity, like = 0): { value: number; low: number; high: number; unit: string } => {
  // What is rounded up to the next unit is written in it: 10 MWh, not 10 000 kWh.
  const half = (quantity.high - quantity.low) / 2;
  // A value lost in its interval is read by its bounds.
  const size = round(quantity.value, half) || Math.max(Math.abs(quantity.low), Math.abs(quantity.high));
  const { factor, unit } = scaleOf(size, quantity.unit, round(like, half));
  const halfWidth = half * factor;
  const at = (value: number): number => round(value * factor, halfWidth);
  return { value: at(quantity.value), low: at(quantity.low), high: at(quantity.high), unit };
};

const asRounded = (value: number, language: Language): string =>
  write(value, language, { maximumFractionDigits: 6 });

/** A name as it stands within a sentence: its first letter small, unless it begins with an acronym. */
export const midSentence = (name: string): string =>
  /^\p{Lu}\p{Lu}/u.test(name) ? name : name.slice(0, 1).toLowerCase() + name.slice(1);

/** A part of a figure in the unit of the whole, two digits: parts of an uncertain figure are no surer. */
export const formatShare = (whole: Quantity, part: number, language: Language): string => {
  const { factor, unit } = scaleOf(part, whole.unit, Math.max(whole.value, whole.high));
  return `${formatDigits(part * factor, 2, language)}\u00a0${unit}`;
};

/** `61 MWh`; in the unit that `like` would be written in, for figures compared with each other. */
export const formatValue = (quantity: Quantity, language: Language, like?: number): string => {
  const { value, unit } = bounds(quantity, like);
  const number = quantity.high > quantity.low ? asRounded(value, language) : formatNumber(value, language);
  return `${number}${unit === '' ? '' : `\u00a0${unit}`}`;
};

/** `61 MWh (52–70)`, the interval never cut at the end of a line. */
export const formatQuantity = (quantity: Quantity, language: Language): string =>
  `${formatValue(quantity, language)} (${formatInterval(quantity, language).replace('–', '–\u2060')})`;

/** `52–70`; a bound below zero would look like the dash, so dots stand between. */
export const formatInterval = (quantity: Quantity, language: Language, like?: number): string => {
  const { low, high } = bounds(quantity, like);
  if (!(quantity.high > quantity.low)) return formatNumber(low, language);
  return `${asRounded(low, language)}${low < 0 ? ' … ' : '–'}${asRounded(high, language)}`;
};

/** A space before the sign in both languages, as the SI has it (BIPM brochure, 9th edition, 5.4.7) and as every sentence of ours. */
export const formatPercent = (share: number, language: Language, decimals = 0): string =>
  `${write(100 * share, language, { maximumFractionDigits: decimals })}\u00a0%`;

/** « 4 mars 2019 »; French counts the first day of a month as such: « 1er mars 2019 ». */
export const formatDay = (day: string, language: Language): string => {
  const written = new Intl.DateTimeFormat(locale(language), { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
  return language === 'fr' ? written.replace(/^1 /, '1er ') : written;
};

/** « janvier 2024 » of any day of it, or of the month itself (2024-01); « janv. 24 » where there is little room. */
export const formatMonth = (day: string, language: Language, style: 'long' | 'short' = 'long'): string =>
  new Intl.DateTimeFormat(locale(language), {
    month: style,
    year: style === 'long' ? 'numeric' : '2-digit',
    timeZone: 'UTC',
  }).format(new Date(`${day.slice(0, 7)}-01T00:00:00Z`));

import type { Quantity } from '../client/names.ts';
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
 * kWh above ten thousand read as MWh, above ten million as GWh; the three bounds share one scale. "A year" and "days" are
 * left to the words around the figure.
 */
const scaleOf = (value: number, stated: string): Scaled => {
  const size = Math.abs(value);
  const unit = stated.replace(/\/yr$/, '');
  if (unit === 'kWh') {
    if (size >= 1e7) return { factor: 1e-6, unit: 'GWh' };
    return size >= 1e4 ? { factor: 1e-3, unit: 'MWh' } : { factor: 1, unit };
  }
  if (unit === 'EUR') {
    if (size >= 1e6) return { factor: 1e-6, unit: 'M€' };
    return size >= 1e5 ? { factor: 1e-3, unit: 'k€' } : { factor: 1, unit: '€' };
  }
  if (unit === 'J') {
    if (size >= 1e7) return { factor: 1e-6, unit: 'MJ' };
    return size >= 1e4 ? { factor: 1e-3, unit: 'kJ' } : { factor: 1, unit };
  }
  if (unit === 'kgCO2e')
    return size >= 1e4 ? { factor: 1e-3, unit: 't CO₂e' } : { factor: 1, unit: 'kg CO₂e' };
  return { factor: 1, unit: unit === 'yr' || unit === 'd' ? '' : (plainUnits[unit] ?? unit) };
};

/** Three significant digits are all that such intervals bear. */
export const formatNumber = (value: number, language: Language): string =>
  new Intl.NumberFormat(locale(language), {
    maximumSignificantDigits: Math.abs(value) >= 1000 ? 4 : 3,
    // Minus zero would be written with its sign.
  }).format(value === 0 ? 0 : value);

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

const bounds = (
  quantity: Quantity,
  like = quantity.value,
): { value: number; low: number; high: number; unit: string } => {
  // What is rounded up to the next unit is written in it: 10 MWh, not 10 000 kWh.
  const { factor, unit } = scaleOf(round(like, (quantity.high - quantity.low) / 2), quantity.unit);
  const halfWidth = ((quantity.high - quantity.low) / 2) * factor;
  const at = (value: number): number => round(value * factor, halfWidth);
  return { value: at(quantity.value), low: at(quantity.low), high: at(quantity.high), unit };
};

const write = (value: number, language: Language): string =>
  new Intl.NumberFormat(locale(language), { maximumFractionDigits: 6 }).format(value);

/** A name as it stands within a sentence: its first letter small, unless it begins with an acronym. */
export const midSentence = (name: string): string =>
  /^\p{Lu}\p{Lu}/u.test(name) ? name : name.slice(0, 1).toLowerCase() + name.slice(1);

/** A part of a figure in the unit of the whole, two digits: parts of an uncertain figure are no surer. */
export const formatShare = (whole: Quantity, part: number, language: Language): string => {
  const { factor, unit } = scaleOf(Math.max(whole.value, whole.high), whole.unit);
  const number = new Intl.NumberFormat(locale(language), { maximumSignificantDigits: 2 }).format(
    part * factor,
  );
  return `${number}\u00a0${unit}`;
};

/** `61 MWh`; in the unit that `like` would be written in, for figures compared with each other. */
export const formatValue = (quantity: Quantity, language: Language, like?: number): string => {
  const { value, unit } = bounds(quantity, like);
  const number = quantity.high > quantity.low ? write(value, language) : formatNumber(value, language);
  return `${number}${unit === '' ? '' : `\u00a0${unit}`}`;
};

/** `61 MWh (52–70)`, the interval never cut at the end of a line. */
export const formatQuantity = (quantity: Quantity, language: Language): string =>
  `${formatValue(quantity, language)} (${formatInterval(quantity, language).replace('–', '–\u2060')})`;

/** `52–70`; a bound below zero would look like the dash, so dots stand between. */
export const formatInterval = (quantity: Quantity, language: Language, like?: number): string => {
  const { low, high } = bounds(quantity, like);
  return `${write(low, language)}${low < 0 ? ' … ' : '–'}${write(high, language)}`;
};

export const formatPercent = (share: number, language: Language): string =>
  new Intl.NumberFormat(locale(language), { style: 'percent', maximumFractionDigits: 0 }).format(share);

export const formatDay = (day: string, language: Language): string =>
  new Intl.DateTimeFormat(locale(language), { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );

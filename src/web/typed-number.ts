import type { Language } from './i18n.ts';

/** English commas between groups of three digits; two groups or more are no decimals in French either. */
const grouped = (bare: string, language: Language): boolean =>
  (language === 'en' ? /^-?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/ : /^-?[1-9]\d{0,2}(?:,\d{3}){2,}$/).test(bare);

/**
 * A number as people type it in their language: with spaces between thousands, a comma or a point before decimals, in English commas
 * between thousands; undefined for an empty field, NaN for what is none.
 */
export const numberOf = (text: string, language: Language): number | undefined => {
  const bare = text.trim().replaceAll(/\s/g, '');
  if (bare === '') return undefined;
  return Number(grouped(bare, language) ? bare.replaceAll(',', '') : bare.replace(',', '.'));
};

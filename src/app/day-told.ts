import type { Language } from '../core/message.ts';
import { dayEn, dayFr } from '../core/wording.ts';

const locales: Readonly<Record<Language, string>> = { fr: 'fr-FR', en: 'en-GB' };

/** `2026-11-27` as « 27 novembre 2026 », `2026-09-01` as « 1er septembre 2026 ». */
export const dayTold = (day: string, language: Language): string =>
  language === 'fr' ? dayFr(day) : dayEn(day);

/** For the columns of a table, `2026-11-27` as « 27/11/2026 »; English keeps the order that nobody can misread. */
export const dayShort = (day: string, language: Language): string =>
  language === 'fr' ? day.split('-').toReversed().join('/') : day;

/** A sentence with its ISO days as people write them; what only looks like a day is left. */
export const daysTold = (sentence: string, language: Language): string =>
  sentence.replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, (day) =>
    Number.isNaN(Date.parse(day)) ? day : dayTold(day, language),
  );

/** `2026-02`, or a day of it, as « février 2026 ». */
export const monthTold = (month: string, language: Language): string =>
  new Intl.DateTimeFormat(locales[language], { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month.slice(0, 7)}-01T00:00:00Z`),
  );

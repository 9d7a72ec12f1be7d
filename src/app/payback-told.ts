import type { Language } from '../core/message.ts';
import type { Quantity } from '../core/quantity.ts';
import type { ScenarioView } from './comparison-views.ts';
import { figure, plain } from './report.ts';

type PaidBack = ScenarioView['paybackWithin'];

/** `8 ans (3 à 24)`, `29 ans (14 à jamais)`, `jamais en 30 ans (12 % de chances du contraire)` or `non évalué`. */
export const paybackTold = (years: Quantity | null, within: PaidBack, language: Language): string => {
  const t = (fr: string, en: string): string => (language === 'fr' ? fr : en);
  if (within === null) return t('non évalué', 'not evaluated');
  const { chance, withinYears, openEnded } = within;
  const percent = `${plain(100 * chance, language, 2)} %`;
  if (years === null)
    return t(
      `jamais en ${withinYears} ans (${percent} de chances du contraire)`,
      `never within ${withinYears} years (${percent} chance that it is)`,
    );
  if (!openEnded) return figure(years, language);
  return t(
    `${plain(years.value, 'fr')} ans (${plain(years.low, 'fr')} à jamais), ${percent} de chances d’y arriver en ${withinYears} ans`,
    `${plain(years.value, 'en')} years (${plain(years.low, 'en')} to never), ${percent} chance of it within ${withinYears} years`,
  );
};

import type { Front, Programme } from '../../client/names.ts';
import { formatNumber } from '../format.ts';
import type { Text } from '../i18n.ts';

/** How far past the budget the front looks: a little more money, not another programme. */
export const BEYOND = 1.4;

type FrontPoint = Front['points'][number];
type Point = Pick<FrontPoint, 'costEur' | 'value'> & {
  readonly chosen: readonly Pick<FrontPoint['chosen'][number], 'buildingId' | 'name'>[];
};
type Accepted = Pick<Programme, 'costEur' | 'budgetEur'> & {
  readonly chosen: readonly { readonly buildingId: string }[];
  /** What the programme itself saves: a front of larger yearly budgets may have a better plan for no more money in all. */
  readonly savingKwh?: { readonly value: number };
};

/** A plan brings more when it does by more than this: less is within the gap of either plan. */
const CLEARLY = 1.005;

/**
 * The first plan that is dearer than the programme's money and brings more, in a sentence. Where none is, a plan within
 * the total may still bring more: then the money of one year holds it, not their sum. `value` is in kWh or kg CO2e a year.
 */
export const moreMoney = (
  points: readonly Point[],
  programme: Accepted,
  euros: (value: number) => string,
  against: Front['against'],
): Text => {
  const unit = against === 'energy' ? 'MWh' : 't CO₂e';
  // The plan of the front for the money this programme takes: both are then counted alike.
  const own = points.findLast(({ costEur }) => costEur <= programme.costEur + 1);
  const before = own?.value ?? 0;
  const saved = against === 'energy' ? programme.savingKwh?.value : undefined;
  const same = points.find(
    ({ costEur, value }) => costEur <= programme.costEur + 1 && value > CLEARLY * (saved ?? Infinity),
  );
  if (same !== undefined && saved !== undefined) {
    const gain = (same.value - saved) / 1000;
    const share = Math.round(100 * (BEYOND - 1));
    return {
      fr: `Sans plus d’argent en tout (${euros(same.costEur)} de travaux), ${formatNumber(gain, 'fr')} ${unit} de plus par an, si chaque année pouvait dépenser jusqu’à ${share} % de plus : c’est le budget de chaque année qui est trop petit.`,
      en: `With no more money in all (${euros(same.costEur)} of works), ${formatNumber(gain, 'en')} ${unit} more a year, if each year could spend up to ${share} % more: the budget of each year is too small.`,
    };
  }
  const better = points.filter(({ costEur, value }) => costEur > programme.costEur + 1 && value > before);
  const more = better.find(({ costEur }) => costEur > programme.budgetEur) ?? better[0];
  if (more === undefined) {
    const share = Math.round(100 * (BEYOND - 1));
    return {
      fr: `Jusqu’à ${share} % d’argent de plus, aucun plan n’apporte davantage.`,
      en: `Up to ${share} % more money, no plan brings more.`,
    };
  }
  const gained = (more.value - before) / 1000;
  const here = new Set(programme.chosen.map(({ buildingId }) => buildingId));
  const entering = more.chosen.filter(({ buildingId }) => !here.has(buildingId));
  const names = (language: 'fr' | 'en'): string =>
    entering
      .slice(0, 3)
      .map(({ name }) => name[language])
      .join(', ') + (entering.length > 3 ? '…' : '');
  const extra = euros(more.costEur - (own?.costEur ?? 0));
  const held = more.costEur <= programme.budgetEur;
  return {
    fr: `Pour ${extra} de plus de travaux (${euros(more.costEur)} en tout), ${formatNumber(gained, 'fr')} ${unit} de plus par an${entering.length === 0 ? '' : ` ; entreraient : ${names('fr')}`}.${held ? ' Le total du budget y suffit : c’est le budget de chaque année qui est trop petit pour ces travaux.' : ''}`,
    en: `For ${extra} more of works (${euros(more.costEur)} in all), ${formatNumber(gained, 'en')} ${unit} more a year${entering.length === 0 ? '' : `; these would enter: ${names('en')}`}.${held ? ' The whole budget is enough for it: the budget of each year is too small for these works.' : ''}`,
  };
};

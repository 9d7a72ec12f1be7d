import { type Message, message } from '../core/message.ts';
import { precisionEn, precisionFr } from '../core/wording.ts';
import { keuros } from './explain-words.ts';

/** A plan of the front as it is compared: its cost, EUR, what it brings a year, kWh or kg CO2e, and whom it takes. */
type Point = {
  readonly costEur: number;
  readonly value: number;
  readonly chosen: readonly { readonly buildingId: string; readonly name: Message }[];
};

type Present = {
  readonly costEur: number;
  readonly budgetEur: number;
  /** Expected, kWh a year: a front of larger yearly budgets may have a better plan for no more money in all. */
  readonly savingKwh: number;
  readonly chosen: readonly { readonly buildingId: string }[];
};

/** A plan brings more when it does by more than this: less is within the gap of either plan. */
const CLEARLY = 1.005;
/** Rounding of a sum of costs, EUR. */
const SAME_EUR = 1;
/** Buildings named that would enter. */
const NAMED = 3;

/**
 * What a little more money would bring to a plan, in a sentence: the first plan of a front (`costFront`, cheapest first, on up to
 * `times` the money) that is dearer than the plan's money and brings more. Where none is, a plan within the total may still bring more:
 * then the money of one year holds it, not their sum.
 */
export const moreMoney = (
  points: readonly Point[],
  present: Present,
  against: 'energy' | 'carbon',
  times: number,
): Message => {
  const unit = against === 'energy' ? 'MWh' : 't CO₂e';
  const share = Math.round(100 * (times - 1));
  const gain = (thousands: number): Message =>
    message(
      `${precisionFr(thousands, 3)} ${unit} de plus par an`,
      `${precisionEn(thousands, 3)} ${unit} more a year`,
    );
  // The plan of the front for the money this one takes: both are then counted alike.
  const own = points.findLast(({ costEur }) => costEur <= present.costEur + SAME_EUR);
  const before = own?.value ?? 0;
  const same =
    against === 'energy'
      ? points.find(
          ({ costEur, value }) =>
            costEur <= present.costEur + SAME_EUR && value > CLEARLY * present.savingKwh,
        )
      : undefined;
  if (same !== undefined) {
    const [cost, gained] = [keuros(same.costEur), gain((same.value - present.savingKwh) / 1000)];
    return message(
      `Sans plus d’argent en tout (${cost.fr} de travaux), ${gained.fr}, si chaque année pouvait dépenser jusqu’à ${share} % de plus : c’est le budget de chaque année qui est trop petit.`,
      `With no more money in all (${cost.en} of works), ${gained.en}, if each year could spend up to ${share} % more: the budget of each year is too small.`,
    );
  }
  const better = points.filter(
    ({ costEur, value }) => costEur > present.costEur + SAME_EUR && value > before,
  );
  const more = better.find(({ costEur }) => costEur > present.budgetEur) ?? better[0];
  if (more === undefined)
    return message(
      `Jusqu’à ${share} % d’argent de plus, aucun plan n’apporte davantage.`,
      `Up to ${share} % more money, no plan brings more.`,
    );
  const here = new Set(present.chosen.map(({ buildingId }) => buildingId));
  const entering = more.chosen.filter(({ buildingId }) => !here.has(buildingId));
  const names = (language: 'fr' | 'en'): string =>
    entering
      .slice(0, NAMED)
      .map(({ name }) => name[language])
      .join(', ') + (entering.length > NAMED ? '…' : '.');
  const [extra, whole] = [keuros(more.costEur - (own?.costEur ?? 0)), keuros(more.costEur)];
  const gained = gain((more.value - before) / 1000);
  const held = more.costEur <= present.budgetEur;
  return message(
    `Pour ${extra.fr} de plus de travaux (${whole.fr} en tout), ${gained.fr}${entering.length === 0 ? '.' : ` ; entreraient : ${names('fr')}`}${held ? ' Le total du budget y suffit : c’est le budget de chaque année qui est trop petit pour ces travaux.' : ''}`,
    `For ${extra.en} more of works (${whole.en} in all), ${gained.en}${entering.length === 0 ? '.' : `; these would enter: ${names('en')}`}${held ? ' The whole budget is enough for it: the budget of each year is too small for these works.' : ''}`,
  );
};

import { type Message, message } from '../core/message.ts';
import { countEn, countFr } from '../core/wording.ts';
import { keuros } from './explain-words.ts';
import type { Choice, Package, ProgrammeProblem } from './types.ts';

/** Left of a year that nobody asks about, EUR. */
const NOTHING = 500;

type Offer = { readonly name: Message; readonly costEur: number };

const cheapest = (offers: readonly Offer[]): Offer | undefined =>
  offers.reduce<Offer | undefined>(
    (best, one) => (best === undefined || one.costEur < best.costEur ? one : best),
    undefined,
  );

/** What works would still bring for the objective: those that bring nothing are no use for the money that is left. */
const brings = (
  { objective = 'energy' }: ProgrammeProblem,
  { savingKwh, carbonKg, netValueEur, meetsLaw }: Package,
): number => {
  if (savingKwh <= 0) return 0;
  if (objective === 'carbon') return carbonKg ?? 0;
  if (objective === 'net-value') return netValueEur ?? 0;
  return objective === 'legal-risk' ? Number(meetsLaw === true) : savingKwh;
};

/** A year whose money is not all spent: what is left of it and how the sentence about it begins. */
type Rest = { readonly year: number; readonly eur: number; readonly fr: string; readonly en: string };

/** What a plan left undone, asked of in as many ways as there are reasons. */
type Undone = {
  readonly costOf: (choice: Choice) => number;
  readonly dwellingsOf: (choice: Choice) => number;
  /** The cheapest works of a building that has none in the plan. */
  readonly next: Offer | undefined;
  /** What the cheapest deeper package of the works of a year would cost more. */
  readonly deeperIn: (year: number) => Offer | undefined;
  /** The cheapest works of the years that follow. */
  readonly after: (year: number) => Offer | undefined;
  /** The cheapest deeper package that no year's money pays by itself. */
  readonly beyond: () => Offer | undefined;
};

const undoneOf = (problem: ProgrammeProblem, choices: readonly Choice[]): Undone => {
  const { candidates, budgetsEur } = problem;
  const byId = new Map(candidates.map((one) => [one.buildingId, one]));
  const taken = new Set(choices.map(({ buildingId }) => buildingId));
  const costOf = ({ buildingId, packageId }: Choice): number =>
    byId.get(buildingId)?.packages.find(({ id }) => id === packageId)?.costEur ?? 0;
  /** Packages that bring more than the one chosen, with what each costs beside it. */
  const deeper = (
    choice: Choice,
  ): { readonly name: Message; readonly costEur: number; readonly moreEur: number }[] => {
    const own = byId.get(choice.buildingId);
    const now = own?.packages.find(({ id }) => id === choice.packageId);
    if (own === undefined || now === undefined) return [];
    return own.packages
      .filter((packaged) => brings(problem, packaged) > brings(problem, now))
      .map(({ costEur }) => ({ name: own.name, costEur, moreEur: costEur - now.costEur }));
  };
  return {
    costOf,
    dwellingsOf: ({ buildingId }) => byId.get(buildingId)?.dwellings ?? 1,
    next: cheapest(
      candidates
        .filter(({ buildingId }) => !taken.has(buildingId))
        .flatMap((one) =>
          one.packages
            .filter((packaged) => brings(problem, packaged) > 0)
            .map(({ costEur }): Offer => ({ name: one.name, costEur })),
        ),
    ),
    deeperIn: (year) =>
      cheapest(
        choices
          .filter((one) => one.year === year)
          .flatMap(deeper)
          .filter(({ moreEur }) => moreEur > 0)
          .map(({ name, moreEur }): Offer => ({ name, costEur: moreEur })),
      ),
    after: (year) =>
      cheapest(
        choices
          .filter((one) => one.year > year)
          .map(
            (one): Offer => ({
              name: byId.get(one.buildingId)?.name ?? message(one.buildingId, one.buildingId),
              costEur: costOf(one),
            }),
          ),
      ),
    beyond: () =>
      cheapest(choices.flatMap(deeper).filter(({ costEur }) => costEur > Math.max(...budgetsEur))),
  };
};

/** Every building has works: why those of other years, or deeper ones, did not take the money that is left. */
const allServed = (
  { budgetsEur, carryOver }: ProgrammeProblem,
  undone: Undone,
  { year, eur, fr, en }: Rest,
  worksInYear: number,
): Message => {
  const later = undone.after(year);
  if (later !== undefined && later.costEur > eur) {
    const cost = keuros(later.costEur);
    return message(
      `${fr} : chaque bâtiment a ses travaux, et ceux des années suivantes n’y tiennent pas (les moins chers, ${later.name.fr}, ${cost.fr}).`,
      `${en}: every building has its works, and those of the years that follow do not fit (the cheapest, ${later.name.en}, ${cost.en}).`,
    );
  }
  if (worksInYear === 0) {
    const beyond = undone.beyond();
    if (beyond === undefined || carryOver === true)
      return message(
        `${fr} : chaque bâtiment a déjà ses travaux.`,
        `${en}: every building has its works already.`,
      );
    const [dear, most] = [keuros(beyond.costEur), keuros(Math.max(...budgetsEur))];
    return message(
      `${fr} : chaque bâtiment a déjà ses travaux, et les plus profonds dépassent l’argent d’une année (${beyond.name.fr}, ${dear.fr} pour ${most.fr}). Laisser aller à l’année suivante ce qu’une année laisse, ou réunir deux budgets, les permettrait.`,
      `${en}: every building has its works already, and deeper ones are more than the money of a year (${beyond.name.en}, ${dear.en} for ${most.en}). To let what a year leaves go to the next one, or to join two budgets, would allow them.`,
    );
  }
  const deeper = undone.deeperIn(year);
  if (deeper === undefined)
    return message(
      `${fr} : chaque bâtiment a ses travaux, et ceux de l’année sont les plus profonds.`,
      `${en}: every building has its works, and those of the year are the deepest.`,
    );
  const extra = keuros(deeper.costEur);
  return message(
    `${fr} : chaque bâtiment a ses travaux ; le lot plus profond le moins cher de l’année (${deeper.name.fr}) coûterait ${extra.fr} de plus.`,
    `${en}: every building has its works; the cheapest deeper package of the year (${deeper.name.en}) would cost ${extra.en} more.`,
  );
};

/** Works are left, and even the cheapest cost more than what is left of the year. */
const tooDear = (undone: Undone, next: Offer, { year, eur, fr, en }: Rest): Message => {
  const cost = keuros(next.costEur);
  const deeper = undone.deeperIn(year);
  const extra = deeper === undefined ? undefined : keuros(deeper.costEur);
  const [alsoFr, alsoEn] =
    deeper === undefined || extra === undefined || deeper.costEur <= eur
      ? ['', '']
      : [
          `, et le lot plus profond le moins cher (${deeper.name.fr}) ${extra.fr} de plus`,
          `, and the cheapest deeper package (${deeper.name.en}) ${extra.en} more`,
        ];
  return message(
    `${fr} : des travaux qui restent, les moins chers (${next.name.fr}) coûtent ${cost.fr}${alsoFr}.`,
    `${en}: of the works that are left, the cheapest (${next.name.en}) cost ${cost.en}${alsoEn}.`,
  );
};

/**
 * Why the rest of each year's money is not spent, one sentence a year; null for a year whose money is spent to a few hundred euros, or
 * goes on to the next one.
 */
export const unspentMoney = (problem: ProgrammeProblem, choices: readonly Choice[]): (Message | null)[] => {
  const { firstYear, budgetsEur, carryOver, sitesAYear, dwellingsAYear } = problem;
  const undone = undoneOf(problem, choices);
  let kept = 0;
  return budgetsEur.map((budget, t) => {
    const year = firstYear + t;
    const own = choices.filter((one) => one.year === year);
    const eur = kept + budget - own.reduce((sum, one) => sum + undone.costOf(one), 0);
    kept = carryOver === true ? eur : 0;
    if (eur < NOTHING || (carryOver === true && t < budgetsEur.length - 1)) return null;
    const money = keuros(eur);
    const rest: Rest = { year, eur, fr: `${money.fr} ne sont pas dépensés`, en: `${money.en} are not spent` };
    if (sitesAYear !== undefined && own.length >= sitesAYear)
      return message(
        `${rest.fr} : ${countFr(sitesAYear, 'chantier', 'chantiers')} par an au plus, et ils sont pris.`,
        `${rest.en}: ${countEn(sitesAYear, 'site', 'sites')} a year at most, and they are taken.`,
      );
    const { next } = undone;
    if (next === undefined) return allServed(problem, undone, rest, own.length);
    if (next.costEur > eur) return tooDear(undone, next, rest);
    const dwellings = own.reduce((sum, one) => sum + undone.dwellingsOf(one), 0);
    if (dwellingsAYear !== undefined && dwellings > 0)
      return message(
        `${rest.fr} : ${dwellings} logements sont en travaux, sur ${dwellingsAYear} au plus.`,
        `${rest.en}: ${dwellings} dwellings are at work, out of ${dwellingsAYear} at most.`,
      );
    const cost = keuros(next.costEur);
    return message(
      `${rest.fr} : une autre contrainte du programme retient les travaux qui y tiendraient (${next.name.fr}, ${cost.fr}).`,
      `${rest.en}: another constraint of the programme holds back the works that would fit (${next.name.en}, ${cost.en}).`,
    );
  });
};

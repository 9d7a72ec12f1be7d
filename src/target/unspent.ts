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

/**
 * Why the rest of each year's money is not spent, one sentence a year; null for a year whose money is spent to a few hundred euros, or
 * goes on to the next one.
 */
export const unspentMoney = (problem: ProgrammeProblem, choices: readonly Choice[]): (Message | null)[] => {
  const { candidates, firstYear, budgetsEur, carryOver, sitesAYear, dwellingsAYear } = problem;
  const byId = new Map(candidates.map((one) => [one.buildingId, one]));
  const taken = new Map(choices.map((one) => [one.buildingId, one]));
  const costOf = ({ buildingId, packageId }: Choice): number =>
    byId.get(buildingId)?.packages.find(({ id }) => id === packageId)?.costEur ?? 0;
  // What is not done at all, and what the next deeper package of one that is done would cost more.
  const left = candidates
    .filter(({ buildingId }) => !taken.has(buildingId))
    .flatMap((one) =>
      one.packages
        .filter((packaged) => brings(problem, packaged) > 0)
        .map(({ costEur }): Offer => ({ name: one.name, costEur })),
    );
  const next = cheapest(left);
  const deeperIn = (year: number): Offer | undefined =>
    cheapest(
      choices
        .filter((one) => one.year === year)
        .flatMap((choice) => {
          const own = byId.get(choice.buildingId);
          const now = own?.packages.find(({ id }) => id === choice.packageId);
          if (own === undefined || now === undefined) return [];
          return own.packages
            .filter((packaged) => brings(problem, packaged) > brings(problem, now))
            .map(({ costEur }): Offer => ({ name: own.name, costEur: costEur - now.costEur }))
            .filter(({ costEur }) => costEur > 0);
        }),
    );
  let kept = 0;
  return budgetsEur.map((budget, t) => {
    const year = firstYear + t;
    const own = choices.filter((one) => one.year === year);
    const rest = kept + budget - own.reduce((sum, one) => sum + costOf(one), 0);
    kept = carryOver === true ? rest : 0;
    if (rest < NOTHING || (carryOver === true && t < budgetsEur.length - 1)) return null;
    const money = keuros(rest);
    const [fr, en] = [`${money.fr} ne sont pas dépensés`, `${money.en} are not spent`];
    const dwellings = own.reduce((sum, one) => sum + (byId.get(one.buildingId)?.dwellings ?? 1), 0);
    if (sitesAYear !== undefined && own.length >= sitesAYear)
      return message(
        `${fr} : ${countFr(sitesAYear, 'chantier', 'chantiers')} par an au plus, et ils sont pris.`,
        `${en}: ${countEn(sitesAYear, 'site', 'sites')} a year at most, and they are taken.`,
      );
    const deeper = deeperIn(year);
    const later = cheapest(
      choices
        .filter((one) => one.year > year)
        .map(
          (one): Offer => ({
            name: byId.get(one.buildingId)?.name ?? message(one.buildingId, one.buildingId),
            costEur: costOf(one),
          }),
        ),
    );
    if (next === undefined) {
      if (later !== undefined && later.costEur > rest) {
        const cost = keuros(later.costEur);
        return message(
          `${fr} : chaque bâtiment a ses travaux, et ceux des années suivantes n’y tiennent pas (les moins chers, ${later.name.fr}, ${cost.fr}).`,
          `${en}: every building has its works, and those of the years that follow do not fit (the cheapest, ${later.name.en}, ${cost.en}).`,
        );
      }
      if (own.length === 0) {
        const largest = Math.max(...budgetsEur);
        const beyond = cheapest(
          choices.flatMap((choice) => {
            const one = byId.get(choice.buildingId);
            const now = one?.packages.find(({ id }) => id === choice.packageId);
            return one === undefined || now === undefined
              ? []
              : one.packages
                  .filter(
                    (packaged) =>
                      brings(problem, packaged) > brings(problem, now) && packaged.costEur > largest,
                  )
                  .map(({ costEur }): Offer => ({ name: one.name, costEur }));
          }),
        );
        if (beyond === undefined || carryOver === true)
          return message(
            `${fr} : chaque bâtiment a déjà ses travaux.`,
            `${en}: every building has its works already.`,
          );
        const [dear, most] = [keuros(beyond.costEur), keuros(largest)];
        return message(
          `${fr} : chaque bâtiment a déjà ses travaux, et les plus profonds dépassent l’argent d’une année (${beyond.name.fr}, ${dear.fr} pour ${most.fr}). Laisser aller à l’année suivante ce qu’une année laisse, ou réunir deux budgets, les permettrait.`,
          `${en}: every building has its works already, and deeper ones are more than the money of a year (${beyond.name.en}, ${dear.en} for ${most.en}). To let what a year leaves go to the next one, or to join two budgets, would allow them.`,
        );
      }
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
    }
    const cost = keuros(next.costEur);
    if (next.costEur > rest) {
      const extra = deeper === undefined ? undefined : keuros(deeper.costEur);
      const [alsoFr, alsoEn] =
        deeper === undefined || extra === undefined || deeper.costEur <= rest
          ? ['', '']
          : [
              `, et le lot plus profond le moins cher (${deeper.name.fr}) ${extra.fr} de plus`,
              `, and the cheapest deeper package (${deeper.name.en}) ${extra.en} more`,
            ];
      return message(
        `${fr} : des travaux qui restent, les moins chers (${next.name.fr}) coûtent ${cost.fr}${alsoFr}.`,
        `${en}: of the works that are left, the cheapest (${next.name.en}) cost ${cost.en}${alsoEn}.`,
      );
    }
    if (dwellingsAYear !== undefined && dwellings > 0)
      return message(
        `${fr} : ${dwellings} logements sont en travaux, sur ${dwellingsAYear} au plus.`,
        `${en}: ${dwellings} dwellings are at work, out of ${dwellingsAYear} at most.`,
      );
    return message(
      `${fr} : une autre contrainte du programme retient les travaux qui y tiendraient (${next.name.fr}, ${cost.fr}).`,
      `${en}: another constraint of the programme holds back the works that would fit (${next.name.en}, ${cost.en}).`,
    );
  });
};

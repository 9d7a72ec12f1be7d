import { type Message, message } from '../core/message.ts';
import { type Compiled, coefficient } from './compile.ts';
import { reducedValues } from './pricing.ts';
import type { Reason, ShadowPrice } from './types.ts';

const COST = 0;

/** What one more unit of each binding constraint would be worth. */
export const shadowPricesOf = (compiled: Compiled, prices: Float64Array): ShadowPrice[] =>
  compiled.rows.flatMap(({ id, name, unit }, r) =>
    prices[r] > 0 ? [{ constraint: id, name, price: prices[r], unit }] : [],
  );

/** Price of one euro spent by a building in a year, and of all else its option takes of the rows. */
const pricesOf = (
  compiled: Compiled,
  prices: Float64Array,
  option: number,
): { readonly euro: number; readonly rest: number; readonly dearest: number } => {
  const cost = compiled.attribute[COST][Math.floor(option / compiled.years)];
  let [euro, rest, dearest, most] = [0, 0, -1, 0];
  compiled.rows.forEach((row, r) => {
    const share = prices[r] * coefficient(compiled, row, option);
    if (share > most) [dearest, most] = [r, share];
    if (row.attribute === COST) euro += cost > 0 ? share / cost : 0;
    else rest += share;
  });
  return { euro, rest, dearest };
};

const thousands = (euros: number): number => Math.round(euros / 1000);

const nameOfRow = (compiled: Compiled, r: number): Message =>
  compiled.rows[r]?.name ?? message('aucune contrainte', 'no constraint');

const leftOut = (
  compiled: Compiled,
  prices: Float64Array,
  reduced: Float64Array,
  building: number,
): Omit<Reason, 'buildingId'> => {
  const { years, firstPackage, problem, allowed } = compiled;
  const { packages } = problem.candidates[building];
  const nothing = { entryCostEur: null };
  if (packages.length === 0)
    return {
      ...nothing,
      reason: message('aucun lot de travaux ne lui est proposé.', 'no package of works is offered for it.'),
    };
  if (packages.every(({ savingKwh }) => savingKwh <= 0))
    return {
      ...nothing,
      reason: message(
        'aucun lot ne lui ferait économiser d’énergie.',
        'no package would save it any energy.',
      ),
    };
  let best = -1;
  for (let o = firstPackage[building] * years; o < firstPackage[building + 1] * years; o++)
    if (allowed[o] === 1 && (best === -1 || reduced[o] > reduced[best])) best = o;
  if (best === -1) {
    const cheapest = Math.min(...packages.map(({ costEur }) => costEur));
    const largest = Math.max(...problem.budgetsEur);
    return {
      entryCostEur: largest,
      reason: message(
        `son lot le moins cher (${thousands(cheapest)} k€) dépasse ce qu’une année permet (${thousands(largest)} k€).`,
        `its cheapest package (${thousands(cheapest)} k€) is more than one year allows (${thousands(largest)} k€).`,
      ),
    };
  }
  const worth = compiled.worth[best];
  const { euro, rest, dearest } = pricesOf(compiled, prices, best);
  const cost = compiled.attribute[COST][Math.floor(best / years)];
  if (worth <= 0)
    return {
      entryCostEur: null,
      reason: message(
        'ses lots coûtent plus qu’ils ne rapportent pour l’objectif choisi.',
        'its packages cost more than they bring for the chosen objective.',
      ),
    };
  if (reduced[best] < 0 && euro > 0) {
    const entry = Math.max(0, (worth - rest) / euro);
    const name = nameOfRow(compiled, dearest);
    return {
      entryCostEur: entry,
      reason: message(
        `le ${name.fr} va d’abord à des travaux qui rapportent plus par euro ; son meilleur lot (${thousands(cost)} k€) entrerait à ${thousands(entry)} k€.`,
        `the ${name.en} goes first to works that bring more per euro; its best package (${thousands(cost)} k€) would enter at ${thousands(entry)} k€.`,
      ),
    };
  }
  if (reduced[best] < 0) {
    const name = nameOfRow(compiled, dearest);
    return {
      entryCostEur: null,
      reason: message(
        `la contrainte « ${name.fr} » sert mieux à d’autres bâtiments.`,
        `the constraint “${name.en}” serves other buildings better.`,
      ),
    };
  }
  return {
    entryCostEur: cost,
    reason: message(
      `il est à la limite : son meilleur lot (${thousands(cost)} k€) vaut son prix, mais ce que les années laissent ne suffit pas à un lot entier.`,
      `it is on the edge: its best package (${thousands(cost)} k€) is worth its price, but what the years leave is not enough for a whole one.`,
    ),
  };
};

const whyLate = (compiled: Compiled, prices: Float64Array, option: number): Omit<Reason, 'buildingId'> => {
  const { years, problem } = compiled;
  const t = option % years;
  const sooner = option - t;
  const year = problem.firstYear + t;
  const cost = compiled.attribute[COST][Math.floor(option / years)];
  if (compiled.allowed[sooner] !== 1)
    return {
      entryCostEur: problem.budgetsEur[0] ?? null,
      reason: message(
        `son lot (${thousands(cost)} k€) dépasse ce que ${problem.firstYear} permet.`,
        `its package (${thousands(cost)} k€) is more than ${problem.firstYear} allows.`,
      ),
    };
  const [first, own] = [pricesOf(compiled, prices, sooner), pricesOf(compiled, prices, option)];
  const gain = compiled.worth[sooner] - compiled.worth[option];
  const dearer = first.euro - own.euro;
  const name = nameOfRow(compiled, first.dearest);
  return {
    entryCostEur: dearer > 0 ? Math.max(0, (gain - (first.rest - own.rest)) / dearer) : null,
    reason:
      dearer > 0
        ? message(
            `le ${name.fr} est plus disputé que celui de ${year} : d’autres travaux y rapportent plus par euro.`,
            `the ${name.en} is more in demand than that of ${year}: other works bring more per euro there.`,
          )
        : message(
            `les années d’avant sont pleines de travaux qui rapportent autant ou plus ; ${year} est la première où son lot entier tient.`,
            `the years before are full of works that bring as much or more; ${year} is the first where its whole package fits.`,
          ),
  };
};

/** Why each building left out is out, and each one taken after the first year is late. */
export const explainPlan = (
  compiled: Compiled,
  prices: Float64Array,
  options: readonly number[],
): { readonly notChosen: Reason[]; readonly late: Reason[] } => {
  const reduced = reducedValues(compiled, prices);
  const { candidates } = compiled.problem;
  const taken = new Map(
    options.map((option) => [compiled.packageBuilding[Math.floor(option / compiled.years)], option]),
  );
  return {
    notChosen: candidates.flatMap(({ buildingId }, b) =>
      taken.has(b) ? [] : [{ buildingId, ...leftOut(compiled, prices, reduced, b) }],
    ),
    late: [...taken].flatMap(([b, option]) =>
      option % compiled.years === 0
        ? []
        : [{ buildingId: candidates[b].buildingId, ...whyLate(compiled, prices, option) }],
    ),
  };
};

import { type Message, message } from '../core/message.ts';
import { attributes, type Compiled, coefficient } from './compile.ts';
import { keuros, namedOptions, yieldTold } from './explain-words.ts';
import {
  type Block,
  blocksOf,
  costOf,
  onlyMoney,
  packageOf,
  planUse,
  yearOf,
  type PlanUse,
  justAhead,
  worthPerEuro,
} from './plan-use.ts';
import { reducedValues } from './pricing.ts';
import { whyLate } from './explain-late.ts';
import type { Told } from './explain-words.ts';
import { needTold, needsOf } from './needs.ts';
import type { Kept, Reason } from './types.ts';

const COST = attributes.indexOf('costEur');
/** Price of one euro spent by an option, and of all else that it takes of the rows. */
const pricesOf = (
  compiled: Compiled,
  prices: Float64Array,
  option: number,
): { readonly euro: number; readonly rest: number } => {
  const cost = costOf(compiled, option);
  let [euro, rest] = [0, 0];
  compiled.rows.forEach((row, r) => {
    const share = prices[r] * coefficient(compiled, row, option);
    if (row.attribute === COST) euro += cost > 0 ? share / cost : 0;
    else rest += share;
  });
  return { euro, rest };
};

/** Cost at which an option would pay its way at the prices; null where no price of money says. */
const entryAt = (compiled: Compiled, prices: Float64Array, option: number): number | null => {
  const { euro, rest } = pricesOf(compiled, prices, option);
  return euro > 0 ? Math.max(0, (compiled.worth[option] - rest) / euro) : null;
};

/** What keeps an option out, in a clause: the money left, or the constraint that is full. */
const blockTold = (use: PlanUse, option: number, blocks: readonly Block[]): Message => {
  if (!onlyMoney(use, blocks)) return needTold(use, option, needsOf(use, option, blocks));
  const { name } = use.compiled.rows[blocks[0].row];
  const left = keuros(Math.max(0, blocks[0].left));
  return message(`il reste ${left.fr} du ${name.fr}`, `${left.en} is left of the ${name.en}`);
};

const cannot = (compiled: Compiled, building: number): Told => {
  const { packages } = compiled.problem.candidates[building];
  if (packages.length === 0)
    return {
      entryCostEur: null,
      reason: message('aucun lot de travaux ne lui est proposé.', 'no package of works is offered for it.'),
    };
  if (packages.every(({ savingKwh }) => savingKwh <= 0))
    return {
      entryCostEur: null,
      reason: message(
        'aucun lot ne lui ferait économiser d’énergie.',
        'no package would save it any energy.',
      ),
    };
  const largestEur = Math.max(...compiled.problem.budgetsEur);
  const [cheapest, largest] = [
    keuros(Math.min(...packages.map(({ costEur }) => costEur))),
    keuros(largestEur),
  ];
  return {
    entryCostEur: largestEur,
    reason: message(
      `son lot le moins cher (${cheapest.fr}) dépasse ce qu’une année permet (${largest.fr}).`,
      `its cheapest package (${cheapest.en}) is more than one year allows (${largest.en}).`,
    ),
  };
};

/** The year in which the plan leaves an option of a package the most, with what blocks it there. */
const roomiest = (
  use: PlanUse,
  packaged: number,
): { readonly option: number; readonly blocks: readonly Block[] } => {
  const { years, allowed } = use.compiled;
  let best: { option: number; blocks: readonly Block[]; left: number } | undefined;
  for (let option = packaged * years; option < (packaged + 1) * years; option++) {
    if (allowed[option] !== 1) continue;
    const blocks = blocksOf(use, option);
    const left = onlyMoney(use, blocks)
      ? Math.min(...blocks.map((one) => one.left))
      : Number.NEGATIVE_INFINITY;
    if (best === undefined || left > best.left) best = { option, blocks, left };
  }
  return best ?? { option: packaged * years, blocks: [] };
};

/** The price at which a building would enter. Where sites or dwellings are what is short, none may do. */
const entryTold = (entryEur: number | null): Message => {
  if (entryEur === null) return message('', '');
  const told = keuros(entryEur);
  return entryEur > 0
    ? message(` Il entrerait s’il coûtait ${told.fr}.`, ` It would enter if it cost ${told.en}.`)
    : message(
        ' Même gratuit, il n’entrerait pas : ce n’est pas l’argent qui lui manque, et d’autres travaux emploient mieux le reste.',
        ' Even free of charge it would not enter: it is not money that it lacks, and other works make better use of the rest.',
      );
};

const leftOut = (use: PlanUse, prices: Float64Array, reduced: Float64Array, building: number): Told => {
  const { compiled } = use;
  const { years, firstPackage, allowed } = compiled;
  let best = -1;
  for (let o = firstPackage[building] * years; o < firstPackage[building + 1] * years; o++)
    if (allowed[o] === 1 && (best === -1 || reduced[o] > reduced[best])) best = o;
  if (best === -1) return cannot(compiled, building);
  if (compiled.worth[best] <= 0)
    return {
      entryCostEur: null,
      reason: message(
        'ses lots coûtent plus qu’ils ne rapportent pour l’objectif choisi.',
        'its packages cost more than they bring for the chosen objective.',
      ),
    };
  const [cost, brings] = [keuros(costOf(compiled, best)), yieldTold(compiled, best)];
  const packageId =
    compiled.problem.candidates[building].packages[packageOf(compiled, best) - firstPackage[building]].id;
  const { option, blocks } = roomiest(use, packageOf(compiled, best));
  const why =
    blocks.length === 0
      ? message('les travaux auxquels il est lié ne tiennent pas', 'the works that it is tied to do not fit')
      : blockTold(use, option, blocks);
  const ahead = justAhead(use, packageOf(compiled, best), [best % years]);
  const before = namedOptions(compiled, ahead);
  const passed =
    ahead.length === 0
      ? message('', '')
      : message(
          ` ; ${before.fr} ${ahead.length > 1 ? 'passent' : 'passe'} avant lui`,
          `; ${before.en} ${ahead.length > 1 ? 'come' : 'comes'} before it`,
        );
  if (reduced[best] >= 0)
    return {
      packageId,
      entryCostEur: costOf(compiled, best),
      reason: message(
        `il est à la limite : son meilleur lot (${cost.fr}, ${brings.fr}) vaut son prix, mais ${why.fr}, pas assez pour un lot entier${passed.fr}.`,
        `it is on the edge: its best package (${cost.en}, ${brings.en}) is worth its price, but ${why.en}, not enough for a whole one${passed.en}.`,
      ),
    };
  const entry = entryAt(compiled, prices, best);
  const until = entryTold(entry);
  return {
    packageId,
    entryCostEur: entry === 0 ? null : entry,
    reason: message(
      `son meilleur lot (${cost.fr}) rapporte ${brings.fr} ; ${why.fr}${passed.fr}.${until.fr}`,
      `its best package (${cost.en}) brings ${brings.en}; ${why.en}${passed.en}.${until.en}`,
    ),
  };
};

/** The package of more worth that the building did not get, and what its extra euros would bring. */
const deeper = (use: PlanUse, option: number): Message => {
  const { compiled } = use;
  const { years, firstPackage, allowed, worth, packageBuilding } = compiled;
  const building = packageBuilding[packageOf(compiled, option)];
  let next = -1;
  let tooDear = false;
  for (let p = firstPackage[building]; p < firstPackage[building + 1]; p++) {
    const o = p * years + (option % years);
    if (worth[o] <= worth[option] || costOf(compiled, o) <= costOf(compiled, option)) continue;
    if (allowed[o] !== 1) {
      tooDear = true;
      continue;
    }
    const extra = (one: number): number =>
      (worth[one] - worth[option]) / (costOf(compiled, one) - costOf(compiled, option));
    if (next === -1 || extra(o) > extra(next)) next = o;
  }
  if (next === -1 && tooDear)
    return message(
      ' Ses lots plus profonds dépassent ce que l’année permet.',
      ' Its deeper packages are more than the year allows.',
    );
  if (next === -1) return message(' C’est son lot le plus profond.', ' It is its deepest package.');
  const extraEur = costOf(compiled, next) - costOf(compiled, option);
  const perEuro = (worth[next] - worth[option]) / extraEur;
  const [more, brings] = [keuros(extraEur), yieldTold(compiled, option, perEuro)];
  const blocks = blocksOf(use, next);
  if (perEuro >= worthPerEuro(compiled, option) && blocks.length > 0) {
    const why = blockTold(use, next, blocks);
    return message(
      ` Le lot au-dessus (${more.fr} de plus, à ${brings.fr}) n’y tient pas : ${why.fr}, le présent lot repris.`,
      ` The package above (${more.en} more, at ${brings.en}) does not fit: ${why.en}, the present one taken back.`,
    );
  }
  return message(
    ` Le lot au-dessus coûterait ${more.fr} de plus, à ${brings.fr} seulement.`,
    ` The package above would cost ${more.en} more, at ${brings.en} only.`,
  );
};

/** All the money that the year of an option can have, EUR. */
const mostInYear = ({ rows, years }: Compiled, option: number): number =>
  Math.min(
    ...rows.flatMap(({ attribute, yearWeight, limit }) =>
      attribute === COST && yearWeight[option % years] > 0 && limit > 0 ? [limit] : [],
    ),
  );

const whyTaken = (use: PlanUse, prices: Float64Array, option: number): Omit<Kept, 'buildingId'> => {
  const { compiled } = use;
  const building = compiled.packageBuilding[packageOf(compiled, option)];
  const { deadlineYear } = compiled.problem.candidates[building];
  const brings = yieldTold(compiled, option);
  const above = deeper(use, option);
  const year = yearOf(compiled, option);
  const sooner =
    year < (deadlineYear ?? year)
      ? message(` ; fait en ${year}, il compte plus longtemps`, `; done in ${year}, it counts for longer`)
      : message('', '');
  if (compiled.required[building] === 1 && (deadlineYear ?? 0) < compiled.problem.firstYear)
    return {
      exitCostEur: null,
      reason: message(
        `sa date légale est passée (travaux attendus en ${deadlineYear}) : il est pris dès la première année (${brings.fr}).${above.fr}`,
        `its legal date is past (works expected in ${deadlineYear}): it is taken in the first year (${brings.en}).${above.en}`,
      ),
    };
  if (compiled.required[building] === 1)
    return {
      exitCostEur: null,
      reason: message(
        `sa date légale l’impose, travaux en ${deadlineYear} au plus tard (${brings.fr})${sooner.fr}.${above.fr}`,
        `its legal date asks for it, works in ${deadlineYear} at the latest (${brings.en})${sooner.en}.${above.en}`,
      ),
    };
  const atPrices = entryAt(compiled, prices, option);
  if (atPrices === null)
    return {
      exitCostEur: null,
      reason: message(
        `il rapporte ${brings.fr} et le budget de ${yearOf(compiled, option)} ne manque pas.${above.fr}`,
        `it brings ${brings.en} and the budget of ${yearOf(compiled, option)} is not short.${above.en}`,
      ),
    };
  // No more than the year can pay, whatever the works bring.
  const most = mostInYear(compiled, option);
  const exit = Math.min(atPrices, most);
  const until = keuros(exit);
  if (atPrices >= most)
    return {
      exitCostEur: exit,
      reason: message(
        `il rapporte ${brings.fr} ; il resterait retenu à tout prix qui tient dans l’année (${until.fr}).${above.fr}`,
        `it brings ${brings.en}; it would stay chosen at any price that the year can pay (${until.en}).${above.en}`,
      ),
    };
  return {
    exitCostEur: exit,
    reason:
      exit >= costOf(compiled, option)
        ? message(
            `il rapporte ${brings.fr} ; il resterait retenu si son coût montait jusqu’à ${until.fr}.${above.fr}`,
            `it brings ${brings.en}; it would stay chosen if its cost rose up to ${until.en}.${above.en}`,
          )
        : message(
            `il rapporte ${brings.fr} et complète l’année : entier, aucun autre lot n’y tient mieux.${above.fr}`,
            `it brings ${brings.en} and fills the year: no other whole package fits it better.${above.en}`,
          ),
  };
};

/** Why each building left out is out, each one taken after the first year is late, and each one taken is in. */
export const explainPlan = (
  compiled: Compiled,
  prices: Float64Array,
  options: readonly number[],
): { readonly notChosen: Reason[]; readonly late: Reason[]; readonly kept: Kept[] } => {
  const use = planUse(compiled, options);
  const reduced = reducedValues(compiled, prices);
  const { candidates } = compiled.problem;
  const taken = [...use.taken];
  return {
    notChosen: candidates.flatMap(({ buildingId }, b) =>
      use.taken.has(b) ? [] : [{ buildingId, ...leftOut(use, prices, reduced, b) }],
    ),
    late: taken.flatMap(([b, option]) =>
      option % compiled.years === 0
        ? []
        : [{ buildingId: candidates[b].buildingId, ...whyLate(use, option) }],
    ),
    kept: taken.map(([b, option]) => ({
      buildingId: candidates[b].buildingId,
      ...whyTaken(use, prices, option),
    })),
  };
};

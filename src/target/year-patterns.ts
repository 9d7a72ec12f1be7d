import { attributes, type Compiled } from './compile.ts';

const COST = attributes.indexOf('costEur');

/** All that is done in one year, as options; `value` is its worth less the prices of its buildings. */
export type Pattern = { readonly year: number; readonly options: readonly number[]; readonly value: number };

/** Prices of the first resource tried for the bound of a branch, as shares of the best value per unit of it. */
const BRANCH_PRICES = [0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.27, 0.35, 0.45, 0.6, 0.8, 1];

/** Most steps of one walk before it gives up. */
const MOST_STEPS = 1_000_000;

/** Most buildings that a year may hold at the middle cost: beyond, patterns are too many, and prices alone are tight. */
const MOST_A_YEAR = 6;

/** How many packages of the middle cost the largest budget of a year pays for. */
const buildingsAYear = ({ attribute, problem: { budgetsEur } }: Compiled): number => {
  const costs = attribute[COST].toSorted();
  const middle = costs[Math.floor(costs.length / 2)] ?? 0;
  return middle > 0 ? Math.max(...budgetsEur) / middle : Number.POSITIVE_INFINITY;
};

/**
 * Whether every coupling row binds one year alone, buildings are decided one by one and a year holds few of them: each year is
 * then a small knapsack of its own.
 */
export const yearsStandAlone = (compiled: Compiled): boolean =>
  buildingsAYear(compiled) <= MOST_A_YEAR &&
  compiled.units.every(({ members }) => members.length === 1) &&
  compiled.rows.every(
    ({ yearWeight, groupWeight }) =>
      yearWeight.filter((weight) => weight !== 0).length === 1 && groupWeight.every((weight) => weight === 1),
  );

type Item = { readonly option: number; readonly value: number; readonly uses: Float64Array };

/** Menus of the buildings worth taking in a year at their prices; the most valuable buildings first. */
const menusOf = (
  compiled: Compiled,
  year: number,
  prices: Float64Array,
  used: readonly number[],
): Item[][] => {
  const { years, firstPackage, allowed, worth, attribute } = compiled;
  const menus: Item[][] = [];
  for (let b = 0; b < prices.length; b++) {
    const menu: Item[] = [];
    for (let p = firstPackage[b]; p < firstPackage[b + 1]; p++) {
      const option = p * years + year;
      if (allowed[option] === 1)
        menu.push({
          option,
          value: worth[option] - prices[b],
          uses: Float64Array.from(used, (a) => attribute[a][p]),
        });
    }
    if (menu.length > 0) menus.push(menu.toSorted((one, other) => other.value - one.value));
  }
  return menus.toSorted((one, other) => other[0].value - one[0].value);
};

/**
 * Every pattern of a year whose value at the buildings' prices is over `least`, by depth first search; `least` may rise while it
 * walks (return it from `found`). A branch is cut by Lagrangian bounds of its knapsack at a dozen prices. False when
 * the walk was given up.
 */
const walkYear = (
  compiled: Compiled,
  year: number,
  prices: Float64Array,
  least: number,
  found: (options: readonly number[], value: number) => number,
): boolean => {
  const rows = compiled.rows.filter(({ yearWeight }) => yearWeight[year] !== 0);
  const menus = menusOf(
    compiled,
    year,
    prices,
    rows.map(({ attribute }) => attribute),
  );
  let ratio = 0;
  for (const menu of menus)
    for (const { value, uses } of menu) if (uses[0] > 0) ratio = Math.max(ratio, value / uses[0]);
  const branchPrices = rows.length === 0 ? [0] : BRANCH_PRICES.map((share) => share * ratio);
  // suffix[j][m]: most that the menus from m on can bring at branch price j.
  const suffix = branchPrices.map((price) => {
    const sums = new Float64Array(menus.length + 1);
    for (let m = menus.length - 1; m >= 0; m--) {
      let best = 0;
      for (const { value, uses } of menus[m]) best = Math.max(best, value - price * (uses[0] ?? 0));
      sums[m] = sums[m + 1] + best;
    }
    return sums;
  });
  const left = Float64Array.from(rows, ({ limit }) => limit);
  const chosen: number[] = [];
  let floor = least;
  let steps = 0;
  const most = (m: number): number => {
    let bound = Number.POSITIVE_INFINITY;
    for (let j = 0; j < branchPrices.length; j++)
      bound = Math.min(bound, suffix[j][m] + branchPrices[j] * (left[0] ?? 0));
    return bound;
  };
  const walk = (m: number, value: number): boolean => {
    if (++steps > MOST_STEPS) return false;
    if (value + most(m) <= floor) return true;
    if (m === menus.length) {
      floor = found(chosen, value);
      return true;
    }
    for (const item of menus[m]) {
      if (!item.uses.every((use, r) => use <= left[r])) continue;
      item.uses.forEach((use, r) => {
        left[r] -= use;
      });
      chosen.push(item.option);
      const whole = walk(m + 1, value + item.value);
      chosen.pop();
      item.uses.forEach((use, r) => {
        left[r] += use;
      });
      if (!whole) return false;
    }
    return walk(m + 1, value);
  };
  return walk(0, 0);
};

/** The few best patterns of a year over doing nothing, best first; undefined when the walk was given up. */
export const bestPatterns = (
  compiled: Compiled,
  year: number,
  prices: Float64Array,
  count: number,
): Pattern[] | undefined => {
  const top: Pattern[] = [];
  const whole = walkYear(compiled, year, prices, 0, (options, value) => {
    top.push({ year, options: [...options], value });
    top.sort((one, other) => other.value - one.value);
    if (top.length > count) top.pop();
    return top.length === count ? top[count - 1].value : 0;
  });
  return whole ? top : undefined;
};

/** All patterns of a year whose value is over `least`; undefined when they are more than `most`. */
export const patternsOver = (
  compiled: Compiled,
  year: number,
  prices: Float64Array,
  least: number,
  most: number,
): Pattern[] | undefined => {
  const all: Pattern[] = [];
  const whole = walkYear(compiled, year, prices, least, (options, value) => {
    all.push({ year, options: [...options], value });
    return all.length > most ? Number.POSITIVE_INFINITY : least;
  });
  return whole && all.length <= most ? all : undefined;
};

import { attributes, type Compiled, type Unit } from './compile.ts';

/** What a unit does: an option for each of its members, −1 for nothing. */
export type Pick = { readonly options: readonly number[]; readonly reduced: number };

/** Prices of each attribute by year and group: Σ over rows of price · weights. */
const attributePrices = (compiled: Compiled, prices: Float64Array): Float64Array[] => {
  const { rows, years } = compiled;
  const groups = rows[0]?.groupWeight.length ?? 1;
  const result = attributes.map(() => new Float64Array(groups * years));
  rows.forEach((row, r) => {
    const price = prices[r];
    if (price === 0) return;
    const into = result[row.attribute];
    for (let g = 0; g < groups; g++)
      for (let t = 0; t < years; t++) into[g * years + t] += price * row.groupWeight[g] * row.yearWeight[t];
  });
  return result;
};

/** Value of every option less what it takes at the prices; −∞ where it is not allowed. */
export const reducedValues = (
  compiled: Compiled,
  prices: Float64Array,
  into = new Float64Array(compiled.worth.length),
): Float64Array => {
  const { years, attribute, allowed, worth, group, packageBuilding } = compiled;
  const [cost, saving, carbon, dwellings, sites] = attributePrices(compiled, prices);
  for (let p = 0; p < packageBuilding.length; p++) {
    const at = group[packageBuilding[p]] * years;
    for (let t = 0; t < years; t++) {
      const option = p * years + t;
      into[option] =
        allowed[option] === 1
          ? worth[option] -
            attribute[0][p] * cost[at + t] -
            attribute[1][p] * saving[at + t] -
            attribute[2][p] * carbon[at + t] -
            attribute[3][p] * dwellings[at + t] -
            attribute[4][p] * sites[at + t]
          : Number.NEGATIVE_INFINITY;
    }
  }
  return into;
};

const bestOfOne = (compiled: Compiled, reduced: Float64Array, building: number): Pick => {
  const from = compiled.firstPackage[building] * compiled.years;
  const to = compiled.firstPackage[building + 1] * compiled.years;
  let best = compiled.required[building] === 1 ? Number.NEGATIVE_INFINITY : 0;
  let option = -1;
  for (let o = from; o < to; o++)
    if (reduced[o] > best) {
      best = reduced[o];
      option = o;
    }
  return { options: [option], reduced: best };
};

/** Best option of a building in each year, and at `years` that of doing nothing. */
const bestByYear = (
  compiled: Compiled,
  reduced: Float64Array,
  building: number,
): { option: number; value: number }[] => {
  const { years, firstPackage, required } = compiled;
  const best = Array.from({ length: years }, () => ({ option: -1, value: Number.NEGATIVE_INFINITY }));
  for (let p = firstPackage[building]; p < firstPackage[building + 1]; p++)
    for (let t = 0; t < years; t++)
      if (reduced[p * years + t] > best[t].value)
        best[t] = { option: p * years + t, value: reduced[p * years + t] };
  return [...best, { option: -1, value: required[building] === 1 ? Number.NEGATIVE_INFINITY : 0 }];
};

const bestOfLinked = (compiled: Compiled, reduced: Float64Array, unit: Unit): Pick => {
  const { years } = compiled;
  const menus = unit.members.map((building) => bestByYear(compiled, reduced, building));
  const inYear: number[] = [];
  let best: Pick = { options: unit.members.map(() => -1), reduced: Number.NEGATIVE_INFINITY };
  const fits = (position: number): boolean =>
    unit.sameYear.every(([a, b]) => Math.max(a, b) !== position || inYear[a] === inYear[b]) &&
    unit.notBefore.every(
      ([later, first]) =>
        Math.max(later, first) !== position || inYear[later] === years || inYear[first] <= inYear[later],
    );
  const walk = (position: number, value: number): void => {
    if (position === menus.length) {
      if (value > best.reduced)
        best = { options: menus.map((menu, m) => menu[inYear[m]].option), reduced: value };
      return;
    }
    for (let t = 0; t <= years; t++) {
      const here = menus[position][t].value;
      if (here === Number.NEGATIVE_INFINITY) continue;
      inYear[position] = t;
      if (fits(position)) walk(position + 1, value + here);
    }
  };
  walk(0, 0);
  return best;
};

/** Best pick of a unit at given reduced values; its value is −∞ where a required building has no lawful option. */
export const bestPick = (compiled: Compiled, reduced: Float64Array, unit: Unit): Pick =>
  unit.members.length === 1
    ? bestOfOne(compiled, reduced, unit.members[0])
    : bestOfLinked(compiled, reduced, unit);

/**
 * Upper bound of the programme at any prices ≥ 0, by Lagrangian duality: Σ price·limit + Σ over units of their best
 * (Fisher 1981). `slack` is limit − use at those picks: a subgradient.
 */
export const lagrangianBound = (
  compiled: Compiled,
  prices: Float64Array,
  reduced = reducedValues(compiled, prices),
): { readonly bound: number; readonly picks: Pick[]; readonly slack: Float64Array } => {
  const picks = compiled.units.map((unit) => bestPick(compiled, reduced, unit));
  const slack = Float64Array.from(compiled.rows, ({ limit }) => limit);
  let bound = 0;
  compiled.rows.forEach((row, r) => {
    bound += prices[r] * row.limit;
  });
  for (const { options, reduced: value } of picks) {
    bound += value;
    for (const option of options) if (option >= 0) take(compiled, option, slack);
  }
  return { bound, picks, slack };
};

/** Takes what an option uses off every row. */
export const take = (compiled: Compiled, option: number, slack: Float64Array): void => {
  const { rows, years, attribute, group, packageBuilding } = compiled;
  const p = Math.floor(option / years);
  const t = option - p * years;
  const g = group[packageBuilding[p]];
  for (let r = 0; r < rows.length; r++) {
    const row = rows[r];
    slack[r] -= attribute[row.attribute][p] * row.yearWeight[t] * row.groupWeight[g];
  }
};

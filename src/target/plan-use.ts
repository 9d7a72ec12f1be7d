import { attributes, type Compiled, coefficient } from './compile.ts';

const COST = attributes.indexOf('costEur');
/** Rounding of a sum of thousands of costs. */
const TOLERANCE = 1e-9;

/** A row that an option would break in the plan as it is, with what the plan leaves of it. */
export type Block = { readonly row: number; readonly left: number };

/** What a plan takes of every row, and the buildings of each year. */
export type PlanUse = {
  readonly compiled: Compiled;
  /** Option of each building taken. */
  readonly taken: ReadonlyMap<number, number>;
  readonly used: Float64Array;
  /** Options taken in each year, the most worth per euro first. */
  readonly byYear: readonly (readonly number[])[];
};

/** Position of an option's package: options are numbered package by package, a year after the other. */
export const packageOf = ({ years }: Compiled, option: number): number => Math.floor(option / years);

/** What the package of an option costs, EUR. */
export const costOf = (compiled: Compiled, option: number): number =>
  compiled.attribute[COST][packageOf(compiled, option)];

/** Worth of an option a euro; infinite for what costs nothing. */
export const worthPerEuro = (compiled: Compiled, option: number): number => {
  const cost = costOf(compiled, option);
  return cost > 0 ? compiled.worth[option] / cost : Number.POSITIVE_INFINITY;
};

/** Calendar year of an option. */
export const yearOf = ({ problem, years }: Compiled, option: number): number =>
  problem.firstYear + (option % years);

/** Adds up what the options of a plan, at most one a building, take of every row, each in its own unit. */
export const planUse = (compiled: Compiled, options: readonly number[]): PlanUse => {
  const used = new Float64Array(compiled.rows.length);
  const byYear: number[][] = Array.from({ length: compiled.years }, () => []);
  for (const option of options) {
    compiled.rows.forEach((row, r) => {
      used[r] += coefficient(compiled, row, option);
    });
    byYear[option % compiled.years].push(option);
  }
  for (const own of byYear) own.sort((a, b) => worthPerEuro(compiled, b) - worthPerEuro(compiled, a));
  const taken = new Map(
    options.map((option) => [compiled.packageBuilding[packageOf(compiled, option)], option]),
  );
  return { compiled, taken, used, byYear };
};

/** The rows that keep an option out of the plan, its building's present option taken back first. */
export const blocksOf = ({ compiled, taken, used }: PlanUse, option: number): Block[] => {
  const present = taken.get(compiled.packageBuilding[packageOf(compiled, option)]);
  return compiled.rows.flatMap((row, r) => {
    const without = used[r] - (present === undefined ? 0 : coefficient(compiled, row, present));
    const left = row.limit - without;
    const more = coefficient(compiled, row, option);
    return more > left + TOLERANCE * Math.max(1, Math.abs(row.limit)) ? [{ row: r, left }] : [];
  });
};

/** Whether the only thing that keeps an option out is money. */
export const onlyMoney = ({ compiled }: PlanUse, blocks: readonly Block[]): boolean =>
  blocks.length > 0 && blocks.every(({ row }) => compiled.rows[row].attribute === COST);

/** Works named beside a building that waits or stays out. */
export const NAMED = 2;

/**
 * The works of some years that bring more a euro than a package would in the same year, the last of them first: what took its
 * place. Those under `leastEur` are left out.
 */
export const justAhead = (
  { compiled, byYear }: PlanUse,
  packaged: number,
  years: readonly number[],
  leastEur = 0,
): number[] => {
  const over = (one: number): number =>
    worthPerEuro(compiled, one) / worthPerEuro(compiled, packaged * compiled.years + (one % compiled.years));
  return years
    .flatMap((t) => byYear[t])
    .filter((one) => over(one) > 1 && costOf(compiled, one) >= leastEur)
    .toSorted((a, b) => over(a) - over(b))
    .slice(0, NAMED);
};

import { coefficient, type Compiled } from './compile.ts';
import type { LinearModel } from './types.ts';

/** A pick of one unit as a column of the master problem. */
export type Column = { readonly unit: number; readonly options: readonly number[]; readonly worth: number };

/** Columns, rows and coefficients put together one column at a time. */
export class ModelBuilder {
  readonly #cost: number[] = [];
  readonly #upper: number[] = [];
  readonly #starts: number[] = [0];
  readonly #indices: number[] = [];
  readonly #values: number[] = [];

  column(cost: number, upper: number, entries: readonly (readonly [row: number, value: number])[]): void {
    this.#cost.push(cost);
    this.#upper.push(upper);
    for (const [row, value] of entries) {
      if (value === 0) continue;
      this.#indices.push(row);
      this.#values.push(value);
    }
    this.#starts.push(this.#indices.length);
  }

  get columns(): number {
    return this.#cost.length;
  }

  build(rowLower: readonly number[], rowUpper: readonly number[], integers: number): LinearModel {
    return {
      cost: Float64Array.from(this.#cost),
      columnUpper: Float64Array.from(this.#upper),
      rowLower: Float64Array.from(rowLower),
      rowUpper: Float64Array.from(rowUpper),
      starts: Int32Array.from(this.#starts),
      indices: Int32Array.from(this.#indices),
      values: Float64Array.from(this.#values),
      integers,
    };
  }
}

/** Sizes that bring worth and every row near one, where a solver's tolerances mean something. */
export type Scales = { readonly worth: number; readonly rows: Float64Array };

/**
 * The largest worth, in the unit of the objective, and for each row its largest coefficient or a fiftieth of its limit, in the
 * row's own unit; one where all are zero.
 */
export const scalesOf = (compiled: Compiled): Scales => {
  const { worth, attribute, rows } = compiled;
  let largest = 0;
  for (const value of worth) largest = Math.max(largest, Math.abs(value));
  return {
    worth: largest > 0 ? largest : 1,
    rows: Float64Array.from(rows, (row) => {
      let most = Math.abs(row.limit) / 50;
      for (const value of attribute[row.attribute]) most = Math.max(most, Math.abs(value));
      return most > 0 ? most : 1;
    }),
  };
};

/** Scaled price of a unit of a broken constraint: far above what any honest price comes to. */
const BROKEN_PRICE = 1e4;

/**
 * The linear master problem over the columns at hand: each unit takes one pick or none, rows keep their limits. A broken
 * row or an unserved unit is possible at a prohibitive price, so that the master always has a solution.
 */
export const masterModel = (compiled: Compiled, scales: Scales, columns: readonly Column[]): LinearModel => {
  const { rows, units, required } = compiled;
  const builder = new ModelBuilder();
  const unitRow = (unit: number): number => rows.length + unit;
  for (const { unit, options, worth } of columns)
    builder.column(worth / scales.worth, 1, [
      ...rows.map((row, r): [number, number] => [
        r,
        options.reduce((sum, option) => sum + (option < 0 ? 0 : coefficient(compiled, row, option)), 0) /
          scales.rows[r],
      ]),
      [unitRow(unit), 1],
    ]);
  rows.forEach((_, r) => {
    builder.column(-BROKEN_PRICE, Number.POSITIVE_INFINITY, [[r, -1]]);
  });
  const mustAct = units.map(({ members }) => members.some((building) => required[building] === 1));
  mustAct.forEach((must, unit) => {
    if (must) builder.column(-BROKEN_PRICE, 1, [[unitRow(unit), 1]]);
  });
  return builder.build(
    [
      ...rows.map(() => Number.NEGATIVE_INFINITY),
      ...mustAct.map((must) => (must ? 1 : Number.NEGATIVE_INFINITY)),
    ],
    [...rows.map(({ limit }, r) => limit / scales.rows[r]), ...units.map(() => 1)],
    0,
  );
};

/**
 * The integer problem of some units, option by option, with what the others leave of every row. `keeps` says which
 * options are worth looking at; links between buildings are rows of their own, so it is exact for them too.
 */
export const integerModel = (
  compiled: Compiled,
  scales: Scales,
  units: readonly number[],
  left: Float64Array,
  keeps: (option: number) => boolean,
): { readonly model: LinearModel; readonly options: Int32Array } => {
  const { rows, years, firstPackage, allowed, required } = compiled;
  const lower: number[] = rows.map(() => Number.NEGATIVE_INFINITY);
  const upper: number[] = rows.map((_, r) => left[r] / scales.rows[r]);
  const own = new Map<number, [number, number][]>();
  const entriesOf = (option: number): [number, number][] => {
    const entries = own.get(option) ?? [];
    own.set(option, entries);
    return entries;
  };
  const options: number[] = [];
  const byBuilding = new Map<number, number[]>();
  for (const unit of units)
    for (const building of compiled.units[unit].members) {
      const mine: number[] = [];
      for (let o = firstPackage[building] * years; o < firstPackage[building + 1] * years; o++)
        if (allowed[o] === 1 && keeps(o)) mine.push(o);
      byBuilding.set(building, mine);
      options.push(...mine);
      const row = lower.length;
      lower.push(required[building] === 1 ? 1 : Number.NEGATIVE_INFINITY);
      upper.push(1);
      for (const option of mine) entriesOf(option).push([row, 1]);
    }
  const inYears = (building: number, holds: (t: number) => boolean): number[] =>
    (byBuilding.get(building) ?? []).filter((option) => holds(option % years));
  for (const unit of units) {
    const { members, sameYear, notBefore } = compiled.units[unit];
    for (let t = 0; t < years; t++) {
      for (const [a, b] of sameYear) {
        const row = lower.length;
        lower.push(0);
        upper.push(0);
        for (const option of inYears(members[a], (year) => year === t)) entriesOf(option).push([row, 1]);
        for (const option of inYears(members[b], (year) => year === t)) entriesOf(option).push([row, -1]);
      }
      for (const [later, first] of notBefore) {
        const row = lower.length;
        lower.push(Number.NEGATIVE_INFINITY);
        upper.push(0);
        for (const option of inYears(members[later], (year) => year <= t)) entriesOf(option).push([row, 1]);
        for (const option of inYears(members[first], (year) => year <= t)) entriesOf(option).push([row, -1]);
      }
    }
  }
  const builder = new ModelBuilder();
  for (const option of options)
    builder.column(compiled.worth[option] / scales.worth, 1, [
      ...rows.map((row, r): [number, number] => [r, coefficient(compiled, row, option) / scales.rows[r]]),
      ...entriesOf(option),
    ]);
  return { model: builder.build(lower, upper, options.length), options: Int32Array.from(options) };
};

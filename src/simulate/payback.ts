import type { Provenance, Quantity } from '#core/quantity.ts';
import { quantityOf } from './quantity-of.ts';
import type { Measure } from './schema.ts';

/** How surely something is paid back within a number of years. */
export type PaidBack = {
  /** 0 to 1. */
  readonly chance: number;
  readonly withinYears: number;
  /** The upper bound of the interval is no year: in more than one draw in twenty it is never paid back. */
  readonly openEnded: boolean;
};

/** `years` is null where it is never paid back in the middle draw; `within` is null where nothing could be evaluated. */
export type Payback = { readonly years: Quantity | null; readonly within: PaidBack | null };

export const notEvaluated: Payback = { years: null, within: null };

const UPPER = 0.95;
const MIDDLE = 0.5;

/** Years of the measure that lasts longest: after them nothing of the works is left to pay them back. */
export const longestLifeYears = (measures: readonly Measure[]): number =>
  Math.max(0, ...measures.map(({ lifetimeYears }) => lifetimeYears));

/**
 * Years to be paid back from one figure a draw, `Infinity` for never; what lies past `withinYears` is never too. `what` begins the
 * basis. The interval stops at `withinYears`, and `openEnded` says that its upper bound is "never".
 */
export const paybackOf = (
  draws: Float64Array,
  withinYears: number,
  provenance: Provenance,
  what: string,
): Payback => {
  const chance = draws.filter((years) => years <= withinYears).length / draws.length;
  const within = { chance, withinYears, openEnded: chance < UPPER };
  if (chance < MIDDLE) return { years: null, within };
  const capped = draws.map((years) => Math.min(years, withinYears));
  return {
    years: quantityOf(
      capped,
      'yr',
      provenance,
      `${what}; an upper bound of ${withinYears} years stands for later or never`,
    ),
    within,
  };
};

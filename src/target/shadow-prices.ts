import type { Compiled } from './compile.ts';
import type { ShadowPrice } from './types.ts';

/** What one more unit of each binding constraint would be worth. */
export const shadowPricesOf = (compiled: Compiled, prices: Float64Array): ShadowPrice[] =>
  compiled.rows.flatMap(({ id, name, unit }, r) =>
    prices[r] > 0 ? [{ constraint: id, name, price: prices[r], unit }] : [],
  );

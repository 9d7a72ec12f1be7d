import { describe, expect, it } from 'vitest';
import { ordered, type SortKey } from '../../src/web/stock-order.ts';

describe('the rows of the stock', () => {
  it.each<[string, readonly SortKey[], readonly SortKey[], readonly SortKey[]]>([
    ['numbers', [null, 2, 30, null, 1], [30, 2, 1, null, null], [1, 2, 30, null, null]],
    ['names', ['b', null, 'é', 'a'], ['é', 'b', 'a', null], ['a', 'b', 'é', null]],
  ])('%s: what is not evaluated comes last both ways', (_, keys, down, up) => {
    const same = (key: SortKey): SortKey => key;
    expect(ordered(keys, same, true)).toEqual(down);
    expect(ordered(keys, same, false)).toEqual(up);
  });
});

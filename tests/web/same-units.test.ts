import { expect, it } from 'vitest';
import { numberEn, roundedTo } from '#core/wording.ts';
import type { Quantity } from '../../src/client/names.ts';
import { formatQuantity, formatValue } from '../../src/web/format.ts';

const closeTo = (value: number, unit: string): Quantity => ({
  value,
  unit,
  low: 0.99 * value,
  high: 1.01 * value,
  level: 0.9,
  provenance: 'computed',
  basis: '',
});

it.each([
  [20_000, 1_500_000, '20 k€'],
  [60, 340_000, '60 €'],
  [340_000, 1_500_000, '0.34 M€'],
  [0, 1_500_000, '0 M€'],
])('%d EUR beside %d reads %s', (value, like, told) => {
  expect(formatValue(closeTo(value, 'EUR'), 'en', like).replace('\u00a0', ' ')).toBe(told);
});

it.each([
  [9.8, -0.23, 19],
  [9.8, 8.9, 10.7],
  [955, 390, 2100],
  [165.8, 164.8, 166.9],
  [0.361, 0.307, 0.422],
])('the page rounds %d between %d and %d as documents do', (value, low, high) => {
  const [told, from, to] = [value, low, high].map((one) => numberEn(roundedTo(one, (high - low) / 2)));
  const page = formatQuantity({ ...closeTo(value, '%'), low, high }, 'en').replaceAll('\u2060', '');
  expect(page.replace('\u00a0', ' ')).toBe(`${told} % (${from}–${to})`);
});

import { expect, it } from 'vitest';
import { figureScale } from '#app/figure-scale.ts';
import { figure } from '#app/report.ts';
import type { Quantity } from '../../src/client/names.ts';
import { formatQuantity, formatValue } from '../../src/web/format.ts';

const sizes = [0.4, 7, 60, 800, 9000, 20_000, 340_000, 1_500_000, 80_000_000];
const cases = ['kWh', 'EUR', 'J', 'kgCO2e'].flatMap((unit) =>
  [0, 1_500_000].flatMap((like) =>
    sizes.filter((size) => like === 0 || size <= like).map((size) => ({ size, unit, like })),
  ),
);

const closeTo = (value: number, unit: string): Quantity => ({
  value,
  unit,
  low: 0.99 * value,
  high: 1.01 * value,
  level: 0.9,
  provenance: 'computed',
  basis: '',
});

it.each(cases)('the page writes $size $unit beside $like as documents do', ({ size, unit, like }) => {
  expect(formatValue(closeTo(size, unit), 'en', like).replace(/^[\d.,]+\u00a0/, '')).toBe(
    figureScale(size, unit, like)?.unit,
  );
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
  [9.8, -0.23, 19, '%', '10 % (0 to 19)'],
  [9.8, 8.9, 10.7, '%', '9.8 % (8.9 to 10.7)'],
  [9546, 3900, 21_000, 'kWh/yr', '10 MWh (4 to 21)'],
  [165_800, 164_800, 166_900, 'kWh', '165.8 MWh (164.8 to 166.9)'],
  [0.361, 0.307, 0.422, 'W/(m2 K)', '0.36 W/(m²·K) (0.31 to 0.42)'],
])(
  '%d between %d and %d %s is rounded alike on the page and in documents',
  (value, low, high, unit, told) => {
    const quantity = { ...closeTo(value, unit), low, high };
    expect(figure(quantity, 'en')).toBe(told);
    const page = formatQuantity(quantity, 'en').replaceAll('\u2060', '').replaceAll('\u00a0', ' ');
    expect(page.replace('–', ' to ')).toBe(told);
  },
);

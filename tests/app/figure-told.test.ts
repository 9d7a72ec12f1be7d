import { expect, it } from 'vitest';
import { figure } from '#app/report.ts';
import { boundedQuantity } from '#core/quantity.ts';

it.each([
  [9.8, -0.23, 19, '%', '10 % (0 to 19)'],
  [9.8, 8.9, 10.7, '%', '9.8 % (8.9 to 10.7)'],
  [9546, 3900, 21_000, 'kWh/yr', '10 MWh (4 to 21)'],
  [165_800, 164_800, 166_900, 'kWh', '165.8 MWh (164.8 to 166.9)'],
  [0.361, 0.307, 0.422, 'W/(m2 K)', '0.36 W/(m²·K) (0.31 to 0.42)'],
])('%d between %d and %d %s is written as far as its interval bears', (value, low, high, unit, told) => {
  expect(figure(boundedQuantity(value, low, high, unit, 'computed', 'test'), 'en')).toBe(told);
});

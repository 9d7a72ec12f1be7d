import { expect, it } from 'vitest';
import { keptTogether } from '#core/kept-together.ts';

const shown = (text: string): string => keptTogether(text).replaceAll('\u00a0', '_');

it.each([
  ['à un coût de 19,9 k€, il y tiendrait', 'à un coût de 19,9_k€, il y tiendrait'],
  ['3\u202f280 kWh/an par k€', '3\u202f280_kWh/an par k€'],
  ['27,9 MWh (7,83 à 59,9) par an', '27,9_MWh (7,83 à 59,9) par an'],
  ['2,2 t CO₂e (2 à 2,4)', '2,2_t_CO₂e (2 à 2,4)'],
  ['42 % de chances', '42_% de chances'],
  ['Résidence « Les Lilas » n° 12 : 2 ans', 'Résidence «_Les Lilas_» n°_12_: 2_ans'],
  ['12 factures de 2022 à 2024', '12 factures de 2022 à 2024'],
])('no line ends inside “%s”', (text, bound) => {
  expect(shown(text)).toBe(bound);
});

import { expect, it } from 'vitest';
import { datesOf } from '#app/law-calendar.ts';
import type { LawCalendarView } from '#app/law-views.ts';

const home = (
  dwellings: number,
  chances: readonly [number, number],
): LawCalendarView['buildings'][number] => ({
  buildingId: String(dwellings),
  name: { fr: '', en: '' },
  use: 'housing',
  commune: '',
  dwellings,
  label: null,
  dates: [
    { law: 'rental-ban', step: 'F', from: '2028-01-01', chanceOutside: chances[0] },
    { law: 'rental-ban', step: 'E', from: '2034-01-01', chanceOutside: chances[1] },
  ],
  binding: null,
  legalUntil: null,
  tertiary: null,
  sentence: { fr: '', en: '' },
  evaluated: true,
});

it('each date counts what it binds and what is expected, in dwellings: worked by hand', () => {
  const rows = [home(10, [0.2, 0.9]), home(40, [0.6, 1]), { ...home(7, [0, 0]), dates: [] }];
  expect(datesOf(rows, 0.5)).toEqual([
    {
      law: 'rental-ban',
      step: 'F',
      from: '2028-01-01',
      buildings: 1,
      dwellings: 40,
      expectedBuildings: 0.8,
      expectedDwellings: 26,
    },
    {
      law: 'rental-ban',
      step: 'E',
      from: '2034-01-01',
      buildings: 2,
      dwellings: 50,
      expectedBuildings: 1.9,
      expectedDwellings: 49,
    },
  ]);
  expect(datesOf(rows, 0.1)[0]).toMatchObject({ buildings: 2, dwellings: 50 });
});

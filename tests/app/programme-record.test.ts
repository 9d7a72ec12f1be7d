import { expect, it } from 'vitest';
import { compareViews } from '#app/programme-changes.ts';
import { meteringRequestSchema } from '#app/metering-views.ts';
import { programmeSheet, wordsOf } from '#app/programme-sheet.ts';
import { frontRequestSchema, programmeRequestSchema, type ProgrammeView } from '#app/programme-views.ts';
import type { Quantity } from '#core/quantity.ts';

const kwh = (value: number): Quantity => ({
  value,
  unit: 'kWh',
  low: value,
  high: value,
  level: 0.9,
  provenance: 'computed',
  basis: 'test',
});

type Chosen = ProgrammeView['chosen'][number];

const chosen = (buildingId: string, year: number, measure: string, costEur: number): Chosen => ({
  buildingId,
  name: { fr: `Bâtiment ${buildingId}`, en: `Building ${buildingId}` },
  year,
  measures: [{ id: measure, name: { fr: measure, en: measure } }],
  costEur,
  savingKwh: kwh(costEur / 10),
});

const plan = (
  id: string,
  own: readonly Chosen[],
  notChosen: ProgrammeView['notChosen'] = [],
): ProgrammeView => {
  const costEur = own.reduce((sum, one) => sum + one.costEur, 0);
  return {
    id,
    budgetEur: 1e6,
    firstYear: 2027,
    years: 3,
    costEur,
    savingKwh: kwh(costEur / 10),
    savingPercent: { ...kwh(10), unit: '%' },
    chosen: [...own],
    chanceOf30Percent: 0,
    target: null,
    notChosen,
    late: [],
    gapPercent: 0,
    rates: [],
    defaults: [],
    stale: null,
  };
};

it('two plans differ by who enters, leaves, moves or changes works, each in a sentence', () => {
  const from = plan('1', [
    chosen('a', 2027, 'roof', 100_000),
    chosen('b', 2027, 'walls', 200_000),
    chosen('c', 2028, 'roof', 50_000),
    chosen('e', 2027, 'roof', 10_000),
  ]);
  const to = plan(
    '2',
    [
      chosen('b', 2028, 'walls', 200_000),
      chosen('c', 2028, 'windows', 80_000),
      chosen('d', 2029, 'roof', 60_000),
      chosen('e', 2027, 'roof', 11_000),
    ],
    [
      {
        buildingId: 'a',
        name: { fr: 'Bâtiment a', en: 'Building a' },
        reason: { fr: 'il est à la limite.', en: 'it is on the edge.' },
        entryCostEur: null,
      },
    ],
  );
  const { changes, costEur } = compareViews(from, to);
  expect(costEur).toBe(-9000);
  expect(changes.map(({ buildingId, kind }) => [buildingId, kind])).toEqual([
    ['b', 'later'],
    ['c', 'other-works'],
    ['d', 'enters'],
    ['e', 'other-cost'],
    ['a', 'leaves'],
  ]);
  expect(changes.map(({ message }) => message.fr)).toEqual([
    'Bâtiment b : passe de 2027 à 2028.',
    'Bâtiment c : change de travaux : windows (80 k€) au lieu de roof (50 k€).',
    'Bâtiment d : entre en 2029 (roof, 60 k€).',
    'Bâtiment e : les mêmes travaux sont comptés 11\u202f000 € au lieu de 10\u202f000 €.',
    'Bâtiment a : n’est plus retenu : il est à la limite.',
  ]);
});

it('a plan compared with itself changes nothing', () => {
  const one = plan('1', [chosen('a', 2027, 'roof', 1)]);
  expect(compareViews(one, one)).toMatchObject({ costEur: 0, savingKwh: 0, changes: [] });
});

it('says what was asked differently, and why a building waits in the second plan', () => {
  const from = {
    ...plan('1', [chosen('a', 2027, 'roof', 100_000)]),
    request: { budgetEur: 10_000_000, budgetsEur: [2_000_000, 500_000] },
  };
  const to: ProgrammeView = {
    ...plan('2', [chosen('a', 2028, 'roof', 100_000)]),
    request: { budgetEur: 300_000, legalDates: 'hard' },
    late: [
      {
        buildingId: 'a',
        name: { fr: 'Bâtiment a', en: 'Building a' },
        reason: { fr: 'il reste 40 k€ en 2027.', en: '40 k€ is left in 2027.' },
        entryCostEur: 40_000,
      },
    ],
  };
  const { summary, changes } = compareViews(from, to);
  expect(summary.map(({ fr }) => fr)).toEqual([
    'budget : 300 k€, au lieu de : 10\u202f000 k€.',
    'budgets annuels (k€) : rien, au lieu de : 2\u202f000 + 500.',
    'dates de la loi : toutes tenues, au lieu de : seulement dites.',
    'En tout : 0 k€ de travaux, 0 MWh économisés par an, 1 bâtiment, autant qu’avant.',
  ]);
  expect(summary[0]?.en).toBe('budget: 300 k€, instead of: 10,000 k€.');
  expect(changes[0]?.message.fr).toBe('Bâtiment a : passe de 2027 à 2028 : il reste 40 k€ en 2027.');
});

it('says in words the aim, the price of a date, links by the names of buildings, and the net value', () => {
  const one = { ...plan('1', [chosen('a', 2027, 'roof', 100_000)]), netValueEur: -20_000 };
  const from = { ...one, request: { budgetEur: 500_000 } };
  const to: ProgrammeView = {
    ...one,
    id: '2',
    netValueEur: 15_000,
    request: {
      budgetEur: 500_000,
      objective: 'net-value',
      legalDates: 1000,
      carryOver: true,
      after: [{ building: 'z', waitsFor: 'a' }],
      fairness: [{ group: 'Pessac', minimumShare: 0.12 }],
    },
  };
  expect(compareViews(from, to).summary.map(({ fr }) => fr)).toEqual([
    'but : avoir la plus grande valeur nette, au lieu de : économiser le plus d’énergie.',
    'dates de la loi : tenues au prix de 1\u202f000 € par logement et par an, au lieu de : seulement dites.',
    'ce qu’une année laisse : va à la suivante, au lieu de : est perdu.',
    'parts réservées : Pessac 12 %, au lieu de : rien.',
    'ordre imposé : z pas avant Bâtiment a, au lieu de : rien.',
    'En tout : 0 k€ de travaux, 0 MWh économisés par an, +35 k€ de valeur nette, 1 bâtiment, autant qu’avant.',
  ]);
});

it.each([
  ['a programme', programmeRequestSchema],
  ['a front', frontRequestSchema],
  ['a metering plan', meteringRequestSchema],
])('%s is asked in euros: another currency is refused at its field, never read as euros', (_what, schema) => {
  expect(schema.safeParse({ budgetEur: 1000, currency: 'EUR' }).success).toBe(true);
  const swiss = schema.safeParse({ budgetEur: 1000, currency: 'CHF' });
  expect(swiss.error?.issues.map(({ path }) => path.join('.'))).toEqual(['currency']);
  expect(schema.safeParse({ budgetEur: '1000 USD' }).success).toBe(false);
});

it('the sheet that a council votes on says who accepted it and when, and why each building is in', () => {
  const reason = { fr: 'il rapporte 593 kWh/an par k€.', en: 'it brings 593 kWh/yr per k€.' };
  const view = plan('3', [{ ...chosen('a', 2028, 'roof', 100_000), reason }]);
  const told = (language: 'fr' | 'en', accepted: Parameters<typeof programmeSheet>[1]): string =>
    JSON.stringify(programmeSheet(view, accepted, wordsOf(language), language));
  const accepted = { by: 'Claire Martin', day: '2026-11-27' };
  expect(told('fr', accepted)).toContain('Programme accepté par Claire Martin le 27 novembre 2026.');
  expect(told('fr', accepted)).toContain('Bâtiment a (2028) : il rapporte 593 kWh/an par k€.');
  expect(told('en', accepted)).toContain('Programme accepted by Claire Martin on 27 November 2026.');
  expect(told('en', accepted)).toContain('Building a (2028): it brings 593 kWh/yr per k€.');
  expect(told('fr', null)).toContain('n’a encore été accepté par personne');
  // No date binds: nothing is said of the law.
  expect(told('fr', null)).not.toContain('Les dates de la loi');
});

it('a document tells the chance of each date of the law and what the programme makes of it', () => {
  const law: NonNullable<ProgrammeView['law']> = {
    mode: 'told',
    price: null,
    bindsAbove: 0.5,
    rule: { fr: 'Une règle.', en: 'A rule.' },
    buildings: [
      {
        buildingId: 'a',
        name: { fr: 'Bâtiment a', en: 'Building a' },
        law: 'rental-ban',
        step: 'F',
        from: '2028-01-01',
        chanceOutside: 0.84,
        deadlineYear: 2027,
        dwellings: 1200,
        possible: true,
        keptIn: 2027,
        standing: 'in-time',
        sentence: { fr: 'une phrase.', en: 'a sentence.' },
      },
    ],
    dwellingsInTime: 1200,
    dwellingsLate: 0,
    expectedOutsideBefore: 1008.4,
    expectedOutsideAfter: 12,
    notEvaluated: [],
  };
  const view = { ...plan('1', [chosen('a', 2027, 'roof', 100_000)]), law };
  const told = (language: 'fr' | 'en'): string =>
    JSON.stringify(programmeSheet(view, null, wordsOf(language), language));
  expect(told('fr')).toContain('["1er janvier 2028","Bâtiment a","84 %","à temps (2027)"]');
  expect(told('fr')).toContain(
    'en moyenne 1\u202f008 logements seraient hors la loi sans travaux, 12 avec ce programme',
  );
  expect(told('en')).toContain('["1 January 2028","Building a","84 %","in time (2027)"]');
});

it('a document says what the works bring less what they cost, as the page does', () => {
  const told = (netValueEur: number | null | undefined): string =>
    JSON.stringify(
      programmeSheet(
        { ...plan('7', [chosen('a', 2028, 'roof', 300_000)]), netValueEur },
        null,
        wordsOf('fr'),
        'fr',
      ),
    );
  expect(told(-1_338_600)).toContain('Valeur nette attendue : −1 339 k€. Les factures évitées ne paient pas');
  expect(told(25_000)).toContain('Valeur nette attendue : 25 k€. Les travaux rapportent plus');
  expect(told(undefined)).not.toContain('Valeur nette');
  expect(told(null)).toContain('Valeur nette : non évaluée.');
});

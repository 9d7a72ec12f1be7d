import type { ProgrammeRequest } from '../../client/names.ts';
import type { Language, Text } from '../i18n.ts';
import type { Outcome } from '../send.ts';
import { numberOf } from '../typed-number.ts';

/** Works of one building that wait for, or go with, those of another. */
export type BuildingLink = {
  readonly building: string;
  readonly relation: 'together' | 'after';
  readonly other: string;
};

/** Least share of the money that goes to a commune, percent as typed. */
export type GroupShare = { readonly group: string; readonly percent: string };

/** The controls as they are typed: nothing is lost while a field is half filled. */
export type ProgrammeDraft = {
  readonly firstYear: string;
  /** One budget a year, EUR. */
  readonly budgets: readonly string[];
  readonly carryOver: boolean;
  readonly objective: string;
  readonly sitesAYear: string;
  readonly dwellingsAYear: string;
  /** `told`, `hard`, or `priced`. */
  readonly legalDates: string;
  /** Worth of a dwelling-year inside the law, in units of the aim. */
  readonly legalPrice: string;
  readonly minimumSharePercent: string;
  readonly minimumCarbonTonnes: string;
  readonly targetMwh: string;
  readonly links: readonly BuildingLink[];
  readonly shares: readonly GroupShare[];
  /** The job that computes these settings, to be found again by whoever comes back; 0 when none does. */
  readonly job: number;
};

/** An amount as a person reads it: millions are told from hundreds of thousands at a glance. */
const money = (euros: number): string => String(Math.round(euros)).replaceAll(/\B(?=(?:\d{3})+$)/g, '\u00a0');

export const emptyDraft = (firstYear: number): ProgrammeDraft => ({
  firstYear: String(firstYear),
  budgets: [money(500_000), money(500_000), money(500_000)],
  carryOver: false,
  objective: 'energy',
  sitesAYear: '',
  dwellingsAYear: '',
  legalDates: 'told',
  legalPrice: '',
  minimumSharePercent: '',
  minimumCarbonTonnes: '',
  targetMwh: '',
  links: [],
  shares: [],
  job: 0,
});

const problem = (fr: string, en: string): Outcome<never> => ({
  ok: false,
  message: { fr, en },
  code: 'draft',
});

type Optional = readonly [keyof ProgrammeRequest, string, number, Text];

/** What the API is asked, or the sentence that says which field to look at. */
export const requestOf = (draft: ProgrammeDraft, language: Language): Outcome<ProgrammeRequest> => {
  const read = (text: string): number | undefined => numberOf(text, language);
  const firstYear = read(draft.firstYear) ?? Number.NaN;
  if (!(Number.isInteger(firstYear) && firstYear >= 2000 && firstYear <= 2100))
    return problem(
      'La première année s’écrit avec quatre chiffres, par exemple 2027.',
      'The first year is written with four digits, for example 2027.',
    );
  const budgetsEur = draft.budgets.map((text) => read(text) ?? 0);
  const wrong = budgetsEur.findIndex((budget) => !(budget >= 0));
  if (wrong !== -1)
    return problem(
      `Le budget de ${firstYear + wrong} n’est pas un montant en euros : écrivez par exemple 500 000.`,
      `The budget of ${firstYear + wrong} is no amount of euros: write for example 500,000.`,
    );
  const budgetEur = budgetsEur.reduce((sum, budget) => sum + budget, 0);
  if (!(budgetEur > 0))
    return problem(
      'Tous les budgets sont à zéro : donnez de l’argent à une année au moins.',
      'All budgets are zero: give money to one year at least.',
    );
  const optional: readonly Optional[] = [
    ['sitesAYear', draft.sitesAYear, 1, { fr: 'chantiers par an', en: 'sites a year' }],
    ['dwellingsAYear', draft.dwellingsAYear, 1, { fr: 'logements par an', en: 'dwellings a year' }],
    ['minimumSavingShare', draft.minimumSharePercent, 0.01, { fr: 'économie minimale', en: 'least saving' }],
    [
      'minimumCarbonKg',
      draft.minimumCarbonTonnes,
      1000,
      { fr: 'carbone évité minimal', en: 'least avoided carbon' },
    ],
    ['targetSavingKwh', draft.targetMwh, 1000, { fr: 'économie visée', en: 'saving aimed at' }],
  ];
  const price = read(draft.legalPrice);
  if (draft.legalDates === 'priced' && !(price !== undefined && price >= 0))
    return problem(
      'Donnez le prix d’une année de logement hors la loi, ou choisissez une autre façon de compter les dates.',
      'Give the price of a dwelling-year outside the law, or choose another way of counting the dates.',
    );
  const legal =
    draft.legalDates === 'hard'
      ? { legalDates: 'hard' as const }
      : draft.legalDates === 'priced' && price !== undefined
        ? { legalDates: price }
        : {};
  const given: [string, number][] = [];
  for (const [name, text, factor, label] of optional) {
    const value = read(text);
    if (value === undefined) continue;
    if (!(value > 0))
      return problem(
        `Le champ « ${label.fr} » attend un nombre positif, ou rien.`,
        `The field “${label.en}” takes a positive number, or nothing.`,
      );
    given.push([name, value * factor]);
  }
  const self = draft.links.find(({ building, other }) => building === other || building === '');
  if (self !== undefined)
    return problem(
      'Un lien va d’un bâtiment à un autre : choisissez-en deux différents.',
      'A link goes from one building to another: choose two different ones.',
    );
  const fairness: { group: string; minimumShare: number }[] = [];
  for (const { group, percent } of draft.shares) {
    const share = read(percent) ?? Number.NaN;
    if (group.trim() === '' || !(share > 0 && share <= 100))
      return problem(
        'Une part réservée demande le nom d’une commune et un pourcentage de 0 à 100.',
        'A share that is kept needs the name of a commune and a percentage from 0 to 100.',
      );
    fairness.push({ group: group.trim(), minimumShare: share / 100 });
  }
  const of = (relation: BuildingLink['relation']): readonly BuildingLink[] =>
    draft.links.filter((one) => one.relation === relation);
  const together = of('together').map(({ building, other }) => [building, other]);
  const after = of('after').map(({ building, other }) => ({ building, waitsFor: other }));
  return {
    ok: true,
    value: {
      ...(fairness.length === 0 ? {} : { fairness }),
      ...(together.length === 0 ? {} : { together }),
      ...(after.length === 0 ? {} : { after }),
      budgetEur,
      budgetsEur,
      firstYear,
      carryOver: draft.carryOver,
      ...legal,
      objective: draft.objective as ProgrammeRequest['objective'],
      ...(Object.fromEntries(given) as Partial<ProgrammeRequest>),
    },
  };
};

const typed = (value: number | undefined, factor = 1): string =>
  value === undefined ? '' : String(Number((value * factor).toPrecision(6)));

/** The controls as a kept programme was asked for. */
export const draftOf = (request: ProgrammeRequest, firstYear: number, years: number): ProgrammeDraft => ({
  firstYear: String(firstYear),
  budgets:
    request.budgetsEur?.map(money) ?? Array.from({ length: years }, () => money(request.budgetEur / years)),
  carryOver: request.carryOver ?? false,
  objective: request.objective ?? 'energy',
  sitesAYear: typed(request.sitesAYear),
  dwellingsAYear: typed(request.dwellingsAYear),
  legalDates: request.legalDates === undefined ? 'told' : request.legalDates === 'hard' ? 'hard' : 'priced',
  legalPrice: typeof request.legalDates === 'number' ? typed(request.legalDates) : '',
  minimumSharePercent: typed(request.minimumSavingShare, 100),
  minimumCarbonTonnes: typed(request.minimumCarbonKg, 1e-3),
  targetMwh: typed(request.targetSavingKwh, 1e-3),
  links: [
    // Those that go together all go with the first of them.
    ...(request.together ?? []).flatMap(([building = '', ...others]) =>
      others.map((other): BuildingLink => ({ building, relation: 'together', other })),
    ),
    ...(request.after ?? []).map(
      ({ building, waitsFor }): BuildingLink => ({ building, relation: 'after', other: waitsFor }),
    ),
  ],
  shares: (request.fairness ?? []).map(({ group, minimumShare }) => ({
    group,
    percent: typed(minimumShare, 100),
  })),
  job: 0,
});

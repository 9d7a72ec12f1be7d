import type { Text } from '../i18n.ts';

/** One theme of the RGAA 4.1.2, its criteria by what is known of each; together they are all of the theme's. */
export type Theme = {
  readonly number: number;
  readonly name: Text;
  readonly criteria: number;
  /** Checked by an automatic rule or a journey by keyboard in both languages and themes, or read in the code. */
  readonly met: readonly number[];
  readonly notMet: readonly number[];
  /** Nothing of the kind is on any page. */
  readonly notApplicable: readonly number[];
};

const range = (last: number): number[] => Array.from({ length: last }, (_, i) => i + 1);

/** Whatever is named nowhere below asks for a person's judgement, which was not asked yet. */
export const themes: readonly Theme[] = [
  {
    number: 1,
    name: { fr: 'Images', en: 'Images' },
    criteria: 9,
    met: [1, 2, 6],
    notMet: [],
    notApplicable: [4, 5, 8],
  },
  {
    number: 2,
    name: { fr: 'Cadres', en: 'Frames' },
    criteria: 2,
    met: [],
    notMet: [],
    notApplicable: range(2),
  },
  {
    number: 3,
    name: { fr: 'Couleurs', en: 'Colours' },
    criteria: 3,
    met: [2],
    notMet: [],
    notApplicable: [],
  },
  {
    number: 4,
    name: { fr: 'Multimédia', en: 'Multimedia' },
    criteria: 13,
    met: [],
    notMet: [],
    notApplicable: range(13),
  },
  {
    number: 5,
    name: { fr: 'Tableaux', en: 'Tables' },
    criteria: 8,
    met: [4, 6, 7],
    notMet: [],
    notApplicable: [3, 8],
  },
  { number: 6, name: { fr: 'Liens', en: 'Links' }, criteria: 2, met: [2], notMet: [], notApplicable: [] },
  { number: 7, name: { fr: 'Scripts', en: 'Scripts' }, criteria: 5, met: [3], notMet: [], notApplicable: [] },
  {
    number: 8,
    name: { fr: 'Éléments obligatoires', en: 'Required elements' },
    criteria: 10,
    met: [1, 3, 4, 5, 6],
    notMet: [],
    notApplicable: [10],
  },
  {
    number: 9,
    name: { fr: 'Structuration de l’information', en: 'Structure of information' },
    criteria: 4,
    met: [2],
    notMet: [],
    notApplicable: [4],
  },
  {
    number: 10,
    name: { fr: 'Présentation de l’information', en: 'Presentation of information' },
    criteria: 14,
    met: [1, 4, 6, 7, 11],
    notMet: [],
    notApplicable: [14],
  },
  {
    number: 11,
    name: { fr: 'Formulaires', en: 'Forms' },
    criteria: 13,
    met: [1, 4, 6],
    notMet: [],
    notApplicable: [],
  },
  {
    number: 12,
    name: { fr: 'Navigation', en: 'Navigation' },
    criteria: 11,
    met: [1, 2, 3, 4, 6, 7, 10],
    notMet: [],
    notApplicable: [5, 11],
  },
  {
    number: 13,
    name: { fr: 'Consultation', en: 'Consultation' },
    criteria: 12,
    met: [2, 7, 9, 10, 11],
    notMet: [],
    notApplicable: [5, 6, 12],
  },
];

/** The criteria of a theme that nobody has judged yet. */
export const unjudged = ({ criteria, met, notMet, notApplicable }: Theme): number[] =>
  range(criteria).filter((one) => ![...met, ...notMet, ...notApplicable].includes(one));

export const totals = (): {
  readonly met: number;
  readonly notMet: number;
  readonly notApplicable: number;
  readonly unjudged: number;
  readonly criteria: number;
} => {
  const sum = (count: (theme: Theme) => number): number =>
    themes.reduce((total, theme) => total + count(theme), 0);
  return {
    met: sum(({ met }) => met.length),
    notMet: sum(({ notMet }) => notMet.length),
    notApplicable: sum(({ notApplicable }) => notApplicable.length),
    unjudged: sum((theme) => unjudged(theme).length),
    criteria: sum(({ criteria }) => criteria),
  };
};

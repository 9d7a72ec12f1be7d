import type { PdfBlock } from '#formats/pdf/index.ts';
import { type Language, type Message, message } from '../core/message.ts';
import { daysTold } from './day-told.ts';
import type { Quantity } from '../core/quantity.ts';
import { figure } from './report.ts';
import type { DpeLabelView } from './views.ts';

/** Chances under one in a hundred are rounding. */
const LEAST_SHOWN = 0.005;

export type Words = {
  readonly language: Language;
  readonly t: (fr: string, en: string) => string;
  readonly say: (message: Message) => string;
  /** A figure, in the unit of the largest that it stands beside. */
  readonly show: (quantity: Quantity | null | undefined, like?: number) => string;
};

/** How a document says things in one language. */
export const wordsOf = (language: Language): Words => {
  const t = (fr: string, en: string): string => (language === 'fr' ? fr : en);
  return {
    language,
    t,
    say: (message) => daysTold(message[language], language),
    show: (quantity, like) =>
      quantity ? figure(quantity, language, like) : t('non évalué', 'not evaluated'),
  };
};

/** What the energy before and after works is known from: the meter, or the envelope and how the building is used. */
export const heatingUseName = ({ usesMeter }: { readonly usesMeter: boolean }): Message =>
  usesMeter
    ? message('Compteur de chauffage', 'Heating meter')
    : message('Chauffage estimé sans compteur utilisable', 'Heating estimated without a usable meter');

/** The size of the largest of figures that are read together, whose unit they share. */
export const largestOf = (quantities: readonly (Quantity | null | undefined)[]): number =>
  Math.max(0, ...quantities.map((quantity) => Math.abs(quantity?.value ?? 0)));

/** A share, 0 to 1, as a whole percentage, in the form both languages read. */
export const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** A chance that may not have been evaluated. */
export const chanceTold = (share: number | null, { t }: Words): string =>
  share === null ? t('non évalué', 'not evaluated') : percent(share);

/** `D 62 %, E 35 %`. */
export const chancesTold = ({ chances }: DpeLabelView): string =>
  Object.entries(chances)
    .filter(([, chance]) => chance >= LEAST_SHOWN)
    .toSorted(([, left], [, right]) => right - left)
    .map(([letter, chance]) => `${letter} ${percent(chance)}`)
    .join(', ');

/** A figure in a narrow column: its interval on a line of its own, so that neither is cut in two. */
export const stacked = (told: string): string => told.replace(' (', '\n(');

/** `5 dernières années du bâtiment (last 5 years)` in one language; a place is its own name. */
export const weatherTold = (name: string, { t }: Words): string => {
  const years = /\(last (\d+) years\)$/.exec(name)?.[1];
  return years === undefined
    ? name
    : t(`${years} dernières années du bâtiment`, `last ${years} years of the building`);
};

/** A heading of the second level: the first is the document's title. */
export const heading = (text: string): PdfBlock => ({ kind: 'heading', level: 2, text });

/** A list without what it would say twice, or a sentence where there is nothing to list. */
export const listOr = (items: readonly string[], none: string): PdfBlock =>
  items.length === 0 ? { kind: 'paragraph', text: none } : { kind: 'list', items: [...new Set(items)] };

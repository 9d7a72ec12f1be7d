import { type Message, message } from '../core/message.ts';
import type { Twin } from '../core/twin.ts';

type Period = { readonly id: string; readonly until: number; readonly name: Message };

/**
 * Building periods between which envelopes change most in France: brick and stone until 1948, no thermal regulation until 1974,
 * the regulations of 1974 to 1988 until 2000, stricter ones since.
 */
const periods: readonly Period[] = [
  { id: 'before-1949', until: 1948, name: message('d’avant 1949', 'from before 1949') },
  { id: '1949-1974', until: 1974, name: message('de 1949 à 1974', 'of 1949 to 1974') },
  { id: '1975-2000', until: 2000, name: message('de 1975 à 2000', 'of 1975 to 2000') },
  { id: 'since-2001', until: Number.POSITIVE_INFINITY, name: message('depuis 2001', 'since 2001') },
];

const unknownPeriod = { id: 'unknown', name: message('d’année inconnue', 'of unknown year') };

const uses: Readonly<Record<Twin['use'], Message>> = {
  housing: message('logements', 'housing'),
  school: message('écoles', 'schools'),
  sports: message('équipements sportifs', 'sports buildings'),
  museum: message('musées', 'museums'),
  office: message('bureaux', 'offices'),
  community: message('bâtiments communaux', 'community buildings'),
  pool: message('piscines', 'pools'),
  other: message('autres bâtiments', 'other buildings'),
};

/** Buildings held alike when a stock learns from its works: one use, one building period. */
export type Family = { readonly id: string; readonly name: Message };

/**
 * The family of a building by its use and year of construction. A building of unknown year is held with the
 * others of unknown year: nothing is guessed.
 */
export const familyOf = ({ use, constructionYear }: Pick<Twin, 'use' | 'constructionYear'>): Family => {
  const period =
    constructionYear === undefined
      ? unknownPeriod
      : (periods.find(({ until }) => constructionYear <= until) ?? unknownPeriod);
  const { fr, en } = uses[use];
  return { id: `${use}/${period.id}`, name: message(`${fr} ${period.name.fr}`, `${en} ${period.name.en}`) };
};

const allFamilies: readonly Family[] = Object.keys(uses).flatMap((use) =>
  [undefined, 1900, 1960, 1990, 2010].map((constructionYear) =>
    familyOf({ use: use as Twin['use'], ...(constructionYear === undefined ? {} : { constructionYear }) }),
  ),
);

/** The name of a family kept by its id; the id itself where no version knows it. */
export const familyName = (id: string): Message =>
  allFamilies.find((one) => one.id === id)?.name ?? message(id, id);

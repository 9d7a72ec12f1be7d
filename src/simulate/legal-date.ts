/** A date of the law and the chance, 0 to 1, that a building stands outside it from then on. */
export type LegalDate = {
  readonly law: 'rental-ban' | 'tertiary-decree';
  /** `G`, `F` or `E` of the rental ban; the year of the use that the tertiary decree judges. */
  readonly step: string;
  /** First day on which it binds, YYYY-MM-DD. */
  readonly from: string;
  readonly chanceOutside: number;
};

/**
 * Chance of standing outside the law above which a date is taken to bind, unless a person says otherwise. One half: the building is
 * likelier outside than inside. Lower is more careful: with 0.1 a date binds as soon as one draw in ten is outside. A choice of
 * ours, not of the law, which judges the certificate alone; it is shown beside every date it decides.
 */
export const DATE_BINDS_ABOVE = 0.5;

const yearOf = ({ from }: LegalDate): number => Number(from.slice(0, 4));

/** Last year in which works may end for a building to keep a date: the year before it. */
export const lastWorksYear = (date: LegalDate): number => yearOf(date) - 1;

/** The first date that binds a building; undefined when none does. */
export const bindingDate = (dates: readonly LegalDate[], above = DATE_BINDS_ABOVE): LegalDate | undefined =>
  dates
    .filter(({ chanceOutside }) => chanceOutside > above)
    .toSorted((one, other) => one.from.localeCompare(other.from))[0];

/** Whether none of the dates up to the end of a year binds. */
export const keepsLaw = (
  dates: readonly LegalDate[],
  throughYear: number,
  above = DATE_BINDS_ABOVE,
): boolean => dates.every((date) => yearOf(date) > throughYear || date.chanceOutside <= above);

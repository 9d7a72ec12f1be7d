import { failure, ok, type Result } from '#core/result.ts';
import { numberEn, numberFr } from '../core/wording.ts';

/** Targets of the tertiary decree (CCH L174-1): share taken off the reference by decade. */
const steps = [
  { year: 2030, cut: 0.4 },
  { year: 2040, cut: 0.5 },
  { year: 2050, cut: 0.6 },
] as const;
type TargetYear = (typeof steps)[number]['year'];

const FIRST_REFERENCE = 2010;
const LAST_REFERENCE = 2022;
/** Tertiary floor area from which a building, or a site, is subject (DOMAIN 3.3), m2. */
export const subjectFromM2 = 1000;
/** Gross payback above which a cost may be called out of proportion, years (order of 10 April 2020, art. 11-I; secondary source). */
const longestPayback = { envelope: 30, equipment: 15, control: 10 } as const;

export type TertiarySite = {
  /** Tertiary floor area of the building or of the parts on one site, m2. */
  readonly areaM2: number;
  /** Full year of the reference use, 2010 to 2022, and its final energy, all uses, kWh, climate-adjusted by who declares it. */
  readonly reference: { readonly year: number; readonly finalKwh: number };
  /** Absolute target of the activity by decade, kWh of final energy a m2 and year; a decade left out is not evaluated. */
  readonly absoluteKwhM2?: Readonly<Partial<Record<TargetYear, number>>>;
};

export type TertiaryLanding = {
  readonly year: TargetYear;
  readonly relativeKwh: number;
  /** Null: not evaluated, the activity's value is not known. */
  readonly absoluteKwh: number | null;
  /** The more favourable of the two that are known. */
  readonly targetKwh: number;
  /** Chance, 0 to 1, over the draws that the use is at or under the target. */
  readonly chanceMet: number;
};

const areBad = (values: readonly number[]): boolean => values.some((value) => !(value > 0));

/**
 * Where a use lands against the relative and, where known, the absolute target of each decade; one of them is enough (CCH L174-1,
 * DOMAIN 3.3, absolute values from a secondary source). `finalKwh`: draws of the yearly final energy of all uses. An estimate: OPERAT
 * alone gives the official value, climate adjustment included.
 * @returns `tertiary-reference-year` outside 2010 to 2022, `tertiary-bad-figure` where an area, use or target is not positive,
 * `tertiary-not-subject` under 1000 m2.
 */
export const tertiaryLanding = (
  site: TertiarySite,
  finalKwh: Float64Array,
): Result<readonly TertiaryLanding[]> => {
  const { areaM2, reference, absoluteKwhM2 = {} } = site;
  if (areBad([areaM2, reference.finalKwh, ...Object.values(absoluteKwhM2)]) || finalKwh.length === 0)
    return failure(
      'tertiary-bad-figure',
      'Décret tertiaire : surface, consommation de référence et cibles doivent être positives, et la consommation simulée connue. Corrigez la valeur.',
      'Tertiary decree: area, reference use and targets must be positive, and the simulated use known. Correct the value.',
      {},
    );
  if (areaM2 < subjectFromM2)
    return failure(
      'tertiary-not-subject',
      `Décret tertiaire : ${numberFr(areaM2)} m² est sous le seuil de 1 000 m² (surfaces du même site additionnées). Donnez la surface du site.`,
      `Tertiary decree: ${numberEn(areaM2)} m2 is under the threshold of 1,000 m2 (areas of one site added). Give the area of the site.`,
      {},
    );
  if (reference.year < FIRST_REFERENCE || reference.year > LAST_REFERENCE)
    return failure(
      'tertiary-reference-year',
      `Décret tertiaire : l’année de référence ${reference.year} n’est pas entre 2010 et 2022. Choisissez une année pleine de cette période.`,
      `Tertiary decree: reference year ${reference.year} is not from 2010 to 2022. Choose a full year of that period.`,
      {},
    );
  return ok(
    steps.map(({ year, cut }) => {
      const relativeKwh = reference.finalKwh * (1 - cut);
      const absolute = absoluteKwhM2[year];
      const absoluteKwh = absolute === undefined ? null : absolute * areaM2;
      const targetKwh = Math.max(relativeKwh, absoluteKwh ?? 0);
      const met = finalKwh.reduce((count, value) => count + (value <= targetKwh ? 1 : 0), 0);
      return { year, relativeKwh, absoluteKwh, targetKwh, chanceMet: met / finalKwh.length };
    }),
  );
};

/** Day the declaration of a year's use is due in OPERAT: 30 September of the next year (DOMAIN 3.3). */
export const declarationDue = (useYear: number): string => `${useYear + 1}-09-30`;

/**
 * Disproportion test of one kind of works: gross payback above 30 years (envelope), 15 (equipment) or 10 (control); savings of nothing
 * never pay back. A criterion for the technical file, from a secondary source. Cost EUR, saving EUR a year; null where either is unknown.
 */
export const isDisproportionate = (
  kind: keyof typeof longestPayback,
  costEur: number | null,
  savingEurYear: number | null,
): boolean | null => {
  if (costEur === null || savingEurYear === null) return null;
  return savingEurYear <= 0 || costEur / savingEurYear > longestPayback[kind];
};

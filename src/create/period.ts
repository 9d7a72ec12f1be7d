import { failure, ok, type Result } from '#core/result.ts';
import type { Quantity } from '#core/quantity.ts';
import { spreadQuantity } from '#core/quantity.ts';
import table from '../../models/period-defaults.json' with { type: 'json' };
import { hullQuantity } from './spreads.ts';

type PeriodClass = (typeof table.classes)[number];
export type ClimateZone = 'H1' | 'H2' | 'H3';

/** When the building was built, as the classes of the French tables it may fall in. `known` false: nothing was said. */
export type Period = {
  readonly label: string;
  readonly known: boolean;
  readonly classes: readonly PeriodClass[];
};

export const unknownPeriod: Period = { label: 'unknown', known: false, classes: table.classes };

/** The table's classes a period may be (all of them for none), each as `parsePeriod` reads it: one year within the class. */
export const periodClassLabels = (period: Period = unknownPeriod): string[] =>
  period.classes.map((one) => String(one.fromYear ?? one.toYear));

/** The class of the tables that a year of construction falls in. */
export const periodClassOf = (year: number): string =>
  table.classes.find((one) => (one.toYear ?? LATEST) >= year)?.id ?? 'unknown';

/** The years of a class of the tables by its id, null where it is open; undefined where no table knows it. */
export const periodClassYears = (
  id: string,
): { readonly from: number | null; readonly to: number | null } | undefined => {
  const found = table.classes.find((one) => one.id === id);
  return found === undefined ? undefined : { from: found.fromYear, to: found.toYear };
};

const EARLIEST = 1000;
const LATEST = 2100;

const overlapping = (label: string, from: number, to: number): Result<Period> => {
  const classes = table.classes.filter(
    (one) => (one.fromYear ?? EARLIEST) <= to && (one.toYear ?? LATEST) >= from,
  );
  return classes.length === 0 || from > to || from < EARLIEST || to > LATEST
    ? failure(
        'period-invalid',
        `La période « ${label} » n’est pas comprise ; écrivez une année (1976), un intervalle (1975-1977), « avant 1975 » ou « après 2013 ».`,
        `The period “${label}” is not understood; write a year (1976), a range (1975-1977), “before 1975” or “after 2013”.`,
      )
    : ok({ label, known: true, classes });
};

const beforePattern = /^(?:<|<=|≤|avant|before|vor|jusqu ?a|until)\s*(\d{4})$/;
const afterPattern = /^(?:>|>=|≥|apres|after|nach|depuis|since|from|des)\s*(\d{4})$/;
const rangePattern = /^(\d{4})\s*(?:-|–|—|\/|a|to|bis)\s*(\d{4})$/;

/**
 * The French construction period a person writes: a year, a range, "avant 1975", ">=2013" (also in English).
 * A range over several classes keeps them all, so that the defaults stay as wide as the doubt.
 * @returns `period-invalid` when nothing can be read.
 */
export const parsePeriod = (text: string): Result<Period> => {
  const label = text.trim();
  const plain = label
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase();
  const range = rangePattern.exec(plain);
  if (range !== null) return overlapping(label, Number(range[1]), Number(range[2]));
  const before = beforePattern.exec(plain);
  if (before !== null) {
    const strict = /^(<(?!=)|avant|before|vor)/.test(plain);
    return overlapping(label, EARLIEST, Number(before[1]) - (strict ? 1 : 0));
  }
  const after = afterPattern.exec(plain);
  if (after !== null) return overlapping(label, Number(after[1]), LATEST);
  if (/^\d{4}$/.test(plain)) return overlapping(label, Number(plain), Number(plain));
  return overlapping(label, LATEST, EARLIEST);
};

export type PeriodFigure =
  | 'wall'
  | 'roof'
  | 'flatRoof'
  | 'floor'
  | 'windowUWm2K'
  | 'windowSolarFactor'
  | 'doorUWm2K'
  | 'airChangePerH';

export type PeriodUse = { readonly zone?: ClimateZone; readonly electricHeating?: boolean };

const figureOf = (one: PeriodClass, figure: PeriodFigure, use: PeriodUse): number => {
  const value = one[figure];
  if (typeof value === 'number') return value;
  const zone = table.climateZones.indexOf(use.zone ?? table.defaultZone);
  const byZone = use.electricHeating === true ? value.joule : value.other;
  return byZone[zone] ?? byZone[0] ?? Number.NaN;
};

/**
 * The default of a period for one figure, with the interval of its spread; over several classes, or none known,
 * the hull of them all. Figures and their sources: models/period-defaults.json (3CL-DPE 2021 and BuildSysPro).
 */
export const periodDefault = (
  period: Period,
  figure: PeriodFigure,
  unit: string,
  relativeSpread: number,
  use: PeriodUse = {},
): Quantity => {
  const values = period.classes.map((one) => figureOf(one, figure, use));
  const lowest = Math.min(...values);
  const highest = Math.max(...values);
  const source =
    figure === 'airChangePerH'
      ? table.cited.airChange
      : figure === 'doorUWm2K'
        ? table.cited.door
        : figure.startsWith('window')
          ? table.cited.window
          : `${table.cited.opaque}, zone ${use.zone ?? `${table.defaultZone} assumed`}`;
  const cited = `${source}, version ${table.version}`;
  if (lowest === highest)
    return spreadQuantity(
      lowest,
      unit,
      relativeSpread,
      'period-default',
      `Default of period ${period.label}: ${lowest} ${unit}. ${cited}`,
    );
  const doubt = period.known
    ? `period ${period.label} covers several classes`
    : 'construction period unknown';
  return hullQuantity(
    lowest,
    highest,
    unit,
    relativeSpread,
    'period-default',
    `Widest default, ${doubt}: ${lowest} to ${highest} ${unit}. ${cited}`,
  );
};

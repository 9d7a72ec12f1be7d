import type { RealisationCase } from './types.ts';

/** Key of what one kind of measure does in one family. */
export const cellKey = (measure: string, family: string): string => `${measure} ${family}`;

/** What tells whose household a case could tell of: its building, its family and the measures it is a case of. */
type Telling = Pick<RealisationCase, 'buildingId' | 'family' | 'dwellings' | 'shares'>;

const teaches = ({ shares }: Telling, measure: string): boolean =>
  shares.some((own) => own.measure === measure && own.share > 0);

/**
 * Whether a figure on these cases tells of no household: either no dwelling is among their buildings, or at least `fewest` are. A
 * building is counted once however many works it had; `dwellings` is null where nobody lives.
 */
export const isLargeEnough = (cases: readonly Telling[], fewest: number): boolean => {
  const buildings = new Map(cases.map(({ buildingId, dwellings }) => [buildingId, dwellings]));
  const counted = [...buildings.values()].filter((dwellings) => dwellings !== null);
  return counted.length === 0 || counted.reduce((sum, dwellings) => sum + dwellings, 0) >= fewest;
};

export type Tellable<T extends Telling = Telling> = {
  /** Cases that may teach: every measure of each has a group that is large enough. */
  readonly taught: readonly T[];
  readonly leftOut: readonly T[];
  /** Families, and keys of measures in families (`cellKey`), that may have a rate of their own. */
  readonly families: ReadonlySet<string>;
  readonly cells: ReadonlySet<string>;
};

const measuresOf = (cases: readonly Telling[]): Set<string> =>
  new Set(
    cases.flatMap(({ shares }) => shares.filter(({ share }) => share > 0).map(({ measure }) => measure)),
  );

/** Keys of the measures in families whose cases are a group that is large enough. */
const cellsOf = (cases: readonly Telling[], fewest: number): Set<string> => {
  const cells = new Set<string>();
  for (const [family, own] of Map.groupBy(cases, (one) => one.family))
    for (const measure of measuresOf(own))
      if (
        isLargeEnough(
          own.filter((one) => teaches(one, measure)),
          fewest,
        )
      )
        cells.add(cellKey(measure, family));
  return cells;
};

/** Measures from whose rates a household could be read: directly, or as what is left once the rates of families are known. */
const tellingMeasures = (cases: readonly Telling[], fewest: number): string[] => {
  const cells = cellsOf(cases, fewest);
  return [...measuresOf(cases)].filter((measure) => {
    const rest = cases.filter((one) => teaches(one, measure) && !cells.has(cellKey(measure, one.family)));
    return !isLargeEnough(rest, fewest);
  });
};

/**
 * Sets aside every case from which, through the rate of one of its measures, a household could be read, and says which families and
 * cells are large enough for a rate of their own: no figure learnt, and no difference of two of them, rests on fewer than `fewest`
 * dwellings (promise P7). What one case that leaves takes from the group of another measure is looked at again until nothing more
 * leaves.
 */
export const tellable = <T extends Telling>(cases: readonly T[], fewest: number): Tellable<T> => {
  let taught = cases;
  for (;;) {
    const telling = tellingMeasures(taught, fewest);
    if (telling.length === 0) break;
    const cells = cellsOf(taught, fewest);
    taught = taught.filter(
      (one) =>
        one.dwellings === null ||
        !telling.some((measure) => teaches(one, measure) && !cells.has(cellKey(measure, one.family))),
    );
  }
  const kept = new Set(taught);
  const families = Map.groupBy(taught, ({ family }) => family);
  return {
    taught,
    leftOut: cases.filter((one) => !kept.has(one)),
    families: new Set([...families].flatMap(([family, own]) => (isLargeEnough(own, fewest) ? [family] : []))),
    cells: cellsOf(taught, fewest),
  };
};

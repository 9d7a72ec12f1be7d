import type { Message } from '#core/message.ts';
import type { Day } from './types.ts';

/** A sum over buildings whose intervals are independent in part: the sums of half-widths and of their squares. */
export type SummedFigure = {
  readonly count: number;
  readonly value: number;
  readonly below: number;
  readonly belowSquares: number;
  readonly above: number;
  readonly aboveSquares: number;
};

/** The stock, or the part of it that filters leave, counted by the database. */
export type StockCounts = {
  readonly buildings: number;
  readonly simulated: number;
  readonly placed: number;
  readonly labels: Readonly<Record<string, number>>;
  readonly urgencies: Readonly<Record<string, number>>;
  /** The yearly energy of the buildings that have a figure, by what their main meter counts. */
  readonly energies: readonly { readonly carrier: string | null; readonly annualKwh: SummedFigure }[];
  /** Figures not computed yet, by another version, or moved since. */
  readonly waiting: number;
  /** Of those, what has no figures at all yet. */
  readonly uncomputed: number;
};

/** What stands outside the law from a date on. */
export type LegalCount = {
  readonly law: string;
  readonly step: string;
  readonly from: Day;
  readonly buildings: number;
  readonly dwellings: number;
  readonly expectedBuildings: number;
  readonly expectedDwellings: number;
};

/** Degrees, WGS 84. */
export type MapBox = {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
};

/** Buildings of one cell of a map, the first few by name. */
export type MapCell = {
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
  readonly count: number;
  readonly buildings: readonly { readonly id: string; readonly name: Message }[];
  readonly labels: Readonly<Record<string, number>>;
  readonly urgencies: Readonly<Record<string, number>>;
  readonly intensityKwhM2?: number;
};

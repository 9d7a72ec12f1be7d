import type { Draft, ReadingsAnswer, ReadingsPreflight } from '../../client/names.ts';
import type { Text } from '../i18n.ts';

/** How far a file has come on its way into the stock. */
export type Stage =
  | { readonly at: 'waiting' }
  | { readonly at: 'sending'; readonly share: number }
  /** `away`: the server does not answer for the moment, and is asked again. */
  | { readonly at: 'reading'; readonly draft: string; readonly away: boolean }
  | { readonly at: 'ready'; readonly draft: Draft }
  | { readonly at: 'confirming'; readonly draft: Draft; readonly away: boolean }
  | { readonly at: 'kept'; readonly buildings: readonly string[]; readonly skipped: readonly string[] }
  | { readonly at: 'meter'; readonly why: Text | null }
  | { readonly at: 'checking'; readonly meter: string }
  | { readonly at: 'checked'; readonly meter: string; readonly report: ReadingsPreflight }
  | { readonly at: 'adding'; readonly meter: string; readonly report: ReadingsPreflight }
  | { readonly at: 'added'; readonly meter: string; readonly answer: ReadingsAnswer }
  | { readonly at: 'failed'; readonly message: Text; readonly code: string };

export type Item = {
  readonly key: number;
  readonly name: string;
  /** Absent where the page was loaded anew since: the server has the file, the page has not. */
  readonly file: File | null;
  readonly stage: Stage;
};

const HEAD_BYTES = 4096;

/**
 * Whether a file is of readings by its first bytes: a Green Button feed, or JSON of a distributor. What a table holds (CSV, a workbook)
 * only its reading says, and it is tried as a sheet of buildings first.
 */
export const looksLikeReadings = async (file: Blob): Promise<boolean> => {
  const head = await file.slice(0, HEAD_BYTES).text();
  return (
    /<(?:\w+:)?feed[\s>]/i.test(head) ||
    /naesb\.org\/espi/i.test(head) ||
    /^\s*[[{][\s\S]*"(?:meter_reading|usage_point_id|idPrm|mesures)"/.test(head)
  );
};

/** Whether what was refused as a building may be readings: a table, or data that a distributor sends. */
export const mayBeReadings = (name: string): boolean => /\.(csv|tsv|txt|xlsx?|xml|json|zip|gz)$/i.test(name);

/** The meter whose identifier stands in the name of a file, the longest where several do; none where none does. */
export const meterInName = (name: string, meters: readonly string[]): string | undefined =>
  meters
    .filter((id) => name.toLowerCase().includes(id.toLowerCase()))
    .toSorted((one, other) => other.length - one.length)[0];

/** How many files stand at any of the stages. */
export const countAt = (items: readonly Item[], ...stages: readonly Stage['at'][]): number =>
  items.filter(({ stage }) => stages.includes(stage.at)).length;

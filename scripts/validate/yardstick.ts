import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '#core/random.ts';
import { readTable } from './cambridge.ts';

type Row = Readonly<Record<string, string>>;

/** Rows of a yardstick table, from whichever `reference/yardstick…` folders hold one of that name; empty without. */
export const yardstick = async (corpus: string, name: string): Promise<readonly Row[]> => {
  const reference = join(corpus, 'reference');
  if (!existsSync(reference)) return [];
  const paths = readdirSync(reference)
    .filter((folder) => folder.startsWith('yardstick'))
    .map((folder) => join(reference, folder, name))
    .filter((path) => existsSync(path));
  return (await Promise.all(paths.map(readTable))).flat();
};

export const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

/** 90 % bootstrap interval of a statistic over 4,000 resamples of the cases. */
export const bootstrap = (
  values: readonly number[],
  statistic: (sample: readonly number[]) => number,
): readonly [number, number] => {
  const random = seededRandom(90);
  const found = Array.from({ length: 4000 }, () =>
    statistic(values.map(() => values[Math.floor(random() * values.length)])),
  ).sort((a, b) => a - b);
  return [found[200], found[3799]];
};

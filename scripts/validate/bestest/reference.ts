import { readFileSync } from 'node:fs';

/** One line of the reference table: six programs, limits where the standard sets them, the published 5R1C. */
export type Reference = {
  readonly id: string;
  readonly metric: string;
  readonly low: number;
  readonly high: number;
  /** Limits of the standard rather than the range of the six programs. */
  readonly limits: boolean;
  readonly programs: readonly number[];
  readonly published: number | undefined;
};

const numberOf = (text: string | undefined): number | undefined =>
  text === undefined || text.trim() === '' ? undefined : Number(text);

/** Reads `ashrae140_2020_reference.csv`, columns by name. */
export const readReferences = (file: string): Reference[] => {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const names = head.split(',');
  const programs = names.slice(names.indexOf('mean') + 1, names.indexOf('accept_low'));
  return lines.map((line) => {
    const cells = line.split(',');
    const at = (name: string): number | undefined => numberOf(cells[names.indexOf(name)]);
    const low = at('accept_low');
    return {
      id: cells[0] ?? '',
      metric: cells[1] ?? '',
      low: low ?? at('min') ?? Number.NaN,
      high: at('accept_high') ?? at('max') ?? Number.NaN,
      limits: low !== undefined,
      programs: programs.flatMap((name) => at(name) ?? []),
      published: at('iso13790_5r1c_modelica'),
    };
  });
};

/** How far a value lies outside a reference's bounds, 0 inside. */
export const outside = ({ low, high }: Reference, value: number): number =>
  Math.max(0, low - value, value - high);

import type { Part } from '../figures/figure.ts';
import { validateQuality } from './quality.ts';

export const metersPart: Part = {
  title: 'Meters',
  notes: `Quality findings on the real meters of the Cambridge archive and on the eemeter samples.`,
  run: ({ corpus }) => validateQuality(corpus),
};

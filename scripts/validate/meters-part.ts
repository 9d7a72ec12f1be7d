import type { Part } from '../figures/figure.ts';
import { validateModels } from './models-part.ts';
import { validateQuality } from './quality.ts';

export const metersPart: Part = {
  title: 'Meters',
  notes: `Quality findings on the real meters of the Cambridge archive and on the eemeter samples. The rows of the daily and monthly models are explained in the part “models”.`,
  run: async ({ corpus }) => [...(await validateQuality(corpus)), ...(await validateModels(corpus))],
};

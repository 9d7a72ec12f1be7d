import type { Part } from '../figures/figure.ts';
import { validateImport } from './import.ts';
import { validateModels } from './models-part.ts';
import { validateQuality } from './quality.ts';

export const metersPart: Part = {
  title: 'Meters',
  notes: `Import: every meter file of the folder goes through the ordinary import, with the text of a mapping file where its
columns need one (several meters in a file, counted seconds or months, mean watts, a date over four columns).

Quality: findings on the real meters of the Cambridge archive and on the eemeter samples. Changes of unit are put into every
gas meter without one, at one date a meter and with each usual factor in turn; one counts as found when it is dated within
31 days and nothing else is told.

Not found among those put in: changes at the start of a summer without gas, which nothing shows before autumn; changes in the
months of 2020 when a building stood closed, where the closure and the factor hide each other; a change on a meter that
doubled its own use in the same season.

The archive marks four meters with a break in 2017/18. On three a break is dated (on one of them it lies in 2013, in a year
without readings). The fourth, b24, falls year by year from 411 to 81 kWh a day between 2012 and 2017 and is level after: its
winter medians of 2017 and 2019 are the same, so no date can be given for a break, and none is told.

The rows of the daily and monthly models are explained in the part “models”.`,
  run: async ({ corpus, tell }) => [
    ...(await validateImport(corpus, tell)),
    ...(await validateQuality(corpus)),
    ...(await validateModels(corpus)),
  ],
};

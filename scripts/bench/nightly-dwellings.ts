import { type Figure, figuresOf, type Part } from '../figures/figure.ts';
import { sized } from '../figures/sized.ts';
import { measureFirstNight, memoryFigure } from './nightly.ts';

/** Fewer while something is being tried: the whole takes an hour. */
const RESIDENCES = sized('NIGHT_RESIDENCES', 1500);
/** A heat meter a dwelling, read by the landlord's contractor: 40,500 meters. */
const DWELLINGS_EACH = sized('NIGHT_DWELLINGS', 27);
const GOAL_S = 3600;

const figure = figuresOf('nightly-dwellings', 'npm run bench -- --only nightly-dwellings');

export const nightlyDwellingsPart: Part = {
  title: 'The night of a meter in each of 40,000 dwellings',
  notes: `${RESIDENCES.toLocaleString('en')} residences that do not exist with ${DWELLINGS_EACH} meters each, three years of daily readings, in the embedded database; one residence in ten had works. The night timed is the first one, in which every meter gets its first model: the nights that follow have a model in force to start from.`,
  run: async ({ tell }): Promise<readonly Figure[]> => {
    const night = await measureFirstNight(RESIDENCES, DWELLINGS_EACH, tell);
    const meters = RESIDENCES * DWELLINGS_EACH;
    return [
      figure({
        id: 'seconds',
        metric: 'one night, every meter fitted for the first time',
        value: night.seconds,
        unit: 's',
        goal: `<= ${GOAL_S}`,
        holds: night.seconds <= GOAL_S,
        n: meters,
        comparator: { name: 'processor time of the program', value: night.cpuSeconds, unit: 's' },
      }),
      memoryFigure(figure, night, meters),
      figure({
        id: 'failed',
        metric: 'meters or buildings that failed',
        value: night.failed,
        unit: '1',
        goal: '0',
        holds: night.failed === 0,
        n: meters,
      }),
    ];
  },
};

import { fewestDwellings } from '#app/privacy.ts';
import { type Figure, figuresOf } from '../figures/figure.ts';
import { simulateDefaults } from './simulated-defaults.ts';

const figure = figuresOf('learning', 'npm run validate -- --only learning');
const SEED = 20_261_127;
/** 15 % of the squared error, of the 34 % that the true factors would take away. */
const LEAST_FALL = 7.8;

const percentOf = ({ held, n }: { readonly held: number; readonly n: number }): number => (100 * held) / n;

/** What the meters of simulated stocks teach of period defaults: coverage of the factors, and the loss of buildings without a meter. */
export const defaultsFigures = (stocks: number): Figure[] => {
  const tally = simulateDefaults(stocks, SEED, fewestDwellings);
  const { factors, tableLosses, learntLosses } = tally;
  const covered = percentOf(factors);
  /** How much smaller an error is than the table's, as RMSE of the logarithm. */
  const fallOf = (square: number): number => 100 * (1 - Math.sqrt(square / tally.tableSquare));
  const fall = fallOf(tally.learntSquare);
  const known = fallOf(tally.knownSquare);
  return [
    figure({
      id: 'defaults-covered',
      metric: `${stocks} stocks of 40 metered buildings: 90 % intervals of the factors of period defaults hold the truth`,
      value: covered,
      unit: '%',
      goal: '87 to 93',
      holds: covered >= 87 && covered <= 93,
      n: factors.n,
    }),
    figure({
      id: 'defaults-loss-error',
      metric:
        'the same stocks: fall of the error (RMSE of the logarithm) of the loss of buildings without a meter',
      value: fall,
      unit: '%',
      goal: `≥ ${LEAST_FALL}`,
      holds: fall >= LEAST_FALL,
      n: learntLosses.n,
      comparator: {
        name: 'with the true factors, the most that learning can bring',
        value: known,
        unit: '%',
      },
    }),
    figure({
      id: 'defaults-loss-covered',
      metric: 'the same stocks: intervals of that loss hold the truth',
      value: percentOf(learntLosses),
      unit: '%',
      goal: 'reported',
      holds: null,
      n: learntLosses.n,
      comparator: { name: 'by the table alone', value: percentOf(tableLosses), unit: '%' },
    }),
  ];
};

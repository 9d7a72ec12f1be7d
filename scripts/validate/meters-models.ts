import { median } from 'simple-statistics';
import type { Figure } from '../figures/figure.ts';
import { figuresOf } from '../figures/figure.ts';
import { type Archive, isSteady, judgeYears, openArchive, type YearPair } from './year-pairs.ts';
import { bootstrap, geometricMean, yardstick } from './yardstick.ts';

const figure = figuresOf('models', 'npm run validate -- --corpus DIR --only models');

type Judged = YearPair & {
  readonly cv: number;
  readonly bias: number;
  readonly peerCv: number;
  readonly peerBias: number;
};

const aheadOf = (pair: YearPair): { cv: number; bias: number } => ({
  cv: pair.fit.outOfSample?.cvRmse ?? Number.NaN,
  bias: Math.abs(pair.fit.outOfSample?.nmbe ?? Number.NaN),
});

const judgeGas = async (corpus: string, archive: Archive, first: number): Promise<Judged[]> =>
  (await yardstick(corpus, `D_em41_${first}.csv`)).flatMap((peer) => {
    const pair = judgeYears(peer.b, archive, first, first + 1);
    if (pair === undefined) return [];
    return [{ ...pair, ...aheadOf(pair), peerCv: Number(peer.cv2), peerBias: Number(peer.anmbe2) }];
  });

const against = 'eemeter 4.1.1 on the same meters';

const gasFigures = (pairs: readonly Judged[], first: number): Figure[] => {
  const years = `${first} > ${first + 1}`;
  const rows = (cases: readonly Judged[], suffix: string, judged: boolean): Figure[] => {
    const said = judged ? 'filtered' : 'all meters, unfiltered';
    const goal = judged ? 'at or below eemeter 4.1.1' : 'reported';
    return (
      [
        [
          'cv',
          'median CV(RMSE) one year ahead',
          cases.map(({ cv }) => cv),
          cases.map(({ peerCv }) => peerCv),
        ],
        [
          'bias',
          'median |NMBE| one year ahead',
          cases.map(({ bias }) => bias),
          cases.map(({ peerBias }) => peerBias),
        ],
      ] as const
    ).map(([id, metric, ours, theirs]) => {
      const [value, peer] = [median([...ours]), median([...theirs])];
      return figure({
        id: `gas-${first}-${id}${suffix}`,
        metric: `daily gas ${years}, ${said}: ${metric}`,
        value,
        unit: '%',
        goal,
        holds: judged ? value <= peer : null,
        n: ours.length,
        comparator: { name: against, value: peer, unit: '%' },
      });
    });
  };
  const steady = pairs.filter(isSteady);
  return steady.length === 0 ? [] : [...rows(steady, '', true), ...rows(pairs, '-unfiltered', false)];
};

const pooledFigures = (pairs: readonly Judged[]): Figure[] => {
  if (pairs.length === 0) return [];
  const ratios = pairs.map(({ cv, peerCv }) => cv / peerCv);
  const [low, high] = bootstrap(ratios, geometricMean);
  const value = geometricMean(ratios);
  const biases = [pairs.map(({ bias }) => bias), pairs.map(({ peerBias }) => peerBias)];
  const [bias, peerBias] = biases.map((values) => median(values));
  return [
    figure({
      id: 'gas-ratio',
      metric: `daily gas, both pairs of years: geometric mean of CV(RMSE) ahead over eemeter 4.1.1's (90 % bootstrap ${low.toFixed(3)} to ${high.toFixed(3)})`,
      value,
      unit: '1',
      goal: '≤ 0.92 (aim 0.88)',
      holds: value <= 0.92,
      n: ratios.length,
    }),
    figure({
      id: 'gas-bias',
      metric: 'daily gas, both pairs of years together: median |NMBE| one year ahead',
      value: bias,
      unit: '%',
      goal: 'at or below eemeter 4.1.1',
      holds: bias <= peerBias,
      n: ratios.length,
      comparator: { name: against, value: peerBias, unit: '%' },
    }),
  ];
};

const plainAgreement = async (corpus: string, pairs: readonly Judged[]): Promise<Figure[]> => {
  const known = new Map(
    (await yardstick(corpus, 'D_gas_2018.csv'))
      .filter(({ model }) => model === '3PH')
      .map((row) => [row.b, row]),
  );
  const gaps = pairs.flatMap(({ building, plainIn }) => {
    const row = known.get(building);
    return row === undefined ? [] : [Math.abs(plainIn.cvRmse / Number(row.cv1) - 1) * 100];
  });
  if (gaps.length === 0) return [];
  return [
    figure({
      id: 'plain-rung',
      metric: 'plain 3P heating: largest difference of in-sample CV(RMSE) from the yardstick’s 3P',
      value: Math.max(...gaps),
      unit: '%',
      goal: '≤ 0.5',
      holds: Math.max(...gaps) <= 0.5,
      n: gaps.length,
    }),
  ];
};

const electricityFigures = async (corpus: string): Promise<Figure[]> => {
  const rows = (await yardstick(corpus, 'D_elec_2018.csv')).filter(({ model }) => model === '3PHx2');
  if (rows.length === 0) return [];
  const archive = await openArchive(corpus, 'electricity_kWh');
  const pairs = rows.flatMap((row) => {
    const pair = judgeYears(row.b, archive, 2018, 2019);
    return pair === undefined ? [] : [{ ours: aheadOf(pair).cv, theirs: Number(row.cv2) }];
  });
  if (pairs.length === 0) return [];
  const [value, peer] = [median(pairs.map(({ ours }) => ours)), median(pairs.map(({ theirs }) => theirs))];
  return [
    figure({
      id: 'electricity-cv',
      metric: 'daily electricity 2018 > 2019: median CV(RMSE) one year ahead',
      value,
      unit: '%',
      goal: 'at or below the work/non-work 3P',
      holds: value <= peer,
      n: pairs.length,
      comparator: { name: 'work/non-work 3P on the same meters', value: peer, unit: '%' },
    }),
  ];
};

/** Year-ahead error of the ladder on the real daily meters against eemeter 4.1.1 and the work/non-work 3P. */
export const validateDailyModels = async (corpus: string): Promise<Figure[]> => {
  const archive = await openArchive(corpus, 'gas');
  const [recent, early] = [await judgeGas(corpus, archive, 2018), await judgeGas(corpus, archive, 2013)];
  return [
    ...gasFigures(recent, 2018),
    ...gasFigures(early, 2013),
    ...pooledFigures([...recent, ...early].filter(isSteady)),
    ...(await plainAgreement(corpus, recent)),
    ...(await electricityFigures(corpus)),
  ];
};

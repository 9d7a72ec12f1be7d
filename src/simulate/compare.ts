import { measurementValues } from '#core/calibration/index.ts';
import type { Message } from '#core/message.ts';
import type { Quantity } from '#core/quantity.ts';
import type { Failure } from '#core/result.ts';
import { simulateScenario } from './scenario.ts';
import type { Measure } from './schema.ts';
import type { ScenarioInput, ScenarioResult } from './types.ts';

export const criteria = ['energy', 'carbon', 'payback', 'net-value'] as const;
export type Criterion = (typeof criteria)[number];

export type Option = {
  readonly id: string;
  readonly measures: readonly Measure[];
  /** Whole years to the works of each measure; all today when left out. */
  readonly delays?: readonly number[];
};

export type ComparedOption = {
  readonly id: string;
  readonly scenario: ScenarioResult;
  /** Another option costs no more and saves no less energy and carbon, one of them strictly. */
  readonly dominated: boolean;
  readonly dominatedBy: string | null;
  /** Probability of being the best option by each criterion; null where the criterion cannot be evaluated. */
  readonly chanceOfBest: Readonly<Record<Criterion, number | null>>;
};

export type IndicatorRow = {
  readonly id: string;
  readonly name: Message;
  /** One cell an option, in the order of the options; null: not evaluated. */
  readonly cells: readonly (Quantity | null)[];
};

export type Comparison = {
  readonly options: readonly ComparedOption[];
  readonly refused: readonly { readonly id: string; readonly error: Failure }[];
  readonly rows: readonly IndicatorRow[];
  /** Which option wins by net value over its life, how surely, and what would settle it. */
  readonly verdict: Message | null;
};

export type ComparisonInput = Omit<ScenarioInput, 'measures' | 'delays'> & {
  readonly options: readonly Option[];
};

/** Draws to be large, one array an option; undefined where an option lacks the figure. */
const scoreOf = (criterion: Criterion, { draws }: ScenarioResult): Float64Array | undefined => {
  const { costEur, annualEur } = draws;
  switch (criterion) {
    case 'energy':
      return draws.savingKwh.map((kwh, i) => kwh + draws.electricitySavedKwh[i]);
    case 'carbon':
      return draws.carbonKg;
    case 'payback':
      if (costEur === undefined || annualEur === undefined) return undefined;
      return annualEur.map((euros, i) => (costEur[i] > 0 ? euros / costEur[i] : 0));
    case 'net-value':
      return draws.netValueEur;
    default: {
      const never: never = criterion;
      throw new Error(`Unknown criterion ${String(never)}`);
    }
  }
};

const chances = (scores: readonly (Float64Array | undefined)[]): (number | null)[] => {
  const known = scores.flatMap((draws, index) => (draws === undefined ? [] : [{ draws, index }]));
  if (known.length < scores.length || known.length === 0) return scores.map(() => null);
  const size = known[0].draws.length;
  const wins = scores.map(() => 0);
  for (let i = 0; i < size; i += 1) {
    let best = 0;
    let ties = 1;
    for (let k = 1; k < known.length; k += 1) {
      const gap = known[k].draws[i] - known[best].draws[i];
      if (gap > 0) {
        best = k;
        ties = 1;
      } else if (gap === 0) ties += 1;
    }
    const top = known[best].draws[i];
    for (const { draws, index } of known) if (draws[i] === top) wins[index] += 1 / ties;
  }
  return wins.map((count) => count / size);
};

const dominates = (a: ScenarioResult, b: ScenarioResult): boolean => {
  if (a.costEur === null || b.costEur === null) return false;
  const gains = [
    b.costEur.value - a.costEur.value,
    a.savingKwh.value - b.savingKwh.value,
    a.carbonKgYear === null || b.carbonKgYear === null ? 0 : a.carbonKgYear.value - b.carbonKgYear.value,
  ];
  return gains.every((gain) => gain >= 0) && gains.some((gain) => gain > 0);
};

const indicators: readonly {
  readonly id: string;
  readonly name: Message;
  readonly of: (scenario: ScenarioResult) => Quantity | null;
}[] = [
  { id: 'before', name: { fr: 'Avant', en: 'Before' }, of: ({ beforeKwh }) => beforeKwh },
  { id: 'after', name: { fr: 'Après', en: 'After' }, of: ({ afterKwh }) => afterKwh },
  { id: 'saving', name: { fr: 'Économie', en: 'Saving' }, of: ({ savingKwh }) => savingKwh },
  {
    id: 'saving-percent',
    name: { fr: 'Part économisée', en: 'Share saved' },
    of: ({ savingPercent }) => savingPercent,
  },
  { id: 'cost', name: { fr: 'Coût HT', en: 'Cost without tax' }, of: ({ costEur }) => costEur },
  {
    id: 'annual-euros',
    name: { fr: 'Euros économisés par an', en: 'Euros saved a year' },
    of: ({ annualEur }) => annualEur,
  },
  {
    id: 'carbon',
    name: { fr: 'Carbone évité par an', en: 'Carbon avoided a year' },
    of: ({ carbonKgYear }) => carbonKgYear,
  },
  { id: 'payback', name: { fr: 'Temps de retour', en: 'Payback' }, of: ({ paybackYears }) => paybackYears },
  {
    id: 'embodied-carbon',
    name: { fr: 'Carbone des travaux', en: 'Carbon of the works' },
    of: ({ embodiedCarbonKg }) => embodiedCarbonKg,
  },
];

/** Least share of the interval a measurement must take off to be worth naming. */
const LEAST_SHARE = 0.03;

/** The measurement that would narrow the difference between the two likeliest options most. */
const settlerOf = (
  posterior: ScenarioInput['posterior'],
  first: Float64Array | undefined,
  second: Float64Array | undefined,
): Message | undefined => {
  if (first === undefined || second === undefined) return undefined;
  const [best] = measurementValues(
    posterior,
    first.map((value, i) => value - second[i]),
  );
  if (best === undefined || !(best.gain > LEAST_SHARE * best.widthNow)) return undefined;
  const percent = ((100 * best.gain) / best.widthNow).toFixed(0);
  return {
    fr: `${best.name.fr} resserrerait leur écart de ${percent} %.`,
    en: `${best.name.en} would narrow their difference by ${percent} %.`,
  };
};

const verdictOf = (
  options: readonly ComparedOption[],
  netValues: readonly (Float64Array | undefined)[],
  posterior: ScenarioInput['posterior'],
): Message | null => {
  const ranked = options
    .map(({ id, chanceOfBest }, index) => ({ id, index, chance: chanceOfBest['net-value'] ?? -1 }))
    .filter(({ chance }) => chance >= 0)
    .sort((a, b) => b.chance - a.chance);
  const [best, next] = ranked;
  // One option alone is the best of nothing.
  if (best === undefined || next === undefined) return null;
  const percent = Math.round(100 * best.chance);
  const settle =
    best.chance < 0.8 ? settlerOf(posterior, netValues[best.index], netValues[next.index]) : undefined;
  return {
    fr: `« ${best.id} » est la meilleure option sur sa durée de vie avec ${percent} % de chances.${settle === undefined ? '' : ` Pour trancher avec « ${next.id} » : ${settle.fr}`}`,
    en: `“${best.id}” is the best option over its life with a ${percent} % chance.${settle === undefined ? '' : ` To settle it against “${next.id}”: ${settle.en}`}`,
  };
};

/**
 * Options side by side on the same draws of the same twin: options in columns, indicators in rows. A refused option is listed
 * with its reason and the others stand. Draws of measures, prices and the realisation rate are shared between
 * options, so that a difference is never noise of the drawing.
 */
export const compareScenarios = (input: ComparisonInput): Comparison => {
  const refused: { id: string; error: Failure }[] = [];
  const done: { option: Option; scenario: ScenarioResult }[] = [];
  for (const option of input.options) {
    const result = simulateScenario({
      ...input,
      measures: option.measures,
      ...(option.delays === undefined ? {} : { delays: option.delays }),
    });
    if (result.ok) done.push({ option, scenario: result.value });
    else refused.push({ id: option.id, error: result.error });
  }
  const chanceBy = new Map(
    criteria.map((criterion) => [
      criterion,
      chances(done.map(({ scenario }) => scoreOf(criterion, scenario))),
    ]),
  );
  const options = done.map(({ option, scenario }, index): ComparedOption => {
    const better = done.find((other) => other.option !== option && dominates(other.scenario, scenario));
    const chanceOfBest = Object.fromEntries(
      criteria.map((criterion) => [criterion, chanceBy.get(criterion)?.[index] ?? null]),
    ) as Record<Criterion, number | null>;
    return {
      id: option.id,
      scenario,
      dominated: better !== undefined,
      dominatedBy: better?.option.id ?? null,
      chanceOfBest,
    };
  });
  return {
    options,
    refused,
    rows: indicators.map(({ id, name, of }) => ({
      id,
      name,
      cells: done.map(({ scenario }) => of(scenario)),
    })),
    verdict: verdictOf(
      options,
      done.map(({ scenario }) => scoreOf('net-value', scenario)),
      input.posterior,
    ),
  };
};

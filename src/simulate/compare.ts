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
  /** Another option, or doing nothing, costs no more and saves no less energy and carbon, one of them strictly. */
  readonly dominated: boolean;
  readonly dominatedBy: string | null;
  readonly chanceOfBest: Chances;
};

/**
 * Probability of being the best choice by each criterion among the options and doing nothing; null where the criterion cannot
 * be evaluated. The order by global cost is that by net value: one is the bills of doing nothing less the other.
 */
export type Chances = Readonly<Record<Criterion, number | null>>;

/** Name of doing nothing among the options. */
const DO_NOTHING = 'nothing';

export type IndicatorRow = {
  readonly id: string;
  readonly name: Message;
  /** One cell an option, in the order of the options; null: not evaluated. */
  readonly cells: readonly (Quantity | null)[];
};

export type Comparison = {
  readonly options: readonly ComparedOption[];
  /** Chances of doing nothing to be the best choice. */
  readonly doNothing: Chances;
  readonly refused: readonly { readonly id: string; readonly error: Failure }[];
  readonly rows: readonly IndicatorRow[];
  /** Which option wins by net value over its life, or whether none is worth its cost, how surely, and what would settle it. */
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

/**
 * Share of the draws in which each candidate has the largest score, ties shared evenly; null for all where one has no score.
 * The scores of a draw belong together.
 */
export const chancesOfBest = (scores: readonly (Float64Array | undefined)[]): (number | null)[] => {
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

type Worth = { readonly costEur: number; readonly savedKwh: number; readonly carbonKg: number };

/** What an option costs and saves, other meters' electricity and own sun counted; undefined without a cost. */
const worthOf = (scenario: ScenarioResult): Worth | undefined =>
  scenario.costEur === null
    ? undefined
    : {
        costEur: scenario.costEur.value,
        savedKwh: scenario.savingKwh.value + (scenario.electricitySavedKwh?.value ?? 0),
        // Factors are the same for every option: where one has none, it does not tell options apart.
        carbonKg: scenario.carbonKgYear?.value ?? 0,
      };

const NOTHING: Worth = { costEur: 0, savedKwh: 0, carbonKg: 0 };

const dominates = (a: Worth | undefined, b: Worth | undefined): boolean => {
  if (a === undefined || b === undefined) return false;
  const gains = [b.costEur - a.costEur, a.savedKwh - b.savedKwh, a.carbonKg - b.carbonKg];
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
  choices: readonly { readonly id: string; readonly chance: number | null }[],
  netValues: readonly (Float64Array | undefined)[],
  { posterior, economics: { horizonYears } }: Pick<ComparisonInput, 'posterior' | 'economics'>,
): Message | null => {
  const ranked = choices
    .flatMap(({ id, chance }, index) => (chance === null ? [] : [{ id, index, chance }]))
    .sort((a, b) => b.chance - a.chance);
  const [best, next] = ranked;
  // Nothing to be compared with doing nothing.
  if (best === undefined || next === undefined) return null;
  const percent = ({ chance }: { readonly chance: number }): number => Math.round(100 * chance);
  const name = ({ id }: { readonly id: string }): Message =>
    id === DO_NOTHING ? { fr: 'ne rien faire', en: 'doing nothing' } : { fr: `« ${id} »`, en: `“${id}”` };
  const settler =
    best.chance < 0.8 ? settlerOf(posterior, netValues[best.index], netValues[next.index]) : undefined;
  const settle = {
    fr: settler === undefined ? '' : ` Pour trancher avec ${name(next).fr} : ${settler.fr}`,
    en: settler === undefined ? '' : ` To settle it against ${name(next).en}: ${settler.en}`,
  };
  if (best.id === DO_NOTHING)
    return {
      fr: `En valeur nette sur ${horizonYears} ans, ne rien faire a le plus de chances d’être le meilleur choix (${percent(best)} %) ; ensuite ${name(next).fr} (${percent(next)} %).${best.chance > 0.5 ? ' Le plus probable est qu’aucune option ne rapporte ce qu’elle coûte.' : ''}${settle.fr}`,
      en: `By net value over ${horizonYears} years, doing nothing has the best chance of being the right choice (${percent(best)} %); then ${name(next).en} (${percent(next)} %).${best.chance > 0.5 ? ' Most likely no option is worth its cost.' : ''}${settle.en}`,
    };
  const nothing = percent(ranked.find(({ id }) => id === DO_NOTHING) ?? { chance: 0 });
  return {
    fr: `${name(best).fr} est la meilleure option sur sa durée de vie avec ${percent(best)} % de chances ; ne rien faire serait mieux avec ${nothing} %.${settle.fr}`,
    en: `${name(best).en} is the best option over its life with a ${percent(best)} % chance; doing nothing would be better with ${nothing} %.${settle.en}`,
  };
};

/**
 * Options side by side on the same draws of the same twin: options in columns, indicators in rows; doing nothing is one more
 * choice by every criterion, worth zero. A refused option is listed with its reason and the others stand. Draws of measures, prices and the realisation rate are shared between
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
  const nothing = new Float64Array(input.posterior.draws);
  const scoresBy = new Map(
    criteria.map((criterion) => [
      criterion,
      [...done.map(({ scenario }) => scoreOf(criterion, scenario)), nothing],
    ]),
  );
  const chanceBy = new Map([...scoresBy].map(([criterion, scores]) => [criterion, chancesOfBest(scores)]));
  /** Of the option at an index; doing nothing comes after the last. */
  const chancesOf = (index: number): Chances =>
    Object.fromEntries(
      criteria.map((criterion) => [criterion, chanceBy.get(criterion)?.[index] ?? null]),
    ) as Record<Criterion, number | null>;
  const worths = [
    ...done.map(({ option, scenario }) => ({ id: option.id, worth: worthOf(scenario) })),
    { id: DO_NOTHING, worth: NOTHING },
  ];
  const options = done.map(({ option, scenario }, index): ComparedOption => {
    const better = worths.find((other, at) => at !== index && dominates(other.worth, worths[index]?.worth));
    return {
      id: option.id,
      scenario,
      dominated: better !== undefined,
      dominatedBy: better?.id ?? null,
      chanceOfBest: chancesOf(index),
    };
  });
  const doNothing = chancesOf(done.length);
  return {
    options,
    doNothing,
    refused,
    rows: indicators.map(({ id, name, of }) => ({
      id,
      name,
      cells: done.map(({ scenario }) => of(scenario)),
    })),
    verdict: verdictOf(
      [
        ...options.map(({ id, chanceOfBest }) => ({ id, chance: chanceOfBest['net-value'] })),
        { id: DO_NOTHING, chance: doNothing['net-value'] },
      ],
      scoresBy.get('net-value') ?? [],
      input,
    ),
  };
};

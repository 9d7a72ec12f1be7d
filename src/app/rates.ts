import { z } from 'zod';
import { learnRealisationRates, type LearntRate, shippedRealisationPrior } from '#correct/index.ts';
import { type RealisationRate, shippedCatalogue } from '#simulate/index.ts';
import type { AppContext } from './context.ts';

const posteriorSchema = z.object({ mean: z.number(), sd: z.number() });

/** The realisation rates in force: those learnt from the stock's works, the shipped prior for the rest. */
export const ratesInForce = async ({ store }: AppContext): Promise<RealisationRate[]> => {
  const kept = new Map((await store.rates.list()).map((rate) => [rate.measure, rate]));
  const ids = shippedCatalogue.map(({ id }) => id);
  return learnRealisationRates(ids, []).rates.map(({ measure, mean, sd }) => {
    const learnt = kept.get(measure);
    if (learnt === undefined) return { measure, mean, sd, cases: 0 };
    return { measure, ...posteriorSchema.parse(learnt.posterior), cases: learnt.n };
  });
};

/** Keeps what the stock has learnt, with the prior it started from. */
export const keepRates = async ({ store }: AppContext, rates: readonly LearntRate[]): Promise<void> => {
  for (const { measure, mean, sd, cases } of rates)
    await store.rates.save({
      measure,
      prior: { ...shippedRealisationPrior },
      posterior: { mean, sd },
      n: cases,
    });
};

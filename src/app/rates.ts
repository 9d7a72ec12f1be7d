import { z } from 'zod';
import {
  familyName,
  familyOf,
  learnRealisationRates,
  type LearntRate,
  shippedDefaultPrior,
  shippedRealisationPrior,
} from '#correct/index.ts';
import { type RealisationRate, shippedCatalogue } from '#simulate/index.ts';
import { boundedQuantity, Z90 } from '../core/quantity.ts';
import { ok, type Result } from '../core/result.ts';
import type { Twin } from '../core/twin.ts';
import type { AppContext } from './context.ts';
import { defaultsInForce, figureName, periodName } from './learnt-defaults.ts';
import { fewestDwellings } from './privacy.ts';
import type { RatesView } from './rates-views.ts';

/** Rates kept before a building's own spread was told have the shipped one. */
const posteriorSchema = z.object({
  mean: z.number(),
  sd: z.number(),
  sdCase: z.number().default(shippedRealisationPrior.sdCase),
});

const measures = shippedCatalogue.map(({ id }) => id);
const keyOf = (measure: string, family: string | null): string => `${measure} ${family ?? ''}`;

type Kept = RealisationRate & { readonly family: string | null };

/** The rates kept, by measure and family; the shipped prior for measures that none has. */
const keptRates = async ({ store }: AppContext): Promise<Map<string, Kept>> => {
  const rates = new Map<string, Kept>(
    learnRealisationRates(measures, [], { fewestDwellings }).rates.map(({ measure, mean, sd, sdCase }) => [
      keyOf(measure, null),
      { measure, family: null, mean, sd, sdCase, cases: 0 },
    ]),
  );
  for (const { measure, family, posterior, n } of await store.rates.list())
    rates.set(keyOf(measure, family), { measure, family, ...posteriorSchema.parse(posterior), cases: n });
  return rates;
};

/** The rates that count for one building: those of its family where there are any. */
export type RatesFor = (twin: Pick<Twin, 'use' | 'constructionYear'>) => readonly RealisationRate[];

/** The realisation rates in force: those learnt from the stock's works, the shipped prior for the rest. */
export const ratesInForce = async (context: AppContext): Promise<RatesFor> => {
  const kept = await keptRates(context);
  return (twin) => {
    const { id } = familyOf(twin);
    return measures.flatMap((measure) => {
      const all = kept.get(keyOf(measure, null));
      const rate = kept.get(keyOf(measure, id)) ?? all;
      return rate === undefined ? [] : { ...rate, stockCases: all?.cases ?? rate.cases };
    });
  };
};

/** Keeps what the stock has learnt, with the prior it started from. */
export const keepRates = ({ store }: AppContext, rates: readonly LearntRate[]): Promise<void> =>
  store.rates.replace(
    rates.map(({ measure, family, mean, sd, sdCase, cases }) => ({
      measure,
      family,
      prior: { ...shippedRealisationPrior },
      posterior: { mean, sd, sdCase },
      n: cases,
    })),
  );

/** Every rate and period default in force that rests on works and meters of this stock, with the prior they were drawn towards. Never fails. */
export const listRates = async (context: AppContext): Promise<Result<RatesView>> => {
  const { mean, version } = shippedRealisationPrior;
  const prior = learnRealisationRates(measures.slice(0, 1), [], { fewestDwellings }).rates[0].rate;
  const learnt = [...(await keptRates(context)).values()].filter(({ cases }) => cases > 0);
  const defaults = await defaultsInForce(context);
  return ok({
    prior,
    fewestDwellings,
    rates: learnt.map(({ measure, family, cases, sdCase, ...rate }) => ({
      measure: {
        id: measure,
        name: shippedCatalogue.find(({ id }) => id === measure)?.name ?? { fr: measure, en: measure },
      },
      family: family === null ? null : { id: family, name: familyName(family) },
      rate: boundedQuantity(
        rate.mean,
        rate.mean - Z90 * rate.sd,
        rate.mean + Z90 * rate.sd,
        '1',
        'learnt',
        `${cases} finished works of this stock, shrunk towards the shipped prior version ${version} (${mean} on average)`,
      ),
      sdCase,
      cases,
    })),
    defaults: defaults
      .filter(({ cases }) => cases > 0)
      .map(({ figure, period, mean: ln, sd, cases }) => ({
        figure: { id: figure, name: figureName(figure) },
        period: period === null ? null : { id: period, name: periodName(period) },
        factor: boundedQuantity(
          Math.exp(ln),
          Math.exp(ln - Z90 * sd),
          Math.exp(ln + Z90 * sd),
          '1',
          'learnt',
          `Heating slopes of ${cases} metered buildings with this default over those their twins expected, shrunk towards the table as it is (models/default-prior.json, version ${shippedDefaultPrior.version})`,
        ),
        cases,
      })),
  });
};

import { z } from 'zod';
import { messageSchema, namedMeasureSchema, quantitySchema } from './views.ts';

/** What the stock has learnt of its works: realised over predicted saving. */
export const ratesSchema = z.object({
  /** What is held of any measure before a case. */
  prior: quantitySchema,
  /** No rate rests on fewer dwellings than this. */
  fewestDwellings: z.number(),
  rates: z.array(
    z.object({
      measure: namedMeasureSchema,
      /** Null over all buildings. */
      family: z.object({ id: z.string(), name: messageSchema }).nullable(),
      rate: quantitySchema,
      /** How far one building lies from the rate, a standard deviation. */
      sdCase: z.number(),
      cases: z.number(),
    }),
  ),
  /** By what the period defaults of U-values and air change are multiplied for buildings without a meter, once any meter has spoken. */
  defaults: z.array(
    z.object({
      figure: z.object({ id: z.string(), name: messageSchema }),
      /** Null over all periods. */
      period: z.object({ id: z.string(), name: messageSchema }).nullable(),
      factor: quantitySchema,
      /** Metered buildings that it rests on. */
      cases: z.number(),
    }),
  ),
});

export type RatesView = z.infer<typeof ratesSchema>;

/** A rate as it was when something was computed with it. */
export const usedRateSchema = z.object({
  measure: z.string(),
  /** Id of the family of the building it was used for. */
  family: z.string(),
  mean: z.number(),
  cases: z.number(),
});

/** A learnt period default as it was when something was computed with it; `mean` is the logarithm of its factor. */
export const usedDefaultSchema = z.object({
  figure: z.string(),
  period: z.string(),
  mean: z.number(),
  cases: z.number(),
});

export type UsedDefault = z.infer<typeof usedDefaultSchema>;

export type UsedRate = z.infer<typeof usedRateSchema>;

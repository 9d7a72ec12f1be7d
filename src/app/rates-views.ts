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

export type UsedRate = z.infer<typeof usedRateSchema>;

import { z } from 'zod';
import { messageSchema, namedMeasureSchema, quantitySchema } from './views.ts';

/** What buildings are ranked by: what their best works would bring, or how they stand. */
export const rankingCriteria = [
  'saving',
  'saving-per-euro',
  'carbon',
  'net-value',
  'legal-urgency',
  'fuel-poverty',
  'fuel-poverty-score',
] as const;

export const rankingRequestSchema = z.object({
  by: z.enum(rankingCriteria).default('saving'),
  top: z.coerce.number().int().min(1).max(100_000).default(10),
});

export const rankingSchema = z.object({
  by: z.enum(rankingCriteria),
  /** What a user's own catalogue added or replaced, `id version`; empty for the catalogue as shipped. */
  ownCatalogue: z.array(z.string()),
  top: z.number(),
  /** Draws of each building that the chances rest on. */
  draws: z.number(),
  ranks: z.array(
    z.object({
      buildingId: z.string(),
      name: messageSchema,
      /** Shared by buildings that cannot be told apart. */
      place: z.number(),
      value: quantitySchema,
      /** Chance of being among the first `top`, 0 to 1. */
      chanceInTop: z.number(),
      /** The works that would bring it; empty where the building is ranked as it stands. */
      measures: z.array(namedMeasureSchema),
      /** The date of the law, or where the number comes from; absent where works are ranked. */
      sentence: messageSchema.optional(),
    }),
  ),
  notEvaluated: z.array(z.object({ buildingId: z.string(), name: messageSchema, reason: messageSchema })),
});

export type RankingRequest = z.infer<typeof rankingRequestSchema>;
export type RankingView = z.infer<typeof rankingSchema>;

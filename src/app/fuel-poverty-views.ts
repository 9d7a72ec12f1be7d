import { z } from 'zod';
import { messageSchema } from './views.ts';

/** What a person knows of fuel poverty in a building: nothing here is ever computed or guessed. */
export const fuelPovertySchema = z
  .object({
    /** `share` of the households, 0 to 1, or a `score` of the person's own scale, the higher the poorer. */
    kind: z.enum(['share', 'score']),
    value: z.number().nonnegative().max(1e6),
    /** 90 % interval, where the source gives one. */
    low: z.number().nonnegative().optional(),
    high: z.number().max(1e6).optional(),
    /** Where the number comes from: a survey, a national observatory, the social service. */
    source: z.string().trim().min(1).max(300),
  })
  .refine(({ kind, value, high = value }) => kind === 'score' || Math.max(value, high) <= 1, {
    path: ['value'],
    message: 'a share is between 0 and 1',
  })
  .refine(({ value, low = value, high = value }) => low <= value && value <= high, {
    path: ['low'],
    message: 'low <= value <= high',
  });

/** Most lines of one request. */
const MOST_LINES = 100_000;

/** Each line is judged by itself: a bad one is told and the others stand. */
export const fuelPovertyLinesSchema = z.object({
  lines: z.array(z.object({ buildingId: z.string().max(200), fuelPoverty: z.unknown() })).max(MOST_LINES),
});

export const fuelPovertyAnswerSchema = z.object({ buildingId: z.string(), fuelPoverty: fuelPovertySchema });

export const fuelPovertyImportSchema = z.object({
  kept: z.number(),
  /** Lines from 1, in the order given. */
  refused: z.array(
    z.object({ line: z.number(), buildingId: z.string(), code: z.string(), message: messageSchema }),
  ),
});

export type FuelPoverty = z.infer<typeof fuelPovertySchema>;
export type FuelPovertyAnswer = z.infer<typeof fuelPovertyAnswerSchema>;
export type FuelPovertyImport = z.infer<typeof fuelPovertyImportSchema>;

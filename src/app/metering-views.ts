import { z } from 'zod';
import { messageSchema } from './views.ts';

export const meteringRequestSchema = z.object({
  /** Money for instruments, EUR before tax. */
  budgetEur: z.number().nonnegative(),
  /** All money is in euros: another currency is refused. */
  currency: z.literal('EUR').optional(),
  /** The user's own costs by instrument, EUR before tax installed and read for a year; null: not to be used. */
  costsEur: z.record(z.string().max(60), z.number().nonnegative().nullable()).optional(),
});

export const meteringPlanSchema = z.object({
  programme: z.string(),
  budgetEur: z.number(),
  costEur: z.number(),
  /** Instruments in all. */
  instruments: z.number(),
  /** Width of the 90 % interval of the programme's yearly saving, kWh: today, and expected once all is read. */
  widthNowKwh: z.number(),
  widthAfterKwh: z.number(),
  /** The most useful building first. */
  buildings: z.array(
    z.object({
      buildingId: z.string(),
      name: messageSchema,
      instruments: z.array(z.object({ id: z.string(), name: messageSchema, costEur: z.number() })),
      costEur: z.number(),
      /** Width of the building's own saving, kWh: today and expected. */
      widthNowKwh: z.number(),
      widthAfterKwh: z.number(),
      /** Share of the programme's variance that it takes off, 0 to 1. */
      shareOfVariance: z.number(),
      sentence: messageSchema,
    }),
  ),
  notMetered: z.array(z.object({ buildingId: z.string(), name: messageSchema, reason: messageSchema })),
  sentence: messageSchema,
  defaults: z.array(messageSchema),
});

/** Which measurements would be worth their price by what they would change to the choice of works. */
export const meteringChoiceSchema = z.object({
  programme: z.string(),
  budgetEur: z.number(),
  costEur: z.number(),
  /** What deciding after the measurements is expected to gain, EUR: of works for the same result, or of net value. */
  gainEur: z.number(),
  /** Buildings whose choice was looked at. */
  looked: z.number(),
  /** The most useful building first. */
  buildings: z.array(
    z.object({
      buildingId: z.string(),
      name: messageSchema,
      /** Whether the programme takes it. */
      chosen: z.boolean(),
      instruments: z.array(z.object({ id: z.string(), name: messageSchema, costEur: z.number() })),
      costEur: z.number(),
      gainEur: z.number(),
      sentence: messageSchema,
    }),
  ),
  sentence: messageSchema,
  defaults: z.array(messageSchema),
});

export type MeteringChoiceView = z.infer<typeof meteringChoiceSchema>;
export type MeteringRequest = z.infer<typeof meteringRequestSchema>;
export type MeteringPlanView = z.infer<typeof meteringPlanSchema>;

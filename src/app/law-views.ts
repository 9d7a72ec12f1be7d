import { z } from 'zod';
import { tertiaryDeclarationSchema } from './law-facts.ts';
import { messageSchema } from './views.ts';

const law = z.enum(['rental-ban', 'tertiary-decree']);

const legalDateSchema = z.object({
  law,
  /** G, F or E of the rental ban; the year that the tertiary decree judges. */
  step: z.string(),
  from: z.string(),
  /** Chance of standing outside the law from then on, 0 to 1. */
  chanceOutside: z.number(),
});

export const lawCalendarQuerySchema = z.object({
  /** Chance of standing outside the law above which a date binds; 0.5 when left out. */
  chance: z.coerce.number().min(0).max(0.99).optional(),
});

export const lawCalendarSchema = z.object({
  /** Day the labels are judged at. */
  day: z.string(),
  bindsAbove: z.number(),
  buildings: z.array(
    z.object({
      buildingId: z.string(),
      name: messageSchema,
      use: z.string(),
      commune: z.string(),
      /** Null for a building that is no housing. */
      dwellings: z.number().nullable(),
      /** Chances of each label: an estimate, not a DPE. Null where the label does not apply or is not evaluated. */
      label: z.object({ likeliest: z.string(), chances: z.record(z.string(), z.number()) }).nullable(),
      dates: z.array(legalDateSchema),
      /** The first date that binds; null where none does. */
      binding: legalDateSchema.nullable(),
      /** Last day on which the building keeps the law; null where no known date binds, or none was evaluated. */
      legalUntil: z.string().nullable(),
      tertiary: z
        .object({
          /** Median of a year's final energy, all uses, kWh. */
          finalKwh: z.number(),
          landings: z.array(
            z.object({
              year: z.number(),
              targetKwh: z.number(),
              /** What is still to be saved a year; negative where the target is passed. */
              gapKwh: z.number(),
              chanceMet: z.number(),
            }),
          ),
        })
        .nullable(),
      sentence: messageSchema,
      evaluated: z.boolean(),
    }),
  ),
  /** For each date, what stands outside the law from then on if nothing is done. */
  dates: z.array(
    z.object({
      law,
      step: z.string(),
      from: z.string(),
      /** Buildings for which the chance is over the threshold, and their dwellings. */
      buildings: z.number(),
      dwellings: z.number(),
      /** Sum of the chances: what one expects on average. */
      expectedBuildings: z.number(),
      expectedDwellings: z.number(),
    }),
  ),
  notEvaluated: z.number(),
});

export const tertiaryAnswerSchema = z.object({ buildingId: z.string(), tertiary: tertiaryDeclarationSchema });

export type LawCalendarQuery = z.infer<typeof lawCalendarQuerySchema>;
export type LawCalendarView = z.infer<typeof lawCalendarSchema>;

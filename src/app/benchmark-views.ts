import { z } from 'zod';
import { messageSchema, quantitySchema } from './views.ts';

const standingSchema = z.object({
  /** The building's own figure, per m2. */
  value: quantitySchema,
  /** Typical figure of the family, same unit. */
  typical: z.number(),
  /** Family it is compared with, and how many buildings that is. */
  family: messageSchema,
  familySize: z.number(),
  /** The building over its family's typical, drawn towards it by what the meter leaves unsure; 1 is typical. */
  ratio: quantitySchema,
  /** Chance of standing truly more than a tenth above, 0 to 1. */
  chanceHigh: z.number(),
});

export const benchmarksSchema = z.object({
  buildings: z.array(
    z.object({
      buildingId: z.string(),
      name: messageSchema,
      use: z.string(),
      /** Heating slope, W/(m2 K) of metered energy; null where no meter tells. */
      heating: standingSchema.nullable(),
      /** Base load, kWh/(m2 a); null where no meter tells or there is none. */
      baseLoad: standingSchema.nullable(),
      anomalies: z.array(
        z.object({
          code: z.enum(['night-heating', 'weekend-heating', 'high-base-load', 'high-heating']),
          message: messageSchema,
          ratio: z.number(),
          /** Energy a year that goes there, kWh: all of it, not what could be saved; null where not evaluated. */
          energyKwhYear: z.number().nullable(),
        }),
      ),
      notEvaluated: messageSchema.nullable(),
    }),
  ),
});

export type BenchmarksView = z.infer<typeof benchmarksSchema>;

import { z } from 'zod';
import { derivationSchema } from '#measure/derivation.ts';
import { energyUnits } from '../core/series.ts';
import { meterCarriers } from '../core/twin.ts';

/** A meter as it is declared: where it hangs, what it counts, and, for a computed one, from which others. */
export const meterRequestSchema = z.object({
  buildingId: z.string().min(1).max(200),
  name: z.string().trim().min(1).max(200).optional(),
  carrier: z.enum(meterCarriers),
  use: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .describe(
      'What the energy serves, in your words: “heating”, “hot water”, “everything”; shown, not computed with',
    ),
  unit: z
    .enum(energyUnits)
    .default('kWh')
    .describe('Unit of files that do not say theirs; readings sent as JSON are kWh'),
  timezone: z.string().default('Europe/Paris').describe('IANA zone whose local days the meter counts'),
  personal: z
    .boolean()
    .default(false)
    .describe('True for the meter of one dwelling: personal data, for administrators alone'),
  derivation: derivationSchema
    .nullable()
    .optional()
    .describe(
      'The rule of a computed meter (docs/meters.md); left out, the one it has stays; null takes it away',
    ),
  by: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe('Who sets or takes away the rule of a computed meter'),
  reason: z.string().trim().min(1).max(2000).optional().describe('Why; with a rule only'),
});
export type MeterRequest = z.infer<typeof meterRequestSchema>;

export const meterViewSchema = z.object({
  id: z.string(),
  buildingId: z.string(),
  name: z.string(),
  carrier: z.string(),
  use: z.string(),
  unit: z.string(),
  timezone: z.string(),
  personal: z.boolean(),
  derivation: derivationSchema.nullable(),
});
export type MeterView = z.infer<typeof meterViewSchema>;

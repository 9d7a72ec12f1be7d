import { z } from 'zod';
import { derivationSchema } from '#measure/derivation.ts';
import { energyUnits } from '../core/series.ts';

/** A meter as it is declared: where it hangs, what it counts, and, for a computed one, from which others. */
export const meterRequestSchema = z.object({
  buildingId: z.string().min(1).max(200),
  name: z.string().trim().min(1).max(200).optional(),
  carrier: z.enum(['gas', 'electricity', 'district-heat', 'oil', 'wood', 'solar']),
  use: z.string().trim().min(1).max(100),
  unit: z.enum(energyUnits).default('kWh'),
  timezone: z.string().default('Europe/Paris'),
  personal: z.boolean().default(false),
  /** The rule of a computed meter; left out, the one it has stays; null takes it away. */
  derivation: derivationSchema.nullable().optional(),
  /** Who sets the rule of a computed meter, or takes it away, and why. */
  by: z.string().trim().min(1).max(200).optional(),
  reason: z.string().trim().min(1).max(2000).optional(),
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

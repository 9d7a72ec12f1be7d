import { z } from 'zod';
import { savingsScopes } from '../core/meter-rules.ts';
import { meterCarriers } from '../core/twin.ts';
import { namedReasonSchema } from './decision-views.ts';

const carrierSchema = z.enum(meterCarriers);
const measuresSchema = z.array(z.string().min(1).max(100)).max(30);
const acceptanceSchema = z.object({ day: z.iso.date(), by: z.string().trim().min(1).max(200) });

const fields = {
  measures: measuresSchema.describe(
    'Measures really carried out, by their id in GET /v1/buildings/{id}/measures',
  ),
  planned: measuresSchema.optional().describe('Measures that had been planned'),
  start: z.iso.date().describe('First local day of the works: the baseline ends on its eve'),
  end: z.iso
    .date()
    .describe('Last local day of the works, included: savings are measured from the day after'),
  costEur: z.number().nonnegative().max(1e9).optional(),
  contractor: z.string().trim().min(1).max(200).optional(),
  accepted: acceptanceSchema.optional(),
  carrierAfter: carrierSchema.optional(),
  scope: z
    .enum(savingsScopes)
    .optional()
    .describe(
      'What the works aimed at: `whole` where the base load (hot water, kitchen, ventilation) was part of it, and all of its change is theirs; `auto` without it',
    ),
  endedBy: z.literal('demolition').optional(),
  note: z.string().max(2000).optional(),
};

/** New works of a building, and who says so. */
export const worksRequestSchema = z
  .object({ id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/), ...fields })
  .extend(namedReasonSchema.shape);

/** What is corrected of works; what is left out stays. */
export const worksPatchSchema = z.object(fields).partial().extend(namedReasonSchema.shape);

export const worksRecordSchema = z.object({
  id: z.string(),
  buildingId: z.string(),
  ...fields,
  /** Who declared them; null for works that came with a stock folder. */
  declared: z.object({ by: z.string(), reason: z.string(), at: z.string() }).nullable(),
  /** Baselines frozen for these works: meter, last day, hash of what was fitted, and whether its days are kept. */
  baselines: z.array(
    z.object({
      meterId: z.string(),
      model: z.number(),
      to: z.string(),
      dataHash: z.string(),
      readingsKept: z.boolean(),
    }),
  ),
});

export type WorksRequest = z.infer<typeof worksRequestSchema>;
export type WorksPatch = z.infer<typeof worksPatchSchema>;
export type WorksRecord = z.infer<typeof worksRecordSchema>;

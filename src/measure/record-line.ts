import { z } from 'zod';
import { Z90 } from '#core/quantity.ts';
import { driftHalfWidthLn } from './interval.ts';
import type { ModelRecord } from './model-record.ts';

const signatureSchema = z.object({
  slopeKwhKDay: z.number().positive(),
  /** In the order base load, slope, balance point. */
  covariance: z.array(z.array(z.number())),
  metrics: z.object({ r2: z.number() }),
});

/** A line that explains less of the days than this is no heating line. */
const LEAST_R2 = 0.5;

/**
 * The heating line that a stored model holds: slope in kWh/(K·d), and the variance of its logarithm, a year's drift included. Undefined for
 * a model without one, or whose line hardly explains its days.
 */
export const recordLine = ({
  model,
  signature,
  disqualified,
}: ModelRecord): { readonly slopeKwhKDay: number; readonly slopeVariance: number } | undefined => {
  const read = signatureSchema.safeParse(signature);
  const drift = z.object({ drift: z.object({ factor: z.number() }) }).safeParse(model);
  if (!read.success || !drift.success || disqualified.length > 0) return undefined;
  const { slopeKwhKDay, covariance, metrics } = read.data;
  const variance = covariance[1]?.[1];
  if (metrics.r2 < LEAST_R2 || variance === undefined || !(variance >= 0)) return undefined;
  return {
    slopeKwhKDay,
    slopeVariance: variance / slopeKwhKDay ** 2 + (driftHalfWidthLn(drift.data.drift) / Z90) ** 2,
  };
};

import { z } from 'zod';
import { messageSchema, warningSchema } from './views.ts';

/** Most readings taken in one call. */
export const mostReadings = 100_000;

/** Most energy of one interval, kWh: 1,000 TWh, more than a country takes in a year. Beyond lies a fault, which one sum would carry everywhere. */
export const mostKwh = 1e12;

const kwh = z.number().min(-mostKwh).max(mostKwh);

/** A reading sent to a meter: the bounds of its interval as ISO instants with their offset, and the kWh over it. */
export const readingSchema = z.object({
  start: z.iso.datetime({ offset: true }),
  end: z.iso.datetime({ offset: true }),
  kwh,
});

/** A register of a meter at an instant: its running total, kWh. */
export const registerSchema = z.object({ at: z.iso.datetime({ offset: true }), kwh });

export const readingsRequestSchema = z.union([
  z.object({ readings: z.array(readingSchema).min(1).max(mostReadings) }),
  z.object({ registers: z.array(registerSchema).min(1).max(1000) }),
]);

export const readingsAnswerSchema = z.object({
  inserted: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  missing: z.number(),
  rejected: z.number(),
  /** Rows left out, by their line in the CSV or their number in the JSON; the first of them where there are many. */
  rejectedRows: z.array(z.object({ line: z.number(), code: z.string(), message: messageSchema })),
  warnings: z.array(warningSchema),
});

/** Instants between which readings start, the second left out. */
const periodSchema = z.object({
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});

/** A part of the stored readings of a meter, a page at a time. */
export const readingsQuerySchema = periodSchema.extend({
  limit: z.coerce.number().int().min(1).max(mostReadings).default(10_000),
  cursor: z.string().min(1).max(2000).optional(),
});

/** Stored readings of a meter, in order of time. */
export const storedReadingsSchema = z.object({
  meterId: z.string(),
  unit: z.literal('kWh'),
  readings: z.array(z.object({ start: z.string(), end: z.string(), kwh: z.number(), quality: z.number() })),
});

export type ReadingsAnswer = z.infer<typeof readingsAnswerSchema>;
export type StoredReadingsView = z.infer<typeof storedReadingsSchema>;

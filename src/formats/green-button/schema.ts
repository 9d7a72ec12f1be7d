import { z } from 'zod';

/** An element without content reads as an empty text. */
const list = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (value === '' ? [] : value), z.array(item));

const integer = z.coerce.number();

const link = z.object({ '@_rel': z.string(), '@_href': z.string() });

/** As it stands in the file: one reading that is no number is left out and named, and the others stand. */
const written = z.union([z.string(), z.number()]).optional();

const reading = z.object({
  timePeriod: z.object({ start: written, duration: written }).optional().catch(undefined),
  value: written,
  ReadingQuality: z.array(z.object({ quality: written })).optional(),
});

const block = z.object({
  interval: z.object({ start: integer, duration: integer }).optional(),
  IntervalReading: z.array(reading).default([]),
});

const readingType = z.object({
  powerOfTenMultiplier: integer.default(0),
  uom: integer.optional(),
  accumulationBehaviour: integer.optional(),
  commodity: integer.optional(),
  flowDirection: integer.optional(),
  intervalLength: integer.optional(),
});

const entry = z.object({
  link: z.array(link).default([]),
  content: z
    .object({
      UsagePoint: z
        .object({ ServiceCategory: z.object({ kind: integer }).optional() })
        .or(z.literal(''))
        .optional(),
      MeterReading: z.unknown().optional(),
      ReadingType: readingType.optional(),
      IntervalBlock: z.array(block).optional(),
      LocalTimeParameters: z
        .object({ tzOffset: integer.optional(), dstOffset: integer.optional() })
        .optional(),
    })
    .or(z.literal(''))
    .optional(),
});

/** A Green Button download: an Atom feed of ESPI resources (NAESB REQ.21). */
export const feedSchema = z.object({ feed: z.object({ entry: list(entry) }) });
export type Entry = z.infer<typeof entry>;
export type Block = z.infer<typeof block>;
export type ReadingType = z.infer<typeof readingType>;

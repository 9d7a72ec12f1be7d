import { z } from 'zod';
import { messageSchema, quantitySchema } from './views.ts';

/** How soon the law asks something of a building; `unknown` where no date could be judged or nothing is computed yet. */
export const urgencies = ['outside', 'soon', 'later', 'none', 'unknown'] as const;

/** The figures of a building that lists, totals and the map are made of, as they are kept. */
export const stockFiguresSchema = z.object({
  carrier: z.string().nullable(),
  /** Energy of the main meter over the last year read. */
  annualKwh: quantitySchema.nullable(),
  annualEur: quantitySchema.nullable(),
  annualKgCo2e: quantitySchema.nullable(),
  intensityKwhM2: quantitySchema.nullable(),
  /** Chances of each label: an estimate, not a DPE. Null where the label does not apply or is not evaluated. */
  label: z.object({ likeliest: z.string(), chances: z.record(z.string(), z.number()) }).nullable(),
  /** Last day on which the building keeps the law; null where no known date binds, or none was evaluated. */
  legalUntil: z.string().nullable(),
  /** What the law asks, in a sentence. */
  legal: messageSchema,
  urgency: z.enum(urgencies),
  /** 3 outside the law to 0 nothing asked; null where unknown. What the order by `urgency` goes by. */
  urgencyRank: z.number().nullable(),
  dates: z.array(
    z.object({ law: z.string(), step: z.string(), from: z.string(), chanceOutside: z.number() }),
  ),
  dwellings: z.number().nullable(),
  /** Share, 0 to 1, of the days of the last year read that have a reading, and the last day of that year. */
  dataCoverage: z.object({ share: z.number(), lastDay: z.string() }).nullable(),
});

export type StockFigures = z.infer<typeof stockFiguresSchema>;

/** What a line of the list shows of them. */
export const lineFiguresSchema = stockFiguresSchema
  .pick({
    carrier: true,
    annualKwh: true,
    annualEur: true,
    annualKgCo2e: true,
    intensityKwhM2: true,
    label: true,
    legalUntil: true,
    urgency: true,
    dataCoverage: true,
  })
  .extend({
    legal: messageSchema.nullable(),
    /** Day the figures were computed; null while they were not. */
    computedDay: z.string().nullable(),
  });

const sum = quantitySchema.nullable();

/** The stock, or what filters leave of it, in a few figures. */
export const stockSummarySchema = z.object({
  data: z.enum(['simulated', 'metered']),
  buildings: z.number(),
  /** Buildings with a yearly figure, of which the sums are. */
  evaluated: z.number(),
  annualKwh: sum,
  annualEur: sum,
  annualKgCo2e: sum,
  /** Buildings by likeliest label; `unknown` where it does not apply or is not evaluated. */
  labels: z.record(z.string(), z.number()),
  urgencies: z.record(z.string(), z.number()),
  /** Buildings whose place is known. */
  placed: z.number(),
  /** Buildings whose figures are to be computed, or computed again since something moved: asking again goes on with them. */
  waiting: z.number(),
  /** Of those, the buildings that have no figures yet; lists show the last figures of the others. */
  uncomputed: z.number(),
  /** How many were computed while this was asked: lines read before are then out of date. */
  computed: z.number(),
  bindsAbove: z.number(),
  /** For each date of the law, what stands outside it from then on if nothing is done. */
  dates: z.array(
    z.object({
      law: z.string(),
      step: z.string(),
      from: z.string(),
      buildings: z.number(),
      dwellings: z.number(),
      expectedBuildings: z.number(),
      expectedDwellings: z.number(),
    }),
  ),
  /** The communes of the whole stock, the first two hundred in order. */
  communes: z.array(z.string()),
});

const degrees = (most: number) => z.coerce.number().min(-most).max(most).optional();

export const mapQueryShape = {
  west: degrees(180),
  south: degrees(90),
  east: degrees(180),
  north: degrees(90),
  across: z.coerce.number().int().min(1).max(40).optional().describe('Cells of the box each way; 18'),
};

export const mapQuerySchema = z.object(mapQueryShape);

const boxSchema = z.object({ west: z.number(), south: z.number(), east: z.number(), north: z.number() });

export const stockMapSchema = z.object({
  /** The box shown, degrees; null where no building that the filters leave has a place. */
  box: boxSchema.nullable(),
  cells: z.array(
    z.object({
      longitudeDeg: z.number(),
      latitudeDeg: z.number(),
      count: z.number(),
      /** The first eight of them, by identifier. */
      buildings: z.array(z.object({ id: z.string(), name: messageSchema })),
      labels: z.record(z.string(), z.number()),
      urgencies: z.record(z.string(), z.number()),
      intensityKwhM2: z.number().nullable(),
    }),
  ),
  /** Of the buildings that the filters leave: how many have a place, and how many have none. */
  placed: z.number(),
  unplaced: z.number(),
});

export type StockSummary = z.infer<typeof stockSummarySchema>;
export type StockMap = z.infer<typeof stockMapSchema>;

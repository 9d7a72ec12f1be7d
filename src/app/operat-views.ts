import { z } from 'zod';
import { messageSchema } from './views.ts';

const kwhByCarrierSchema = z.record(
  z.string(),
  z.object({
    /** Final energy of the year; null where the readings do not cover it. */
    kwh: z.number().nullable(),
    /** What was read, and over how many of the days of the year. */
    readKwh: z.number(),
    daysRead: z.number(),
    days: z.number(),
    meters: z.array(z.string()),
  }),
);

/** What OPERAT knows of a building and no model holds, as its declarant gives it. */
const entitySchema = z.object({
  buildingId: z.string().min(1).max(200),
  /** Number of the functional entity (EFA). */
  efa: z.string().trim().min(1).max(50).optional(),
  /** Tertiary floor area declared, m2. */
  areaM2: z.number().positive().max(1e7).optional(),
  /** Sub-category of activity. */
  activity: z.string().trim().min(1).max(200).optional(),
  /** Activity indicators by name: hours, persons, workstations, ... */
  indicators: z.record(z.string().min(1).max(60), z.number()).optional(),
  /** Whether the gas readings are of higher (PCS) or lower (PCI) heating value. */
  gas: z.enum(['PCS', 'PCI']).optional(),
});

export const operatFormats = ['json', 'csv'] as const;

export const operatRequestSchema = z.object({
  year: z.number().int().min(2010).max(2100),
  entities: z.array(entitySchema).max(100_000).default([]),
  format: z.enum(operatFormats).default('json'),
});

export const operatSchema = z.object({
  schema: z.literal('stacoptim.operat/1'),
  year: z.number(),
  /** Last day to declare. */
  due: z.string(),
  entities: z.array(
    z.object({
      buildingId: z.string(),
      name: messageSchema,
      commune: z.string().nullable(),
      use: z.string(),
      efa: z.string().nullable(),
      areaM2: z.number().nullable(),
      /** `model`: the floor area of the twin, not the declared tertiary area. */
      areaFrom: z.enum(['declared', 'model']).nullable(),
      activity: z.string().nullable(),
      indicators: z.record(z.string(), z.number()),
      consumption: kwhByCarrierSchema,
      /** What is missing or must be checked before declaring. */
      reserves: z.array(messageSchema),
    }),
  ),
  /** Buildings that are not in the file, with why. */
  leftOut: z.array(z.object({ buildingId: z.string(), name: messageSchema, reason: messageSchema })),
  warnings: z.array(messageSchema),
});

export type OperatRequest = z.infer<typeof operatRequestSchema>;
export type OperatEntity = z.infer<typeof entitySchema>;
export type OperatDeclaration = z.infer<typeof operatSchema>;

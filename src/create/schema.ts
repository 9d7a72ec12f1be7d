import { z } from 'zod';
import { provenances } from '#core/quantity.ts';
import { buildingUses, energyCarriers, heatingKinds } from '#core/twin.ts';

/** Where a building stands; its weather station is chosen by it. */
export const siteSchema = z.object({
  latitudeDeg: z.number().min(-90).max(90),
  longitudeDeg: z.number().min(-180).max(180),
  altitudeM: z.number().min(-500).max(9000).optional(),
});

/** What a person or a register says of a building beside its model. Units in the names; everything but id, name and use may be unknown. */
export const buildingFactsSchema = z.object({
  id: z.string().min(1).max(200),
  name: z.string().min(1).max(400),
  use: z.enum(buildingUses),
  constructionYear: z.number().int().min(1000).max(2100).optional(),
  heating: z.enum(heatingKinds).optional(),
  carrier: z.enum(energyCarriers).optional(),
  efficiency: z.number().min(0.2).max(8).optional().describe('Seasonal, final energy to useful heat'),
  setPointC: z.number().min(5).max(35).optional(),
  site: siteSchema.optional(),
  /** French department, `33`, `2A`: the climate and the aids go by it. */
  department: z
    .string()
    .regex(/^(\d{2}|2[AB])$/)
    .optional(),
  heatedShare: z.number().gt(0).max(1).optional(),
  internalGainsW: z.number().nonnegative().optional(),
  dwellings: z.number().int().min(1).max(5000).optional(),
  occupants: z.number().nonnegative().max(100_000).optional(),
  hotWaterOnHeatingMeter: z
    .boolean()
    .optional()
    .describe('Whether hot water is made from the energy of the heating meter'),
  inertia: z.enum(['very-light', 'light', 'medium', 'heavy', 'very-heavy']).optional(),
});
export type BuildingFacts = z.infer<typeof buildingFactsSchema>;

/** The short form for a building without a model. */
export const buildingFormSchema = buildingFactsSchema.extend({
  floorAreaM2: z.number().gt(5).max(500_000),
  storeys: z.number().int().min(1).max(60),
  footprintM2: z
    .number()
    .gt(5)
    .max(200_000)
    .optional()
    .describe('Heated footprint; floor area over storeys when unknown'),
  storeyHeightM: z.number().min(2).max(10).optional(),
  typology: z.enum(['apartment-block', 'multi-family', 'single-family']).optional(),
  period: z.string().max(60).optional(),
  works: z
    .array(
      z.object({
        element: z.enum(['walls', 'roof', 'floor', 'windows']),
        year: z.number().int().min(1970).max(2100),
      }),
    )
    .max(20)
    .optional()
    .describe('Works already done: the element and the year'),
  climateZone: z.enum(['H1', 'H2', 'H3']).optional(),
});
export type BuildingForm = z.infer<typeof buildingFormSchema>;

const uValue = z.number().min(0.03).max(10);
const exposure = z.enum(['exterior', 'ground', 'unheated', 'adiabatic', 'internal']);

/**
 * A person's corrections to an envelope; each one kept as `typed`. An element's own correction passes before its group's, that before
 * its kind's.
 */
export const overridesSchema = z.strictObject({
  elements: z
    .record(
      z.string(),
      z.object({
        uWm2K: uValue.optional(),
        solarFactor: z.number().min(0).max(1).optional(),
        exposure: exposure.optional(),
      }),
    )
    .optional(),
  uByKind: z
    .partialRecord(z.enum(['wall', 'roof', 'floor', 'window', 'door', 'curtain-wall']), uValue)
    .optional(),
  /** U of the elements of one kind that came to theirs the same way, `wall/period-default`: what the file itself says stays. */
  uByGroup: z
    .partialRecord(
      z.templateLiteral([
        z.enum(['wall', 'roof', 'floor', 'window', 'door', 'curtain-wall']),
        '/',
        z.enum(provenances),
      ]),
      uValue,
    )
    .optional(),
  /** Degrees to turn the whole building clockwise from the north it was read with. */
  northTurnDeg: z.number().min(-360).max(360).optional(),
  /** As `parsePeriod` reads it: every default is taken again from it. */
  period: z.string().max(60).optional(),
  airChangePerH: z.number().gt(0).max(20).optional(),
  insulationPosition: z.enum(['none', 'inner', 'outer', 'distributed']).optional(),
});
export type EnvelopeOverrides = z.infer<typeof overridesSchema>;

/** Everything a person may answer before a twin is confirmed: corrections of the envelope, facts, spaces of a model, fields of a form. */
export const answersSchema = overridesSchema.extend({
  schema: z.literal('stacoptim.answers/1').optional(),
  building: z.strictObject(buildingFactsSchema.omit({ id: true }).partial().shape).optional(),
  /** By GlobalId; only with the model at hand, for the cells are cut again. */
  spaces: z.record(z.string().max(200), z.enum(['heated', 'unheated', 'ignored'])).optional(),
  /** Only for a building described by a form. */
  form: z
    .strictObject(
      buildingFormSchema.pick({
        floorAreaM2: true,
        storeys: true,
        footprintM2: true,
        storeyHeightM: true,
        typology: true,
        works: true,
        climateZone: true,
      }).shape,
    )
    .partial()
    .optional(),
});
export type Answers = z.infer<typeof answersSchema>;

const figure = z.number();

const quantityJsonSchema = z.strictObject({
  value: figure,
  unit: z.string(),
  low: figure,
  high: figure,
  level: figure,
  provenance: z.enum(provenances),
  basis: z.string(),
});

const areasJsonSchema = z.strictObject({
  wallGrossM2: figure,
  wallNetM2: figure,
  roofM2: figure,
  groundM2: figure,
});

/** What `stacoptim create --json` prints; published as docs/schemas/envelope-1.schema.json. */
export const envelopeJsonSchema = z.strictObject({
  schema: z.literal('stacoptim.envelope/1'),
  closed: z.boolean(),
  missing: z.array(z.string()),
  warnings: z.array(z.strictObject({ code: z.string(), message: z.string(), ref: z.string().optional() })),
  totals: z.strictObject({
    exterior: areasJsonSchema,
    interior: areasJsonSchema,
    windowM2: figure,
    roofLightM2: figure,
    doorM2: figure,
    floorAreaM2: figure,
    volumeM3: figure,
    externalWalls: z.number().int(),
    internalWalls: z.number().int(),
  }),
  byOrientation: z.array(
    z.strictObject({
      azimuthDeg: figure,
      wallGrossM2: figure,
      wallNetM2: figure,
      windowM2: figure,
      doorM2: figure,
    }),
  ),
  elements: z.array(
    z.strictObject({
      globalId: z.string(),
      ifcType: z.string(),
      kind: z.enum(['wall', 'roof', 'floor', 'window', 'door', 'curtain-wall']),
      exposure,
      exposureConfidence: z.number().min(0).max(1),
      areaNetM2: figure,
      areaGrossM2: figure,
      azimuthDeg: figure,
      tiltDeg: figure,
      u: quantityJsonSchema,
    }),
  ),
  heatLossCoefficient: quantityJsonSchema,
  ledger: z.strictObject({
    recordsInFile: z.number().int(),
    recordsParsed: z.number().int(),
    bytesInFile: z.number().int(),
    bytesKept: z.number().int(),
    wallMs: figure,
    cpuMs: figure,
    peakRssMb: figure,
    energyJ: quantityJsonSchema,
  }),
});
export type EnvelopeJson = z.infer<typeof envelopeJsonSchema>;

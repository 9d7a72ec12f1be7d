import { z } from 'zod';
import type { Message, Warning } from '#core/message.ts';
import { provenances, type Quantity } from '#core/quantity.ts';
import {
  buildingUses,
  elementGroups,
  energyCarriers,
  heatingKinds,
  lossGroups,
  meterCarriers,
  type Twin,
  twinExposures,
} from '#core/twin.ts';
import type { JsonDocument, JsonValue } from './types.ts';

/** What the JSON columns hold is checked on its way out: a row written by another version must not pass unseen. */
const jsonValueSchema: z.ZodType<JsonValue> = z.json();

export const documentSchema: z.ZodType<JsonDocument> = z.record(z.string(), jsonValueSchema);

export const messageSchema: z.ZodType<Message> = z.object({ fr: z.string(), en: z.string() });

export const warningsSchema: z.ZodType<Warning[]> = z.array(
  z.object({
    code: z.string(),
    message: messageSchema,
    ref: z.string().optional(),
    place: z
      .object({ file: z.string().optional(), line: z.number().optional(), field: z.string().optional() })
      .optional(),
  }),
);

export const quantitySchema: z.ZodType<Quantity> = z.object({
  value: z.number(),
  unit: z.string(),
  low: z.number(),
  high: z.number(),
  level: z.number(),
  provenance: z.enum(provenances),
  basis: z.string(),
});

export const buildingUseSchema = z.enum(buildingUses);

export const meterCarrierSchema = z.enum(meterCarriers);

export const codesSchema = z.array(z.string());

export const twinSchema: z.ZodType<Twin> = z.looseObject({
  schema: z.literal('stacoptim.twin/1'),
  buildingId: z.string(),
  name: z.string(),
  use: buildingUseSchema,
  constructionYear: z.number().optional(),
  floorAreaM2: quantitySchema,
  volumeM3: quantitySchema,
  elements: z.array(
    z.looseObject({
      id: z.string(),
      name: z.string(),
      group: z.enum(elementGroups),
      exposure: z.enum(twinExposures),
      exposureConfidence: z.number(),
      areaNetM2: z.number(),
      azimuthDeg: z.number(),
      tiltDeg: z.number(),
      u: quantitySchema,
      b: z.number(),
      solarFactor: z.number(),
    }),
  ),
  losses: z.array(z.looseObject({ group: z.enum(lossGroups), h: quantitySchema })),
  heatLoss: quantitySchema,
  setPointC: quantitySchema,
  internalGainsW: quantitySchema,
  solarApertureM2: quantitySchema,
  heatedShare: quantitySchema,
  system: z.looseObject({
    kind: z.enum(heatingKinds),
    carrier: z.enum(energyCarriers),
    efficiency: quantitySchema,
  }),
  baseLoadKwhDay: quantitySchema,
  capacityJK: quantitySchema,
});

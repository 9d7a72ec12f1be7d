import { z } from 'zod';
import { twinExposures } from '../core/twin.ts';
import { messageSchema, quantitySchema } from './views.ts';

const thermalElementSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['wall', 'roof', 'floor', 'window', 'door', 'curtain-wall']),
  exposure: z.enum(twinExposures),
  /** 0 to 1. */
  exposureConfidence: z.number(),
  exposureReason: messageSchema,
  areaNetM2: z.number(),
  azimuthDeg: z.number(),
  tiltDeg: z.number(),
  u: quantitySchema,
  b: z.number(),
  lossWK: z.number(),
  /** The U that a person typed for this very element, W/(m2 K). */
  typedUWm2K: z.number().nullable(),
  /** Faces of rings of x, y, z in units of `unitM`, filled by the even-odd rule; none where nobody knows its place. */
  faces: z.array(z.array(z.array(z.number()))),
});

export const elementsSchema = z.object({
  /** `model`: outlines of the file. `description`: a box of the description's areas, whose places are nobody's. */
  picture: z.enum(['model', 'description']),
  /** What was read: an IFC model without kept outlines is drawn from its description. */
  source: z.enum(['ifc', 'form', 'dpe']),
  unitM: z.number(),
  /** Degrees, clockwise, that a person turned the building by from the outlines' north. */
  turnedDeg: z.number(),
  heatLossWK: quantitySchema,
  /** From the largest loss down. */
  elements: z.array(thermalElementSchema),
});

export type ThermalElements = z.infer<typeof elementsSchema>;
export type ThermalElementView = ThermalElements['elements'][number];

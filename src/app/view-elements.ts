import { z } from 'zod';
import { type Outlines, pictureOfDescription } from '#create/index.ts';
import { ok, type Result } from '../core/result.ts';
import { answeredRecord } from './building-answers.ts';
import type { AppContext } from './context.ts';
import type { ThermalElements, ThermalElementView } from './element-views.ts';

const outlinesSchema = z.object({
  schema: z.literal('stacoptim.outlines/1'),
  unitM: z.number().positive(),
  faces: z.record(z.string(), z.array(z.array(z.array(z.number())))),
});

const outlinesOf = async ({ store }: AppContext, id: string): Promise<Outlines | undefined> => {
  const kept = await store.outlines.latest(id);
  const parsed = outlinesSchema.safeParse(kept?.document);
  return parsed.success ? parsed.data : undefined;
};

/**
 * The elements of a building's envelope with the answers in force, each with its loss, where its U comes from and its
 * outline. Works that were done since are not in it: it is what was read and answered. Fails as `answeredRecord`.
 */
export const viewElements = async (context: AppContext, id: string): Promise<Result<ThermalElements>> => {
  const found = await answeredRecord(context, id);
  if (!found.ok) return found;
  const { record, answered } = found.value;
  const { envelope } = answered;
  const kept = await outlinesOf(context, id);
  const outlines = kept ?? pictureOfDescription(envelope);
  const elements = envelope.elements
    .flatMap((one): ThermalElementView[] =>
      one.exposure === 'internal' || one.areaNetM2 <= 0
        ? []
        : [
            {
              id: one.globalId,
              name: one.name,
              kind: one.kind,
              exposure: one.exposure,
              exposureConfidence: one.exposureConfidence,
              exposureReason: one.exposureReason,
              areaNetM2: one.areaNetM2,
              azimuthDeg: one.azimuthDeg,
              tiltDeg: one.tiltDeg,
              u: one.u,
              b: one.b,
              lossWK: one.b * one.u.value * one.areaNetM2,
              typedUWm2K: record.answers.elements?.[one.globalId]?.uWm2K ?? null,
              faces: (outlines.faces[one.globalId] ?? []).map((face) => face.map((ring) => [...ring])),
            },
          ],
    )
    .toSorted((a, b) => b.lossWK - a.lossWK);
  return ok({
    picture: kept === undefined ? 'description' : 'model',
    source: record.described.kind,
    unitM: outlines.unitM,
    // A picture of the description is drawn from azimuths that are turned already.
    turnedDeg: kept === undefined ? 0 : (envelope.turnedDeg ?? 0),
    heatLossWK: envelope.heatLossCoefficient,
    elements,
  });
};

import { decodeMessage, type Mapping, type MessageReading } from '#formats/mqtt-mapping/index.ts';
import type { Repositories } from '#store/index.ts';
import type { Failure } from '../core/result.ts';
import { failure } from '../core/result.ts';
import type { AppContext } from './context.ts';
import { storeFailure } from './open.ts';

export type MessageOutcome = { readonly stored: number; readonly rejected: readonly Failure[] };

const writeMeter = async (
  into: Repositories,
  meterId: string,
  readings: readonly MessageReading[],
): Promise<void> => {
  const registers = readings.filter((one) => one.kind === 'register');
  const intervals = readings.filter((one) => one.kind === 'interval');
  if (registers.length > 0) await into.registers.add(meterId, registers);
  if (intervals.length > 0)
    await into.readings.upsert(meterId, {
      startMs: Float64Array.from(intervals, ({ startMs }) => startMs),
      endMs: Float64Array.from(intervals, ({ endMs }) => endMs),
      energyKwh: Float64Array.from(intervals, ({ kwh }) => kwh),
    });
};

/**
 * Keeps the readings of one MQTT message in one transaction: durable once resolved, and stored once however often the
 * broker sends it. What cannot be kept is in `rejected`, told by its reason.
 */
export const ingestMessage = async (
  { store }: AppContext,
  mapping: Mapping,
  topic: string,
  payload: Uint8Array,
): Promise<MessageOutcome> => {
  const decoded = decodeMessage(mapping, topic, payload);
  const rejected = [...decoded.rejected];
  let stored = 0;
  // In one order everywhere: two messages that share meters never wait for each other.
  const byMeter = [...Map.groupBy(decoded.readings, ({ meterId }) => meterId)].toSorted(([left], [right]) =>
    left < right ? -1 : 1,
  );
  if (byMeter.length === 0) return { stored, rejected };
  await store.transaction(async (into) => {
    for (const [meterId, readings] of byMeter) {
      try {
        await writeMeter(into, meterId, readings);
        stored += readings.length;
      } catch (error) {
        const failed = storeFailure(error);
        if (failed?.code !== 'not-found') throw error;
        const unknown = failure(
          'unknown-meter',
          `Le message de ${topic} est pour le compteur « ${meterId} », qui n’existe pas.`,
          `The message of ${topic} is for meter “${meterId}”, which does not exist.`,
          { field: meterId },
        );
        rejected.push(unknown.error);
      }
    }
  });
  return { stored, rejected };
};

/** Meters that a mapping names outright and the stock does not have. */
export const unknownMeters = async ({ store }: AppContext, mapping: Mapping): Promise<string[]> => {
  const known = new Set((await store.meters.list()).map(({ id }) => id));
  return mapping.topics
    .map(({ meter }) => meter)
    .filter((meter) => !/\{\d+\}/.test(meter) && !known.has(meter));
};

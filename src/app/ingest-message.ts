import { decodeMessage, type Mapping, type MessageReading } from '#formats/mqtt-mapping/index.ts';
import type { Repositories } from '#store/index.ts';
import type { Failure } from '../core/result.ts';
import { failure } from '../core/result.ts';
import type { AppContext } from './context.ts';
import { derivedMeter } from './ingest.ts';
import { isStoreAway, storeFailure } from './open.ts';

export type ArrivedMessage = { readonly topic: string; readonly payload: Uint8Array };

type MessageOutcome = { readonly stored: number; readonly rejected: readonly Failure[] };

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

type Refusal = (topic: string) => Failure;

const unknownMeter =
  (meterId: string): Refusal =>
  (topic) =>
    failure(
      'unknown-meter',
      `Le message de ${topic} est pour le compteur « ${meterId} », qui n’existe pas.`,
      `The message of ${topic} is for meter “${meterId}”, which does not exist.`,
      { field: meterId },
    ).error;

/** All of them in one transaction; gives the meters that take no readings, by why not: computed from others, or not there. */
const keepTogether = async (
  { store }: AppContext,
  readings: readonly MessageReading[],
): Promise<ReadonlyMap<string, Refusal>> => {
  const refused = new Map<string, Refusal>();
  // In one order everywhere: two transactions that share meters never wait for each other.
  const byMeter = [...Map.groupBy(readings, ({ meterId }) => meterId)].toSorted(([left], [right]) =>
    left < right ? -1 : 1,
  );
  if (byMeter.length > 0)
    await store.transaction(async (into) => {
      for (const [meterId, ofMeter] of byMeter) {
        if ((await into.derivations.get(meterId)) !== undefined) {
          const { error } = derivedMeter(meterId);
          refused.set(meterId, () => error);
          continue;
        }
        try {
          await writeMeter(into, meterId, ofMeter);
        } catch (error) {
          if (storeFailure(error)?.code !== 'not-found') throw error;
          refused.set(meterId, unknownMeter(meterId));
        }
      }
    });
  return refused;
};

/**
 * Keeps the readings of MQTT messages, in order, in one transaction: durable once resolved, and stored once however
 * often the broker sends them. What cannot be kept of a message is in its `rejected`, told by the reason; a value the
 * database refuses takes none of the others with it. Throws while the database is away.
 */
export const ingestMessages = async (
  context: AppContext,
  mapping: Mapping,
  messages: readonly ArrivedMessage[],
): Promise<MessageOutcome[]> => {
  const decoded = messages.map(({ topic, payload }) => decodeMessage(mapping, topic, payload));
  let refused: ReadonlyMap<string, Refusal>;
  try {
    refused = await keepTogether(
      context,
      decoded.flatMap(({ readings }) => readings),
    );
  } catch (error) {
    const refusal = storeFailure(error);
    if (refusal === undefined || isStoreAway(error)) throw error;
    if (messages.length === 1) return [{ stored: 0, rejected: [refusal] }];
    const alone: MessageOutcome[] = [];
    for (const message of messages) alone.push(...(await ingestMessages(context, mapping, [message])));
    return alone;
  }
  return decoded.map(({ readings, rejected }, index) => {
    const meters = new Set(readings.map(({ meterId }) => meterId));
    const lost = [...meters].flatMap((meterId) => refused.get(meterId)?.(messages[index].topic) ?? []);
    return {
      stored: readings.filter(({ meterId }) => !refused.has(meterId)).length,
      rejected: [...rejected, ...lost],
    };
  });
};

/** Meters that a mapping names outright and the stock does not have. */
export const unknownMeters = async ({ store }: AppContext, mapping: Mapping): Promise<string[]> => {
  const known = new Set((await store.meters.list()).map(({ id }) => id));
  return mapping.topics
    .map(({ meter }) => meter)
    .filter((meter) => !/\{\d+\}/.test(meter) && !known.has(meter));
};

import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import type { AppContext } from '../app/context.ts';
import { type ArrivedMessage, ingestMessages } from '../app/ingest-message.ts';
import type { Mapping } from '../app/mqtt-mapping-file.ts';
import type { Failure } from '../core/result.ts';

/** What happens while listening; for a log or a count. */
export type ListenEvent =
  | { readonly kind: 'connected'; readonly resumed: boolean }
  | { readonly kind: 'away'; readonly reason?: string }
  | { readonly kind: 'stored'; readonly topic: string; readonly readings: number }
  | { readonly kind: 'rejected'; readonly topic: string; readonly failure: Failure }
  | { readonly kind: 'held'; readonly messages: number; readonly error: unknown };

type ListenOptions = {
  readonly broker: string;
  readonly mapping: Mapping;
  readonly onEvent: (event: ListenEvent) => void;
  readonly username?: string;
  readonly password?: string;
  /** Wait between attempts to reach the broker or the database, ms. */
  readonly retryMs?: number;
};

export type Listener = { readonly stop: () => Promise<void> };

type Waiting = ArrivedMessage & {
  /** Number the broker gave the message on the connection it came by; absent with quality of service 0. */
  readonly messageId: number | undefined;
  readonly connection: number;
};

/** Most messages of one transaction, and most that wait for one before the broker is asked to hold back. */
const batchMessages = 500;
const mostWaiting = 2000;

/** PUBACK of MQTT 3.1.1 (3.4): type 4, two bytes follow, the number of the message. */
const puback = (messageId: number): Buffer => Buffer.from([0x40, 2, messageId >> 8, messageId & 0xff]);

/**
 * Keeps messages, however long the database is away. Resolves true once they are durable or known to be unusable, false
 * when listening stopped first: the broker then still has them.
 */
const keepMessages = async (
  context: AppContext,
  { mapping, onEvent, retryMs = 1000 }: ListenOptions,
  batch: readonly ArrivedMessage[],
  signal: AbortSignal,
): Promise<boolean> => {
  while (!signal.aborted) {
    try {
      const outcomes = await ingestMessages(context, mapping, batch);
      for (const [index, { stored, rejected }] of outcomes.entries()) {
        const { topic } = batch[index];
        for (const one of rejected) onEvent({ kind: 'rejected', topic, failure: one });
        if (stored > 0) onEvent({ kind: 'stored', topic, readings: stored });
      }
      return true;
    } catch (error) {
      // Unacknowledged, the messages stay with the broker too: nothing is lost whatever happens to us here.
      onEvent({ kind: 'held', messages: batch.length, error });
      await sleep(retryMs, undefined, { signal }).catch(() => undefined);
    }
  }
  return false;
};

const subscribe = (client: MqttClient, topics: readonly string[]): void => {
  client.subscribe([...new Set(topics)], { qos: 1 });
};

/**
 * Subscribes to the topics of a mapping with a session that the broker keeps (MQTT 3.1.1, clean session off, quality
 * of service 1) and acknowledges a message after its readings are committed: what the broker delivers twice is stored
 * once, and what came while either side was away is caught up. Messages that arrive during a commit share the next.
 */
export const listenMqtt = (context: AppContext, options: ListenOptions): Listener => {
  const { broker, mapping, onEvent, retryMs = 1000 } = options;
  const abort = new AbortController();
  const settings: IClientOptions = {
    clientId: mapping.clientId,
    clean: false,
    protocolVersion: 4,
    reconnectPeriod: retryMs,
    connectTimeout: 10_000,
    resubscribe: false,
    ...(options.username === undefined ? {} : { username: options.username }),
    ...(options.password === undefined ? {} : { password: options.password }),
  };
  let connection = 0;
  let reason: string | undefined;
  const waiting: Waiting[] = [];
  let release: (() => void) | undefined;
  let keeping: Promise<void> | undefined;
  const client = connect(broker, settings);
  const keepWaiting = async (): Promise<void> => {
    while (waiting.length > 0 && !abort.signal.aborted) {
      const batch = waiting.splice(0, batchMessages);
      release?.();
      release = undefined;
      if (!(await keepMessages(context, options, batch, abort.signal))) return;
      // On a later connection the number may be another message's, and the broker sends this one again anyway.
      for (const { messageId, connection: arrivedOn } of batch)
        if (messageId !== undefined && arrivedOn === connection) client.stream.write(puback(messageId));
    }
  };
  client.handleMessage = (packet, done) => {
    const { topic, messageId } = packet;
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
    waiting.push({ topic, payload, messageId, connection });
    // Called with an error, the library goes on to the next message without acknowledging this one.
    const goOn = (): void => done(new Error('acknowledged after the commit'));
    if (waiting.length < mostWaiting) goOn();
    else release = goOn;
    keeping ??= keepWaiting().finally(() => {
      keeping = undefined;
    });
  };
  client.on('connect', ({ sessionPresent }) => {
    onEvent({ kind: 'connected', resumed: sessionPresent });
    // Also into a kept session: the mapping may have changed since.
    subscribe(
      client,
      mapping.topics.map(({ topic }) => topic),
    );
  });
  client.on('close', () => {
    connection++;
    // The broker sends these again on the next connection.
    waiting.length = 0;
    release = undefined;
    onEvent(reason === undefined ? { kind: 'away' } : { kind: 'away', reason });
    reason = undefined;
  });
  // Errors of the connection are followed by `close` and another attempt.
  client.on('error', (error) => {
    reason = error.message;
  });
  return {
    stop: async () => {
      abort.abort();
      await keeping;
      await client.endAsync(true);
    },
  };
};

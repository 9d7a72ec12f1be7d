import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import type { AppContext } from '../app/context.ts';
import { ingestMessage } from '../app/ingest-message.ts';
import type { Mapping } from '../app/mqtt-mapping-file.ts';
import type { Failure } from '../core/result.ts';

/** What happens while listening; for a log or a count. */
export type ListenEvent =
  | { readonly kind: 'connected'; readonly resumed: boolean }
  | { readonly kind: 'away'; readonly reason?: string }
  | { readonly kind: 'stored'; readonly topic: string; readonly readings: number }
  | { readonly kind: 'rejected'; readonly topic: string; readonly failure: Failure }
  | { readonly kind: 'held'; readonly topic: string; readonly error: unknown };

export type ListenOptions = {
  readonly broker: string;
  readonly mapping: Mapping;
  readonly onEvent: (event: ListenEvent) => void;
  readonly username?: string;
  readonly password?: string;
  /** Wait between attempts to reach the broker or the database, ms. */
  readonly retryMs?: number;
};

export type Listener = { readonly stop: () => Promise<void> };

/**
 * Keeps one message, however long the database is away. Resolves true once it is durable or known to be unusable,
 * false when listening stopped first: the broker then still has it.
 */
const keepMessage = async (
  context: AppContext,
  { mapping, onEvent, retryMs = 1000 }: ListenOptions,
  topic: string,
  payload: Uint8Array,
  signal: AbortSignal,
): Promise<boolean> => {
  while (!signal.aborted) {
    try {
      const { stored, rejected } = await ingestMessage(context, mapping, topic, payload);
      for (const one of rejected) onEvent({ kind: 'rejected', topic, failure: one });
      if (stored > 0) onEvent({ kind: 'stored', topic, readings: stored });
      return true;
    } catch (error) {
      // Unacknowledged, the message stays with the broker too: nothing is lost whatever happens to us here.
      onEvent({ kind: 'held', topic, error });
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
 * once, and what came while either side was away is caught up.
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
  let pending: Promise<unknown> = Promise.resolve();
  const client = connect(broker, settings);
  client.handleMessage = (packet, done) => {
    const arrivedOn = connection;
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
    pending = keepMessage(context, options, packet.topic, payload, abort.signal).then((kept) => {
      // The library acknowledges when `done` is called. On a later connection the number may be another message's,
      // and the broker sends this one again anyway.
      if (kept && arrivedOn === connection) done();
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
      await pending;
      await client.endAsync(true);
    },
  };
};

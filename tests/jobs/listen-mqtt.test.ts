import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Aedes } from 'aedes';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterEach, expect, it } from 'vitest';
import { startLedger } from '#app/clock.ts';
import { parseMapping } from '#formats/mqtt-mapping/index.ts';
import { type ListenEvent, type Listener, listenMqtt } from '#jobs/listen-mqtt.ts';
import { type Store, StoreError } from '#store/index.ts';
import { withStores } from '../support/database.ts';
import { sampleBuilding, sampleMeter } from '../support/samples.ts';

/** A broker in this process whose network can be cut while its sessions live on. */
type Broker = {
  readonly url: string;
  readonly acknowledged: () => number;
  readonly cut: () => Promise<void>;
  readonly restore: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const openBroker = async (): Promise<Broker> => {
  const aedes = await Aedes.createBroker();
  let acknowledged = 0;
  aedes.on('ack', (_packet, client) => {
    if (client.id === 'site-a') acknowledged++;
  });
  const sockets = new Set<Socket>();
  const listening = async (port: number): Promise<Server> => {
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      aedes.handle(socket);
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };
  let server = await listening(0);
  const { port } = server.address() as AddressInfo;
  const cut = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    url: `mqtt://127.0.0.1:${port}`,
    acknowledged: () => acknowledged,
    cut,
    restore: async () => {
      server = await listening(port);
    },
    close: async () => {
      if (server.listening) await cut();
      await new Promise<void>((resolve) => aedes.close(() => resolve()));
    },
  };
};

const mapping = (meter: string) => {
  const parsed = parseMapping(
    'test',
    JSON.stringify({
      schema: 'stacoptim.mqtt-mapping/1',
      clientId: 'site-a',
      topics: [
        {
          topic: 'site/+/energy',
          meter,
          value: '/kwh',
          time: '/t',
          timeFormat: 'ms',
          kind: 'energy',
          unit: 'kWh',
          intervalSeconds: 3600,
          stamps: 'start',
        },
      ],
    }),
  );
  if (!parsed.ok) throw new Error(parsed.error.message.en);
  return parsed.value;
};

const first = Date.UTC(2026, 0, 1);
const hourMs = 3_600_000;

const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  const end = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('waited in vain');
    await sleep(20);
  }
};

withStores('listening to a broker', (database) => {
  const open: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0).toReversed()) await close();
  });

  const broker = async (): Promise<Broker> => {
    const one = await openBroker();
    open.push(one.close);
    return one;
  };

  const gateway = async (url: string): Promise<MqttClient> => {
    const client = await connectAsync(url, {
      clientId: 'gateway',
      clean: false,
      protocolVersion: 4,
      reconnectPeriod: 50,
    });
    client.on('error', () => undefined);
    open.push(() => client.endAsync(true));
    return client;
  };

  const meter = async (id: string): Promise<string> => {
    await database.store().buildings.save(sampleBuilding('mqtt'));
    await database.store().meters.save(sampleMeter(id, 'mqtt'));
    return id;
  };

  const listening = async (
    url: string,
    meterId: string,
    store: Store = database.store(),
  ): Promise<{ events: ListenEvent[]; listener: Listener }> => {
    const events: ListenEvent[] = [];
    const listener = listenMqtt(
      { store, nowMs: () => first, startLedger },
      { broker: url, mapping: mapping(meterId), onEvent: (event) => events.push(event), retryMs: 50 },
    );
    open.push(listener.stop);
    await until(() => events.some(({ kind }) => kind === 'connected'));
    // The subscription has been answered once a message of ours comes back.
    await sleep(100);
    return { events, listener };
  };

  const publish = (client: MqttClient, hour: number, kwh = hour): Promise<unknown> =>
    client.publishAsync('site/boiler/energy', JSON.stringify({ t: first + hour * hourMs, kwh }), { qos: 1 });

  const values = async (id: string): Promise<number[]> => [
    ...(await database.store().readings.read(id)).energyKwh,
  ];

  it('stores what is published, and a message sent again once', async () => {
    const { url } = await broker();
    const id = await meter('published');
    await listening(url, id);
    const client = await gateway(url);
    for (const hour of [0, 1, 2, 1, 0]) await publish(client, hour);
    await until(async () => (await values(id)).length === 3);
    expect(await values(id)).toEqual([0, 1, 2]);
  });

  it('catches up after the broker was away: what gateways held and what the broker held', async () => {
    const one = await broker();
    const id = await meter('away');
    const { events } = await listening(one.url, id);
    const client = await gateway(one.url);
    await publish(client, 0);
    await one.cut();
    const held = Promise.all([1, 2, 3].map((hour) => publish(client, hour)));
    await until(() => events.some(({ kind }) => kind === 'away'));
    await sleep(300);
    await one.restore();
    await held;
    await until(async () => (await values(id)).length === 4);
    expect(await values(id)).toEqual([0, 1, 2, 3]);
    expect(events.findLast(({ kind }) => kind === 'connected')).toMatchObject({ resumed: true });
  });

  it('catches up with what was published while it was down itself', async () => {
    const { url } = await broker();
    const id = await meter('down');
    const { listener } = await listening(url, id);
    await listener.stop();
    const client = await gateway(url);
    for (let hour = 0; hour < 50; hour += 1) await publish(client, hour);
    expect(await values(id)).toEqual([]);
    await listening(url, id);
    await until(async () => (await values(id)).length === 50);
    expect(await values(id)).toEqual(Array.from({ length: 50 }, (_, hour) => hour));
  });

  it('acknowledges after the commit only, holding the message while the database is away', async () => {
    const one = await broker();
    const id = await meter('held');
    let away = true;
    const store = database.store();
    const faulty: Store = {
      ...store,
      transaction: (work) =>
        away
          ? Promise.reject(
              new StoreError(
                { code: 'database-away', message: { fr: 'absente', en: 'away' } },
                { retryable: true },
              ),
            )
          : store.transaction(work),
    };
    const { events } = await listening(one.url, id, faulty);
    const client = await gateway(one.url);
    await publish(client, 5);
    await until(() => events.filter(({ kind }) => kind === 'held').length >= 2);
    expect(one.acknowledged()).toBe(0);
    away = false;
    await until(() => one.acknowledged() === 1);
    expect(await values(id)).toEqual([5]);
  });

  it('is given again, by the broker, what it had not acknowledged when it was stopped', async () => {
    const one = await broker();
    const id = await meter('redelivered');
    const store = database.store();
    const faulty: Store = { ...store, transaction: () => Promise.reject(new Error('no database')) };
    const { events, listener } = await listening(one.url, id, faulty);
    const client = await gateway(one.url);
    await publish(client, 7);
    await until(() => events.some(({ kind }) => kind === 'held'));
    await listener.stop();
    expect(await values(id)).toEqual([]);
    await listening(one.url, id);
    await until(async () => (await values(id)).length === 1);
    expect(await values(id)).toEqual([7]);
  });

  it('acknowledges each of a burst, in far fewer transactions than messages', async () => {
    const one = await broker();
    const id = await meter('burst');
    const store = database.store();
    let transactions = 0;
    const counting: Store = {
      ...store,
      transaction: (work) => {
        transactions++;
        return store.transaction(work);
      },
    };
    await listening(one.url, id, counting);
    const client = await gateway(one.url);
    await Promise.all(Array.from({ length: 1000 }, (_, hour) => publish(client, hour)));
    await until(() => one.acknowledged() === 1000);
    expect(await values(id)).toEqual(Array.from({ length: 1000 }, (_, hour) => hour));
    expect(transactions).toBeLessThan(500);
  });

  it('tells what it cannot keep and goes on with the rest', async () => {
    const one = await broker();
    const id = await meter('poison');
    const { events } = await listening(one.url, id);
    const client = await gateway(one.url);
    await client.publishAsync('site/boiler/energy', 'not JSON', { qos: 1 });
    await publish(client, 1);
    await until(async () => (await values(id)).length === 1);
    expect(events.flatMap((event) => (event.kind === 'rejected' ? [event.failure.code] : []))).toEqual([
      'message-malformed',
    ]);
    await until(() => one.acknowledged() === 2);
  });

  it('refuses a message for a computed meter, as the API does, and acknowledges it', async () => {
    const one = await broker();
    const id = await meter('computed');
    await meter('source');
    await database.store().derivations.save({
      meterId: id,
      rule: { kind: 'formula', formula: '2 * source' },
      sources: ['source'],
      by: 'A. Martin',
      reason: 'test',
    });
    const { events } = await listening(one.url, id);
    await publish(await gateway(one.url), 1);
    await until(() => one.acknowledged() === 1);
    expect(events.flatMap((event) => (event.kind === 'rejected' ? [event.failure.code] : []))).toEqual([
      'derived-meter',
    ]);
    expect(await values(id)).toEqual([]);
  });

  it('tells a message for a meter that does not exist, and acknowledges it', async () => {
    const one = await broker();
    const { events } = await listening(one.url, 'nobody');
    const client = await gateway(one.url);
    await publish(client, 1);
    await until(() => one.acknowledged() === 1);
    expect(events.flatMap((event) => (event.kind === 'rejected' ? [event.failure.code] : []))).toEqual([
      'unknown-meter',
    ]);
  });
});

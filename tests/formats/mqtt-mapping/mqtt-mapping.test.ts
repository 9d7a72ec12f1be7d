import { describe, expect, it } from 'vitest';
import { decodeMessage, type Mapping, parseMapping } from '#formats/mqtt-mapping/index.ts';

const line = {
  topic: 'application/7/device/+/event/up',
  meter: 'meter-{4}',
  value: '/object/energy',
  time: '/time',
  kind: 'register',
  unit: 'kWh',
};

const mappingOf = (...lines: object[]): Mapping => {
  const parsed = parseMapping(
    'site.json',
    JSON.stringify({ schema: 'stacoptim.mqtt-mapping/1', clientId: 'site-a', topics: lines }),
  );
  if (!parsed.ok) throw new Error(parsed.error.message.en);
  return parsed.value;
};

const decode = (mapping: Mapping, topic: string, payload: unknown) =>
  decodeMessage(mapping, topic, new TextEncoder().encode(JSON.stringify(payload)));

const noon = Date.UTC(2026, 0, 5, 12);
const up = 'application/7/device/24e1/event/up';

describe('the mapping of topics to meters', () => {
  it('reads a register of a LoRaWAN gateway, its meter named by the topic', () => {
    const { readings, rejected } = decode(mappingOf(line), up, {
      time: '2026-01-05T13:00:00+01:00',
      object: { energy: 1234.5 },
    });
    expect(readings).toEqual([{ kind: 'register', meterId: 'meter-24e1', atMs: noon, kwh: 1234.5 }]);
    expect(rejected).toEqual([]);
  });

  it.each([
    ['energy of the interval before its time', { kind: 'energy', unit: 'Wh' }, 2500, [-600_000, 0, 2.5]],
    [
      'energy of the interval after its time',
      { kind: 'energy', unit: 'MWh', stamps: 'start' },
      0.002,
      [0, 600_000, 2],
    ],
    // 12 kW over ten minutes are 2 kWh.
    ['mean power', { kind: 'power', unit: 'kW' }, '12,0', [-600_000, 0, 2]],
    ['gas', { kind: 'energy', unit: 'm3', kwhPerUnit: 11.2 }, 10, [-600_000, 0, 112]],
  ] as const)('turns %s into kWh', (_name, change, energy, [from, to, kwh]) => {
    const mapping = mappingOf({ ...line, intervalSeconds: 600, ...change });
    const { readings } = decode(mapping, up, { time: '2026-01-05T12:00:00Z', object: { energy } });
    expect(readings).toEqual([
      { kind: 'interval', meterId: 'meter-24e1', startMs: noon + from, endMs: noon + to, kwh },
    ]);
  });

  it('counts pulses, times in seconds or milliseconds, and lists of readings', () => {
    const mapping = mappingOf({
      ...line,
      topic: 'bms/#',
      meter: 'm',
      each: '/log',
      value: '/n',
      time: '/t',
      timeFormat: 's',
      unit: 'pulse',
      kwhPerUnit: 0.1,
    });
    const { readings, rejected } = decode(mapping, 'bms/a/b', {
      log: [{ t: noon / 1000, n: 100 }, { t: 0, n: 1 }, { n: 5 }, { t: noon / 1000 + 60, n: '' }],
    });
    expect(readings).toEqual([{ kind: 'register', meterId: 'm', atMs: noon, kwh: 10 }]);
    expect(rejected.map(({ code }) => code)).toEqual(['message-time', 'message-time', 'message-value']);
  });

  it('takes a message by every line that fits its topic, and by no other', () => {
    const mapping = mappingOf(
      { ...line, topic: 'site/+/boiler', meter: 'heat', value: '/heat' },
      { ...line, topic: 'site/#', meter: 'all', value: '/all' },
      { ...line, topic: 'site/+', meter: 'short' },
    );
    const payload = { time: '2026-01-05T12:00:00Z', heat: 1, all: 2 };
    expect(decode(mapping, 'site/a/boiler', payload).readings.map(({ meterId }) => meterId)).toEqual([
      'heat',
      'all',
    ]);
    expect(decode(mapping, 'elsewhere', payload).rejected[0]?.code).toBe('message-unmapped');
  });

  it.each([
    ['text that is no JSON', Buffer.from('12.5 kWh'), 'message-malformed'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00]), 'message-malformed'],
    ['nothing', Buffer.alloc(0), 'message-malformed'],
    ['a megabyte', Buffer.alloc(1_100_000, 32), 'message-malformed'],
    [
      'a path through a prototype',
      Buffer.from('{"time":"2026-01-05T12:00:00Z","object":[]}'),
      'message-value',
    ],
    [
      'a time without its zone',
      Buffer.from('{"time":"2026-01-05T12:00:00","object":{"energy":1}}'),
      'message-time',
    ],
    [
      'a value beyond numbers',
      Buffer.from('{"time":"2026-01-05T12:00:00Z","object":{"energy":1e999}}'),
      'message-value',
    ],
  ])('tells why %s is no reading', (_name, bytes, code) => {
    const { readings, rejected } = decodeMessage(mappingOf(line), up, bytes);
    expect(readings).toEqual([]);
    expect(rejected.map((one) => one.code)).toEqual([code]);
  });

  it.each([
    ['a topic with half a wildcard', { topic: 'site/a+/x' }, 'topics.0.topic'],
    ['a wildcard before the end', { topic: 'site/#/x' }, 'topics.0.topic'],
    ['a path that is no pointer', { value: 'object.energy' }, 'topics.0.value'],
    ['an interval for a register', { intervalSeconds: 60 }, 'topics.0.intervalSeconds'],
    ['energy without its interval', { kind: 'energy' }, 'topics.0.intervalSeconds'],
    ['pulses without their worth', { unit: 'pulse' }, 'topics.0.kwhPerUnit'],
    ['kilowatts of a register', { unit: 'kW' }, 'topics.0.unit'],
    ['a word that means nothing', { valeur: '/x' }, 'topics.0'],
  ])('refuses %s, naming the field', (_name, change, field) => {
    const text = JSON.stringify({
      schema: 'stacoptim.mqtt-mapping/1',
      clientId: 'site-a',
      topics: [{ ...line, ...change }],
    });
    const parsed = parseMapping('site.json', text);
    expect(parsed.ok ? undefined : parsed.error).toMatchObject({
      code: 'mapping-malformed',
      where: { file: 'site.json', field },
    });
  });
});

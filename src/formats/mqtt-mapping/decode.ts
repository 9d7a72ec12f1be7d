import { type Failure, failure, ok, type Result } from '#core/result.ts';
import type { MappedTopic, Mapping } from './schema.ts';

/** One reading out of a message: the energy of an interval, or a register at an instant; kWh. */
export type MessageReading =
  | {
      readonly kind: 'interval';
      readonly meterId: string;
      readonly startMs: number;
      readonly endMs: number;
      readonly kwh: number;
    }
  | { readonly kind: 'register'; readonly meterId: string; readonly atMs: number; readonly kwh: number };

/** Readings of a message, and why others of it are none. */
export type DecodedMessage = {
  readonly readings: readonly MessageReading[];
  readonly rejected: readonly Failure[];
};

/** Whether a topic falls under a filter (MQTT 3.1.1, 4.7). */
const matches = (filter: string, topic: string): boolean => {
  const [wanted, levels] = [filter.split('/'), topic.split('/')];
  for (const [at, level] of wanted.entries()) {
    if (level === '#') return true;
    if (at >= levels.length || (level !== '+' && level !== levels[at])) return false;
  }
  return wanted.length === levels.length;
};

/** What stands at a JSON pointer (RFC 6901); undefined where nothing does. */
const at = (value: unknown, pointer: string): unknown => {
  let here = value;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as Record<string, unknown>)[key];
  }
  return here;
};

const isoInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

const instantOf = (value: unknown, format: MappedTopic['timeFormat']): number => {
  if (format === 'iso')
    return typeof value === 'string' && isoInstant.test(value) ? Date.parse(value) : Number.NaN;
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (typeof number !== 'number') return Number.NaN;
  return Math.round(format === 's' ? number * 1000 : number);
};

const numberOf = (value: unknown): number => {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^[+-]?\d+([.,]\d+)?$/.test(value.trim())
    ? Number(value.trim().replace(',', '.'))
    : Number.NaN;
};

const kwhOf = (one: MappedTopic): number =>
  ({
    kWh: 1,
    MWh: 1000,
    Wh: 0.001,
    kW: 1,
    W: 0.001,
    m3: one.kwhPerUnit ?? Number.NaN,
    pulse: one.kwhPerUnit ?? Number.NaN,
  })[one.unit];

const meterIdOf = (template: string, topic: string): string => {
  const levels = topic.split('/');
  return template.replaceAll(/\{(\d+)\}/g, (_, level: string) => levels[Number(level) - 1] ?? '');
};

const earliestMs = Date.UTC(2000, 0, 1);
const latestMs = Date.UTC(2200, 0, 1);
const HOUR_MS = 3_600_000;

const readOne = (one: MappedTopic, topic: string, item: unknown): Result<MessageReading> => {
  const kwh = numberOf(at(item, one.value)) * kwhOf(one);
  if (!Number.isFinite(kwh))
    return failure(
      'message-value',
      `Pas de nombre à « ${one.value} » dans le message de ${topic}.`,
      `No number at “${one.value}” in the message of ${topic}.`,
      { field: one.value },
    );
  const instant = instantOf(at(item, one.time), one.timeFormat);
  // A clock that was never set says 1970.
  if (!(instant >= earliestMs && instant < latestMs))
    return failure(
      'message-time',
      `Pas d’instant (${one.timeFormat}, de 2000 à 2200) à « ${one.time} » dans le message de ${topic}.`,
      `No instant (${one.timeFormat}, from 2000 to 2200) at “${one.time}” in the message of ${topic}.`,
      { field: one.time },
    );
  const meterId = meterIdOf(one.meter, topic);
  if (one.kind === 'register') return ok({ kind: 'register', meterId, atMs: instant, kwh });
  const spanMs = (one.intervalSeconds ?? Number.NaN) * 1000;
  const startMs = one.stamps === 'start' ? instant : instant - spanMs;
  return ok({
    kind: 'interval',
    meterId,
    startMs,
    endMs: startMs + spanMs,
    kwh: one.kind === 'power' ? (kwh * spanMs) / HOUR_MS : kwh,
  });
};

/** Largest message taken; a meter's is a few hundred bytes. */
const largestBytes = 1_000_000;

/**
 * Reads a message by every line of the mapping its topic falls under. What cannot be read is in `rejected`
 * (`message-unmapped`, `message-malformed`, `message-value`, `message-time`) and the rest stands.
 */
export const decodeMessage = (mapping: Mapping, topic: string, payload: Uint8Array): DecodedMessage => {
  const lines = mapping.topics.filter((one) => matches(one.topic, topic));
  const readings: MessageReading[] = [];
  const rejected: Failure[] = [];
  const keep = (result: Result<MessageReading>): void => {
    if (result.ok) readings.push(result.value);
    else rejected.push(result.error);
  };
  const refuse = (code: string, fr: string, en: string): void => {
    rejected.push(failure(code, fr, en).error);
  };
  if (lines.length === 0) {
    refuse(
      'message-unmapped',
      `Aucune ligne de la table ne prend le sujet ${topic}.`,
      `No line of the mapping takes topic ${topic}.`,
    );
    return { readings, rejected };
  }
  let value: unknown;
  try {
    if (payload.length > largestBytes) throw new RangeError('too large');
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    refuse(
      'message-malformed',
      `Le message de ${topic} n’est pas du JSON, ou dépasse 1 Mo.`,
      `The message of ${topic} is not JSON, or over 1 MB.`,
    );
    return { readings, rejected };
  }
  for (const one of lines) {
    const items = one.each === undefined ? [value] : at(value, one.each);
    if (Array.isArray(items)) for (const item of items) keep(readOne(one, topic, item));
    else
      refuse(
        'message-malformed',
        `Pas de liste à « ${one.each} » dans le message de ${topic}.`,
        `No list at “${one.each}” in the message of ${topic}.`,
      );
  }
  return { readings, rejected };
};

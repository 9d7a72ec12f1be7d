import { randomBytes } from 'node:crypto';
import type { TraceSettings } from './settings.ts';
import { programVersion } from './version.ts';

/** Spans kept until they are sent, at most: a collector that is away costs no more memory than this. */
const mostKept = 4096;
const mostAtOnce = 512;
const sendEveryMs = 5000;
const sendTimeoutMs = 5000;

type Values = Readonly<Record<string, string | number>>;

/** A piece of work that is being traced. */
type Span = {
  readonly traceId: string;
  /** What whoever is called on its behalf is told (W3C Trace Context). */
  readonly traceparent: string;
  readonly end: (attributes: Values, failed: boolean) => void;
};

export type Traces = {
  /** Begins a span, under the one that a `traceparent` names where it is a valid one. */
  readonly start: (kind: 'server' | 'client', name: string, traceparent?: string) => Span;
  /** Sends what is left and ends. */
  readonly stop: () => Promise<void>;
};

/** Numbers that OTLP gives to kinds of spans. */
const kinds = { server: 2, client: 3 } as const;

type Parent = { readonly traceId: string; readonly spanId: string; readonly sampled: boolean };

/** Reads a `traceparent`; undefined for what is none (W3C Trace Context, 3.2.2). */
export const readTraceparent = (text: string | undefined): Parent | undefined => {
  const [, version, traceId = '', spanId = '', flags = '', more] =
    /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/.exec(text ?? '') ?? [];
  if (version === undefined || version === 'ff' || (version === '00' && more !== undefined)) return undefined;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
};

const attribute = ([key, value]: [string, string | number]): object => ({
  key,
  value: typeof value === 'string' ? { stringValue: value } : { intValue: String(value) },
});
const attributesOf = (values: Values): object[] => Object.entries(values).map(attribute);

/**
 * Traces sent to a collector by OTLP over HTTP, as JSON (OpenTelemetry protocol 1): what is not received is dropped, never waited for. A
 * caller that says its trace is not sampled has none here either.
 */
export const createTraces = ({ endpoint, headers, service }: TraceSettings): Traces => {
  const kept: object[] = [];
  /** False when the collector is away. */
  const send = async (): Promise<boolean> => {
    const spans = kept.splice(0, mostAtOnce);
    if (spans.length === 0) return true;
    const resource = {
      attributes: attributesOf({ 'service.name': service, 'service.version': programVersion }),
    };
    const scopeSpans = [{ scope: { name: 'stacoptim' }, spans }];
    return fetch(`${endpoint.replace(/\/+$/, '')}/v1/traces`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans }] }),
      signal: AbortSignal.timeout(sendTimeoutMs),
    })
      .then((response) => response.arrayBuffer())
      .then(
        () => true,
        () => false,
      );
  };
  let sending = Promise.resolve(true);
  const timer = setInterval(() => {
    sending = sending.then(send);
  }, sendEveryMs).unref();
  return {
    start: (kind, name, traceparent) => {
      const parent = readTraceparent(traceparent);
      const sampled = parent?.sampled ?? true;
      const traceId = parent?.traceId ?? randomBytes(16).toString('hex');
      const spanId = randomBytes(8).toString('hex');
      const startMs = Date.now();
      const began = performance.now();
      return {
        traceId,
        traceparent: `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`,
        end: (attributes, failed) => {
          if (!sampled || kept.length >= mostKept) return;
          const endMs = startMs + performance.now() - began;
          const nano = (ms: number): string => String(BigInt(Math.round(ms * 1000)) * 1000n);
          kept.push({
            traceId,
            spanId,
            ...(parent === undefined ? {} : { parentSpanId: parent.spanId }),
            name,
            kind: kinds[kind],
            startTimeUnixNano: nano(startMs),
            endTimeUnixNano: nano(endMs),
            attributes: attributesOf(attributes),
            status: failed ? { code: 2 } : {},
          });
        },
      };
    },
    stop: async () => {
      clearInterval(timer);
      await sending;
      // Each part waits seconds for a collector that hangs: after the first that is lost the others are dropped.
      let there = true;
      while (there && kept.length > 0) there = await send();
    },
  };
};

import { createHash, timingSafeEqual } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { RequestHandler, Response } from 'express';
import type { AppContext } from '../app/context.ts';
import type { ReadingsAnswer } from '../app/reading-views.ts';
import { operationOf } from './openapi.ts';
import { refuse } from './respond.ts';

/** Upper bounds of the classes of durations, s. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

type Labels = Readonly<Record<string, string>>;

/** A value of a label as the text format of Prometheus (0.0.4) wants it. */
const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

const line = (name: string, labels: Labels, value: number): string => {
  const inside = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  return `${name}${inside.length === 0 ? '' : `{${inside.join(',')}}`} ${value}`;
};

const family = (
  name: string,
  type: 'counter' | 'gauge' | 'histogram',
  help: string,
  lines: readonly string[],
): string[] => (lines.length === 0 ? [] : [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines]);

/**
 * The route that a request is counted under: as the document writes it, so that no identifier of a building or of a
 * person is in the metrics.
 */
export const routeOf = (method: string, path: string): string => {
  if (path.startsWith('/v1')) return operationOf(method, path)?.path ?? '/v1/…';
  if (path.startsWith('/ngsi-ld')) return operationOf(method, path)?.path ?? '/ngsi-ld/…';
  return [
    '/healthz',
    '/readyz',
    '/metrics',
    '/entrer',
    '/connexion',
    '/connexion/retour',
    '/deconnexion',
  ].includes(path)
    ? path
    : 'page';
};

type Timing = { readonly labels: Labels; readonly counts: number[]; sum: number; count: number };

/** What a server counts while it lives. */
export type Metrics = {
  /** Counts the requests that go by. */
  readonly watch: RequestHandler;
  readonly readings: (answer: ReadingsAnswer) => void;
  /** All of it, in the text format of Prometheus. */
  readonly text: () => Promise<string>;
};

/**
 * Counters of this server, from zero at its start: requests by route and status, their times in seconds,
 * readings taken in. `text` adds the queue, the connections and the process as they are when it is asked.
 */
export const createMetrics = ({ store }: AppContext): Metrics => {
  const requests = new Map<string, { readonly labels: Labels; count: number }>();
  const timings = new Map<string, Timing>();
  const readings = { inserted: 0, updated: 0, unchanged: 0, rejected: 0 };
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();

  const count = (labels: { method: string; route: string }, response: Response, seconds: number): void => {
    const status = String(response.statusCode);
    const key = `${labels.method} ${labels.route}`;
    const counter = requests.get(`${key} ${status}`) ?? { labels: { ...labels, status }, count: 0 };
    counter.count += 1;
    requests.set(`${key} ${status}`, counter);
    const timing = timings.get(key) ?? { labels, counts: bounds.map(() => 0), sum: 0, count: 0 };
    for (const [at, bound] of bounds.entries()) if (seconds <= bound) timing.counts[at] += 1;
    timing.sum += seconds;
    timing.count += 1;
    timings.set(key, timing);
  };

  return {
    watch: (request, response, next) => {
      // Routers change the path on their way: it is kept as it came.
      const { path, method } = request;
      const began = performance.now();
      response.once('close', () =>
        count({ method, route: routeOf(method, path) }, response, (performance.now() - began) / 1000),
      );
      next();
    },
    readings: (answer) => {
      for (const name of ['inserted', 'updated', 'unchanged', 'rejected'] as const)
        readings[name] += answer[name];
    },
    text: async () => {
      const jobs = await store.identities.jobCounts();
      const pool = await store.connections();
      const { user, system } = process.cpuUsage();
      return [
        ...family(
          'stacoptim_http_requests_total',
          'counter',
          'Requests answered.',
          [...requests.values()].map((one) => line('stacoptim_http_requests_total', one.labels, one.count)),
        ),
        ...family(
          'stacoptim_http_request_duration_seconds',
          'histogram',
          'Time from a request to the end of its answer.',
          [...timings.values()].flatMap(({ labels, counts, sum, count: all }) => [
            ...bounds.map((le, at) =>
              line(
                'stacoptim_http_request_duration_seconds_bucket',
                { ...labels, le: String(le) },
                counts[at] ?? 0,
              ),
            ),
            line('stacoptim_http_request_duration_seconds_bucket', { ...labels, le: '+Inf' }, all),
            line('stacoptim_http_request_duration_seconds_sum', labels, sum),
            line('stacoptim_http_request_duration_seconds_count', labels, all),
          ]),
        ),
        ...family(
          'stacoptim_readings_total',
          'counter',
          'Readings received by the API, by what became of them.',
          Object.entries(readings).map(([result, value]) =>
            line('stacoptim_readings_total', { result }, value),
          ),
        ),
        ...family(
          'stacoptim_jobs',
          'gauge',
          'Jobs of all organisations.',
          jobs.map(({ kind, state, count: all }) => line('stacoptim_jobs', { kind, state }, all)),
        ),
        ...family(
          'stacoptim_database_connections',
          'gauge',
          'Connections to the database; waiting: calls that wait for one.',
          Object.entries(pool).map(([state, value]) =>
            line('stacoptim_database_connections', { state }, value),
          ),
        ),
        ...family('process_cpu_seconds_total', 'counter', 'Processor time.', [
          line('process_cpu_seconds_total', {}, (user + system) / 1e6),
        ]),
        ...family('process_resident_memory_bytes', 'gauge', 'Resident memory.', [
          line('process_resident_memory_bytes', {}, process.memoryUsage.rss()),
        ]),
        ...family('process_start_time_seconds', 'gauge', 'When the process started.', [
          line('process_start_time_seconds', {}, (Date.now() - performance.now()) / 1000),
        ]),
        ...family('stacoptim_event_loop_delay_seconds', 'gauge', 'Delay of the event loop since the start.', [
          line('stacoptim_event_loop_delay_seconds', { quantile: '0.99' }, delay.percentile(99) / 1e9),
        ]),
        '',
      ].join('\n');
    },
  };
};

const sumOf = (text: string): Buffer => createHash('sha256').update(text).digest();

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/**
 * Serves the metrics to whoever has the token of the settings; without a token to this very computer, and not through a
 * proxy on it.
 */
export const serveMetrics =
  (metrics: Metrics, token: string | undefined): RequestHandler =>
  async (request, response): Promise<void> => {
    const forwarded = ['forwarded', 'x-forwarded-for', 'via', 'x-real-ip'].some(
      (name) => request.headers[name] !== undefined,
    );
    const allowed =
      token === undefined
        ? loopback.has(request.socket.remoteAddress ?? '') && !forwarded
        : timingSafeEqual(sumOf(request.get('authorization') ?? ''), sumOf(`Bearer ${token}`));
    if (!allowed)
      return refuse(response, {
        code: 'not-allowed',
        message: {
          fr: 'Les mesures du serveur ne se lisent que depuis cette machine, ou avec STACOPTIM_METRICS_TOKEN.',
          en: 'The server’s metrics are read from this computer only, or with STACOPTIM_METRICS_TOKEN.',
        },
      });
    response.type('text/plain; version=0.0.4').send(await metrics.text());
  };

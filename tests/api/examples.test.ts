import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardedAccess } from '#api/access.ts';
import { replayRequest } from '#api/replay.ts';
import { startLedger } from '#app/clock.ts';
import { requestHandlers } from '#jobs/requests.ts';
import { startWorker } from '#jobs/worker.ts';
import { openApi, type TestApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';

const pageOf = (name: string): string => readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8');

type Example = { readonly request: string; readonly answer: string };

/** Each request of a page with the answer written under it. */
const examplesOf = (page: string): readonly Example[] =>
  [...page.matchAll(/```http\n([^`]*)```\s+```answer\n([^`]*)```/g)].map(([, request = '', answer = '']) => ({
    request,
    answer,
  }));

/** What is written, as a pattern: `…` is anything, other members may stand beside those named. */
const pattern = (written: unknown): unknown => {
  if (written === '…') return expect.anything() as unknown;
  if (Array.isArray(written)) return written.map(pattern);
  if (typeof written !== 'object' || written === null) return written;
  const members = Object.entries(written).map(([name, value]) => [name, pattern(value)]);
  return expect.objectContaining(Object.fromEntries(members) as Record<string, unknown>) as unknown;
};

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** The first line, the headers, and the body behind them. */
const parts = (text: string): { first: string; headers: [string, string][]; body: string } => {
  const [first = '', ...lines] = text.trim().split('\n');
  const headers: [string, string][] = [];
  while (/^[A-Za-z-]+: /.test(lines[0] ?? '')) {
    const [name = '', ...value] = (lines.shift() ?? '').split(': ');
    headers.push([name, value.join(': ')]);
  }
  return { first, headers, body: lines.join('\n').trim() };
};

describe.each([
  ['api.md', 20],
  ['readings.md', 5],
  ['ngsi-ld.md', 6],
])('%s', (name, fewest) =>
  withStores(`the examples of docs/${name}`, ({ store }) => {
    const page = pageOf(name);
    const examples = examplesOf(page);
    let api: TestApi;
    let authorization = '';
    const variables = new Map<string, string>();
    beforeAll(async () => {
      api = await openApi(store(), () => Date.now(), guardedAccess(store().identities));
      const entry = { organisationId: 1, role: 'integration', name: 'GMAO', createdBy: 'test' };
      authorization = `Bearer ${(await store().identities.addKey(entry)).key}`;
      const manages = { ...entry, role: 'administrator', name: 'DSI' };
      variables.set('administrator', (await store().identities.addKey(manages)).key);
    });
    afterAll(() => api.close());

    const filled = (text: string): string =>
      text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => variables.get(name) ?? `no ${name} yet`);
    /** A header as it is written, `{{name}}` keeping what stands there. */
    const readHeader = (written: string, sent: string | null): void => {
      if (written === 'none') return expect(sent).toBeNull();
      const names: string[] = [];
      const source = written
        .split(/(\{\{\w+\}\}|…)/)
        .map((part) => {
          if (part === '…') return '.*';
          if (!part.startsWith('{{')) return escaped(part);
          names.push(part.slice(2, -2));
          return '(.+)';
        })
        .join('');
      const match = new RegExp(`^${source}$`).exec(sent ?? '');
      expect(match, `${written} against ${sent}`).not.toBeNull();
      for (const [index, name] of names.entries()) variables.set(name, match?.[index + 1] ?? '');
      return undefined;
    };

    /** Works the queue off until a job has ended. */
    const workUntilEnded = async (id: number): Promise<void> => {
      const stop = startWorker(
        { store: store(), nowMs: () => Date.now(), startLedger },
        { handlers: requestHandlers(replayRequest), everyMs: 20 },
      );
      await expect
        .poll(async () => (await store().jobs.get(id))?.state, { timeout: 25_000, interval: 20 })
        .toMatch(/^(done|failed)$/);
      await stop();
    };

    it('are all found', () => {
      expect(examples.length).toBe(page.match(/```http/g)?.length);
      expect(examples.length).toBeGreaterThanOrEqual(fewest);
    });

    describe('in their order', () => {
      it.each(examples.map((one): [string, Example] => [one.request.split('\n')[0] ?? '', one]))(
        '%s',
        async (_title, { request, answer }) => {
          const asked = parts(filled(request));
          const [method = '', path = ''] = asked.first.split(' ');
          const waited = /^\/v1\/jobs\/(\d+)\/answer$/.exec(path)?.[1];
          if (waited !== undefined) await workUntilEnded(Number(waited));
          const headers = new Headers({ authorization, 'content-type': 'application/json' });
          for (const [name, value] of asked.headers)
            if (value === 'none') headers.delete(name);
            else headers.set(name, value);
          const response = await fetch(api.url + path.slice(1), {
            method,
            headers,
            ...(asked.body === '' ? {} : { body: asked.body }),
          });
          const text = await response.text();
          const told = parts(answer);
          expect([response.status, text].slice(0, 1), text).toEqual([Number(told.first)]);
          for (const [name, value] of told.headers) readHeader(value, response.headers.get(name));
          if (told.body === '') expect(text).toBe('');
          else expect(JSON.parse(text)).toEqual(pattern(JSON.parse(told.body)));
        },
      );
    });
  }),
);

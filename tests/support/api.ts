import { startLedger } from '#app/clock.ts';
import { defaultSettings, type Settings } from '#app/settings.ts';
import { type Access, openAccess } from '#api/access.ts';
import { listen } from '#api/server.ts';
import type { Store } from '#store/index.ts';

export type TestApi = {
  readonly url: string;
  readonly close: () => Promise<void>;
};

/** A caller of the local organisation who may do anything. */
export const administrator = { organisationId: 1, role: 'administrator', name: 'test' } as const;

/** The API over a store, on a free port of 127.0.0.1. */
export const openApi = async (
  store: Store,
  nowMs = () => Date.UTC(2026, 0, 1),
  access: Access = openAccess(administrator),
  settings: Settings = defaultSettings,
): Promise<TestApi> => {
  const { server, url } = await listen({ store, nowMs, startLedger, settings }, '127.0.0.1', 0, access);
  return {
    url,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown };

export const call = async (url: string, init: RequestInit = {}): Promise<Answer> => {
  const response = await fetch(url, init);
  return { status: response.status, headers: response.headers, body: await response.json() };
};

export const postJson = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  call(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

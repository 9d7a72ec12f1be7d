import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { CheckedAddress } from './webhook-address.ts';

export type Sent = { readonly durationMs: number } & (
  | { readonly status: number }
  | { readonly error: 'webhook-timeout' | 'webhook-unreachable' }
);

/**
 * Posts a body to an address that was checked, and to no other: the name is not looked up again and no redirection is
 * followed. The answer must have begun within `timeoutMs`.
 */
export const post = (
  { url, address, family }: CheckedAddress,
  body: string,
  headers: Readonly<Record<string, string>>,
  timeoutMs: number,
): Promise<Sent> =>
  new Promise((resolve) => {
    const began = performance.now();
    const pinned: LookupFunction = (_host, options, done) => {
      if (options.all === true) done(null, [{ address, family }]);
      else done(null, address, family);
    };
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(
      url,
      {
        method: 'POST',
        lookup: pinned,
        // A connection of its own: one kept from before may lead to an address that is no longer allowed.
        agent: false,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'stacoptim-webhooks/1',
          ...headers,
        },
      },
      (response) => {
        // The answer is in its status; whatever follows is not read.
        end({ status: response.statusCode ?? 0 });
        response.destroy();
      },
    );
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      request.destroy();
      end({ error: 'webhook-timeout' });
    }, timeoutMs);
    const end = (
      outcome: { status: number } | { error: 'webhook-timeout' | 'webhook-unreachable' },
    ): void => {
      clearTimeout(timer);
      resolve({ ...outcome, durationMs: Math.round(performance.now() - began) });
    };
    request.once('error', () => end({ error: timedOut ? 'webhook-timeout' : 'webhook-unreachable' }));
    request.end(body);
  });

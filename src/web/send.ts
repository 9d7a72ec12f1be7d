import type { ApiFailure } from '../api/contract.ts';
import { type Text, words } from './i18n.ts';

/** What a call gave: its value, or the sentence that says why not. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: Text; readonly code: string };

export const failed = (body: unknown): Outcome<never> => ({
  ok: false,
  message: (body as ApiFailure | null)?.error?.message ?? words.unreachable,
  code: (body as ApiFailure | null)?.error?.code ?? 'unreachable',
});

/** One call of the API under `v1/`, its body as JSON, as a file, or as a form with one. */
export const send = async <T>(method: string, path: string, body?: unknown): Promise<Outcome<T>> => {
  try {
    const response = await fetch(`v1/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : body instanceof FormData || body instanceof Blob
          ? { body }
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const answer: unknown = await response.json();
    return response.ok ? { ok: true, value: answer as T } : failed(answer);
  } catch {
    return failed(null);
  }
};

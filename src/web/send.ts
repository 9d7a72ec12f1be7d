import type { ApiFailure } from '../client/names.ts';
import {
  type Answered,
  type Asked,
  type Asking,
  addressOf,
  initOf,
  type JsonOperation,
} from '../client/request.ts';
import { tellComputed } from './computed.ts';
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

/** What an answer tells, good or refused. */
export const outcomeOf = async <T>(response: Response): Promise<Outcome<T>> => {
  const answer: unknown = await response.json();
  tellComputed();
  return response.ok ? { ok: true, value: answer as T } : failed(answer);
};

/** One call of the API, its body as JSON, as a file, or as a form with one. */
export const send = async <K extends JsonOperation, const Q extends Asked<K>>(
  operation: K,
  ...asked: Asking<K> & [asked?: Q]
): Promise<Outcome<Answered<K, Q>>> => {
  try {
    const own = asked as unknown as Asking<K>;
    return await outcomeOf(await fetch(addressOf(operation, ...own), initOf(operation, ...own)));
  } catch {
    return failed(null);
  }
};

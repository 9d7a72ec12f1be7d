import { useEffect, useRef, useState } from 'preact/hooks';
import type { ApiFailure } from '../client/names.ts';
import { type Answered, type Asking, addressOf, initOf, type JsonOperation } from '../client/request.ts';
import { tellComputed } from './computed.ts';
import { type Text, words } from './i18n.ts';

export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly message: Text; readonly code: string };

const readFailure = (body: unknown): { message: Text; code: string } => {
  const error = (body as ApiFailure | null)?.error;
  return error === undefined
    ? { message: words.unreachable, code: 'unreachable' }
    : { message: error.message, code: error.code };
};

/** The address of the page after the one answered; undefined on the last. */
const nextOf = (response: Response): string | undefined =>
  /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];

/** One call; of a list that comes in pages, every page. */
const call = async <T>(path: string, init: RequestInit): Promise<Loaded<T>> => {
  try {
    const response = await fetch(path, init);
    const body: unknown = await response.json();
    if (!response.ok) return { state: 'failed', ...readFailure(body) };
    if (init.method === 'POST') tellComputed();
    const next = nextOf(response);
    if (next === undefined || !Array.isArray(body)) return { state: 'ready', value: body as T };
    const rest = await call<T>(next, init);
    return rest.state === 'ready' && Array.isArray(rest.value)
      ? { state: 'ready', value: [...body, ...rest.value] as T }
      : rest;
  } catch (error) {
    if ((error as Error).name === 'AbortError') return { state: 'loading' };
    return { state: 'failed', message: words.unreachable, code: 'unreachable' };
  }
};

type Resource<T> = Loaded<T> & {
  readonly retry: () => void;
  /** True while the answer to what is asked now has not come, whatever is still shown. */
  readonly waiting: boolean;
};

/** Loads `path` when it changes, by GET unless something is sent; an answer that comes after the next question is dropped. */
export const useAddress = <T>(path: string, sent?: BodyInit | null): Resource<T> => {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading' });
  const [attempt, setAttempt] = useState(0);
  const asked = JSON.stringify([path, sent, attempt]);
  const [answered, setAnswered] = useState('');
  useEffect(() => {
    const abort = new AbortController();
    if (sent === undefined) setLoaded({ state: 'loading' });
    const init: RequestInit =
      sent === undefined
        ? { signal: abort.signal }
        : {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: sent,
            signal: abort.signal,
          };
    void call<T>(path, init).then((answer) => {
      if (abort.signal.aborted) return;
      setLoaded(answer);
      setAnswered(asked);
    });
    return () => abort.abort();
  }, [path, sent, attempt]);
  return {
    ...loaded,
    retry: () => setAttempt((before) => before + 1),
    waiting: answered !== asked,
  };
};

/** What an operation answers, asked again when what it is asked changes. */
export const useResource = <K extends JsonOperation>(
  operation: K,
  ...asked: Asking<K>
): Resource<Answered<K>> => useAddress(addressOf(operation, ...asked), initOf(operation, ...asked).body);

/** The same, the former answer kept while the next one comes, so that nothing jumps and no form is lost. */
export const useSteadyResource = <K extends JsonOperation>(
  operation: K,
  ...asked: Asking<K>
): Resource<Answered<K>> => useSteady(useResource(operation, ...asked));

/** A resource whose former value stands in while the next one comes. */
export const useSteady = <T>(loaded: Resource<T>): Resource<T> => {
  const last = useRef<T | undefined>(undefined);
  if (loaded.state === 'ready') last.current = loaded.value;
  return loaded.state === 'loading' && last.current !== undefined
    ? { ...loaded, state: 'ready', value: last.current }
    : loaded;
};

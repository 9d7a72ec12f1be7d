import {
  type Answered,
  type Asked,
  type Asking,
  addressOf,
  initOf,
  type JsonOperation,
  type Operation,
} from './request.ts';

/** A refusal in both languages; `unreachable` (status 0) where no answer came, `not-json` where it is no JSON. */
export type Refusal = {
  readonly code: string;
  readonly message: { readonly fr: string; readonly en: string };
  readonly where?: string;
};

/** What a call gave. Nothing is thrown for a refusal: its code says what to do (docs/errors.md). */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T; readonly status: number; readonly headers: Headers }
  | { readonly ok: false; readonly error: Refusal; readonly status: number; readonly headers: Headers };

export type ClientOptions = {
  /** The root of the server, `http://127.0.0.1:8080/`. */
  readonly url: string;
  /** The key of a machine; without it, whatever session the platform sends. */
  readonly key?: string;
  /** Another `fetch`, for what stands between. */
  readonly fetch?: typeof fetch;
};

export type Client = {
  /** A call that answers in JSON. */
  readonly call: <K extends JsonOperation, const Q extends Asked<K>>(
    operation: K,
    ...asked: Asking<K> & [asked?: Q]
  ) => Promise<Outcome<Answered<K, Q>>>;
  /** Any call, its answer as it comes: files and streams. Rejects as `fetch` does. */
  readonly fetch: <K extends Operation>(operation: K, ...asked: Asking<K>) => Promise<Response>;
};

const unreachable: Refusal = {
  code: 'unreachable',
  message: { fr: 'Le serveur ne répond pas.', en: 'The server does not answer.' },
};

const notJson: Refusal = {
  code: 'not-json',
  message: { fr: 'La réponse n’est pas du JSON.', en: 'The answer is not JSON.' },
};

const refusalOf = (body: unknown): Refusal => (body as { error?: Refusal } | null)?.error ?? notJson;

/** A client of the API whose calls are typed by its OpenAPI document. Stateless: one serves any number of calls at once. */
export const createClient = ({ url, key, fetch: send = fetch }: ClientOptions): Client => {
  const root = url.endsWith('/') ? url : `${url}/`;
  const ask = <K extends Operation>(operation: K, ...asked: Asking<K>): Promise<Response> => {
    const init = initOf(operation, ...asked);
    const headers = new Headers(init.headers);
    if (key !== undefined) headers.set('authorization', `Bearer ${key}`);
    return send(root + addressOf(operation, ...asked), { ...init, headers });
  };
  const call = async (operation: Operation, ...asked: Asking<Operation>): Promise<Outcome<unknown>> => {
    let response: Response;
    try {
      response = await ask(operation, ...asked);
    } catch {
      return { ok: false, error: unreachable, status: 0, headers: new Headers() };
    }
    const { ok, status, headers } = response;
    const text = await response.text();
    try {
      const value: unknown = text === '' ? undefined : JSON.parse(text);
      return ok ? { ok, value, status, headers } : { ok: false, error: refusalOf(value), status, headers };
    } catch {
      return { ok: false, error: notJson, status, headers };
    }
  };
  return { call: call as Client['call'], fetch: ask };
};

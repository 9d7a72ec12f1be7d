import type { Operations } from './operations.ts';

export type Operation = keyof Operations;

/** What a call of an operation is given: the parts of its address, its query and its body, and headers beside them. */
export type Asked<K extends Operation> = Omit<Operations[K], 'answer' | 'some'> & {
  readonly headers?: Readonly<Record<string, string>>;
};

/** The same as an argument, left out where nothing of it is needed. */
export type Asking<K extends Operation> = object extends Asked<K> ? [asked?: Asked<K>] : [asked: Asked<K>];

/** Operations that answer in JSON. */
export type JsonOperation = {
  [K in Operation]: Operations[K] extends { readonly answer: unknown } ? K : never;
}[Operation];

type Whole<K extends Operation> = Operations[K] extends { readonly answer: infer A } ? A : never;

/** What a call answers: the whole, or some of it where it asks for `fields`. */
export type Answered<K extends Operation, Q = undefined> = Q extends {
  readonly query: { readonly fields: string };
}
  ? Operations[K] extends { readonly some: infer S }
    ? S
    : Whole<K>
  : Whole<K>;

type QueryValue = string | number | boolean;

type Parts = {
  readonly path?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, QueryValue | readonly QueryValue[] | undefined>>;
};

/** The address of an operation under the root of the API, without a slash before it. */
export const addressOf = <K extends Operation>(operation: K, ...[asked]: Asking<K>): string => {
  const { path = {}, query = {} } = (asked ?? {}) as Parts;
  const parameters = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      (value === undefined ? [] : [value].flat()).map((one) => [name, String(one)]),
    ),
  ).toString();
  const address = operation
    .slice(operation.indexOf('/') + 1)
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
  return parameters === '' ? address : `${address}?${parameters}`;
};

/** What `fetch` needs beside the address: a body that is a plain value goes as JSON, a file as it is. */
export const initOf = <K extends Operation>(operation: K, ...[asked]: Asking<K>): RequestInit => {
  const { body, headers } = (asked ?? {}) as { body?: unknown; headers?: Record<string, string> };
  const isFile =
    typeof body === 'string' ||
    body instanceof Uint8Array ||
    body instanceof Blob ||
    body instanceof FormData;
  return {
    method: operation.slice(0, operation.indexOf(' ')),
    ...(body === undefined ? {} : { body: isFile ? (body as BodyInit) : JSON.stringify(body) }),
    headers: { ...(body === undefined || isFile ? {} : { 'content-type': 'application/json' }), ...headers },
  };
};

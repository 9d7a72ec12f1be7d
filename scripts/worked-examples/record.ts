import { type Client, createClient } from '#client/client.ts';
import type { Answered, Asked, Asking, JsonOperation, Operation } from '#client/request.ts';
import type { WorkedExample, WorkedExamples } from '#api/worked-examples.ts';
import type { World } from './world.ts';

type Sent = { readonly path?: unknown; readonly query?: unknown; readonly body?: unknown };

/** What a step of the walk may do. */
export type Walker = {
  readonly world: World;
  /** A call that is an example. Throws when it is refused. */
  readonly ask: <K extends JsonOperation, const Q extends Asked<K>>(
    operation: K,
    ...asked: Asking<K> & [asked?: Q]
  ) => Promise<Answered<K, Q>>;
  /** The same for a file or a stream; `file` says where the file that is sent stands. */
  readonly take: <K extends Operation>(
    operation: K,
    asked: Asked<K>,
    options?: { readonly file?: string; readonly key?: string },
  ) => Promise<Uint8Array<ArrayBuffer>>;
  /** Calls that are no example: to wait for something. */
  readonly beside: Client;
};

/** What changes from run to run and is nobody's business, as an example shows it. */
const plain =
  ({ url, urlToday, hook }: World) =>
  (text: string): string =>
    text
      .replaceAll(hook, 'https://gmao.example.org/stacoptim')
      .replaceAll(url, 'http://127.0.0.1:8080/')
      .replaceAll(urlToday, 'http://127.0.0.1:8080/')
      .replaceAll(/\b(stk_|whsec_|lien=)[\w+/=-]{20,}/g, '$1…');

const isText = (type: string): boolean => /json|xml|^text\//.test(type);

/** An answer as it came: JSON as its value, other text as it is, of other files nothing but their type. */
const answerOf = (type: string, text: string): unknown => (type.endsWith('json') ? JSON.parse(text) : text);

/** A walk over the API of a world, whose first call of each operation is kept. */
export const recordingWalker = (
  world: World,
): { readonly walkerAt: (url: string) => Walker; readonly examples: () => WorkedExamples } => {
  const examples = new Map<string, WorkedExample>();
  const clean = plain(world);
  const told = (value: unknown): unknown => JSON.parse(clean(JSON.stringify(value)));
  const keep = (
    operation: Operation,
    { path, query, body }: Sent,
    answered: { readonly status: number; readonly type: string; readonly bytes: Uint8Array },
    file?: string,
  ): void => {
    const { status, type, bytes } = answered;
    if (examples.has(operation)) return;
    examples.set(operation, {
      ...(path === undefined ? {} : { path: told(path) as Record<string, string | number> }),
      ...(query === undefined ? {} : { query: told(query) as Record<string, unknown> }),
      ...(file === undefined ? (body === undefined ? {} : { body: told(body) }) : { file }),
      status,
      ...(type === '' ? {} : { type }),
      ...(isText(type) ? { answer: answerOf(type, clean(new TextDecoder().decode(bytes))) } : {}),
    });
  };
  const fetchAs = async (
    client: Client,
    operation: Operation,
    asked: Sent,
    file?: string,
  ): Promise<Uint8Array<ArrayBuffer>> => {
    const response = await (client.fetch as (operation: Operation, asked: Sent) => Promise<Response>)(
      operation,
      asked,
    );
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (!response.ok) throw new Error(`${operation}: ${response.status} ${new TextDecoder().decode(bytes)}`);
    const [type = ''] = (response.headers.get('content-type') ?? '').split(';');
    keep(operation, asked, { status: response.status, type, bytes }, file);
    return bytes;
  };
  return {
    walkerAt: (url) => {
      const own = createClient({ url, key: world.key });
      const ask = async (operation: JsonOperation, asked: Sent = {}): Promise<unknown> =>
        JSON.parse(new TextDecoder().decode(await fetchAs(own, operation, asked)));
      return {
        world,
        ask: ask as Walker['ask'],
        take: (operation, asked, { file, key } = {}) =>
          fetchAs(key === undefined ? own : createClient({ url, key }), operation, asked as Sent, file),
        beside: own,
      };
    },
    examples: () => Object.fromEntries(examples),
  };
};

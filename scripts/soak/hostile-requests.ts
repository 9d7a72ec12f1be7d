/** Requests made from the OpenAPI document: half of them as it asks, half with something wrong somewhere. */
import type { Random } from '../stock/random.ts';

/** What we use of a JSON schema, as the document writes one. */
type Schema = {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
  readonly format?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly minLength?: number;
};

export type Described = {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly body?: Schema;
  /** By status (or its class, “4XX”), then by type, what an answer must be. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, { readonly schema: Schema }>>>>;
};

type Document = {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly parameters?: Described['parameters'];
            readonly responses: Readonly<
              Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>
            >;
            readonly requestBody?: {
              readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
            };
          }
        >
      >
    >
  >;
};

/** The operations of a document. */
export const describedBy = (document: object): Described[] =>
  Object.entries((document as Document).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody, responses }]) => {
      const body = requestBody?.content['application/json']?.schema;
      const answers = Object.fromEntries(
        Object.entries(responses).map(([status, { content = {} }]) => [status, content]),
      );
      return {
        method: method.toUpperCase(),
        path,
        parameters,
        answers,
        ...(body === undefined ? {} : { body }),
      };
    }),
  );

const hostileTexts = [
  '',
  ' ',
  "' or 1=1 --",
  "1'; drop table buildings; --",
  '../../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  '%00',
  'a\u0000b',
  '\ud800',
  '\u202eévil\ufeff',
  '<script>alert(1)</script>',
  '{{7*7}}${7*7}',
  '__proto__',
  'constructor',
  '9'.repeat(400),
  'é'.repeat(5000),
  'NaN',
  '-1',
  '1e999',
  '2024-02-30',
  '0000-00-00T00:00:00Z',
] as const;

/** Those that a header can carry at all. */
const headerTexts = hostileTexts.filter((text) => /^[\u0020-\u007e]*$/.test(text));

const hostileValues = [
  null,
  true,
  -1,
  0,
  1e308,
  2 ** 53,
  2 ** 31,
  0.1,
  [],
  {},
  [[[[[[]]]]]],
  { __proto__: null, constructor: { prototype: 1 } },
] as const;

export type RequestMaker = {
  readonly next: () => {
    readonly operation: Described;
    readonly address: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  };
};

/** A seeded source of requests; `knownUnder` are identifiers that exist, by the part of an address that they follow. */
export const requestMaker = (
  { uniform }: Random,
  operations: readonly Described[],
  knownUnder: Readonly<Record<string, readonly string[]>>,
): RequestMaker => {
  const known = Object.values(knownUnder).flat();
  const chance = (share: number): boolean => uniform() < share;
  const pick = <T>(of: readonly T[]): T => {
    const one = of[Math.floor(uniform() * of.length)];
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  };
  const textOf = ({ format, minLength = 0 }: Schema): string => {
    if (format === 'date') return `20${10 + Math.floor(uniform() * 20)}-0${1 + Math.floor(uniform() * 9)}-15`;
    if (format === 'date-time') return `2024-0${1 + Math.floor(uniform() * 9)}-15T12:00:00Z`;
    return chance(0.3) ? pick(known) : 'texte é'.repeat(Math.max(1, Math.ceil(minLength / 7)));
  };
  const numberOf = (schema: Schema, whole: boolean): number => {
    const from = schema.minimum ?? schema.exclusiveMinimum ?? 0;
    const value = from + uniform() * (Math.min(schema.maximum ?? 1000, from + 1e6) - from);
    return whole ? Math.ceil(value) : value;
  };
  const valueOf = (schema: Schema, wrong: number): unknown => {
    if (chance(wrong)) return pick<unknown>([pick(hostileValues), pick(hostileTexts)]);
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices !== undefined) return valueOf(pick(choices), wrong);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum !== undefined) return pick(schema.enum);
    const type = typeof schema.type === 'object' ? pick(schema.type) : schema.type;
    if (type === 'object') {
      const entries = Object.entries(schema.properties ?? {})
        .filter(([name]) => schema.required?.includes(name) === true || chance(0.5))
        .filter(() => !chance(wrong))
        .map(([name, of]) => [name, valueOf(of, wrong)]);
      const more = schema.additionalProperties;
      if (typeof more === 'object') entries.push([pick(known), valueOf(more, wrong)]);
      return Object.fromEntries(entries);
    }
    if (type === 'array')
      return Array.from({ length: (schema.minItems ?? 0) + Math.floor(uniform() * 3) }, () =>
        valueOf(schema.items ?? {}, wrong),
      );
    if (type === 'number' || type === 'integer') return numberOf(schema, type === 'integer');
    if (type === 'boolean') return chance(0.5);
    return type === 'null' ? null : textOf(schema);
  };
  const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());
  /** A part of an address: mostly one that exists under the part before it. */
  const segment = (before: string): string => {
    const own = knownUnder[before];
    if (own !== undefined && chance(0.7)) return encoded(pick(own));
    return encoded(
      chance(0.4) ? pick(known) : chance(0.7) ? String(Math.ceil(uniform() * 3)) : pick(hostileTexts),
    );
  };
  const bodyOf = (operation: Described, wrong: number): string | undefined => {
    if (operation.method === 'GET') return undefined;
    const body = JSON.stringify(valueOf(operation.body ?? {}, wrong));
    if (!chance(wrong)) return body;
    return pick([body.slice(0, -1), '', '{"a":'.repeat(2000), `${body}${body}`, '\u0000\u0001']);
  };
  /** Headers that make a call conditional; keys from a small set, so that they come again with the same request or another. */
  const conditionsOf = ({ parameters }: Described): Record<string, string> =>
    Object.fromEntries(
      parameters
        .filter((one) => one.in === 'header' && chance(0.25))
        .map(({ name }) => [
          name,
          chance(0.2)
            ? pick(headerTexts)
            : name === 'Idempotency-Key'
              ? `key-${Math.floor(uniform() * 50)}`
              : name === 'Prefer'
                ? 'respond-async'
                : pick(['*', '"0123456789abcdef0123456789abcdef"', 'W/"x", "y-gzip"']),
        ]),
    );
  return {
    next: () => {
      const operation = pick(operations);
      const wrong = chance(0.5) ? 0 : 0.15;
      // An empty segment would be another address.
      const path = operation.path.replaceAll(
        /(\w+)\/\{\w+\}/g,
        (_part, before: string) => `${before}/${segment(before) || '%20'}`,
      );
      // A list takes many filters; with most of them at once nothing would ever be found.
      const filters = operation.parameters.filter((one) => one.in === 'query');
      const query = filters
        .filter(() => chance(filters.length > 4 ? 0.2 : 0.7))
        .flatMap(({ name, schema }) =>
          [valueOf(schema, wrong)]
            .flat()
            .map((value) => `${name}=${encoded(typeof value === 'string' ? value : JSON.stringify(value))}`),
        );
      if (chance(wrong)) query.push(`${encoded(pick(hostileTexts))}=1`);
      const body = bodyOf(operation, wrong);
      const type = chance(wrong) ? pick(['text/plain', 'application/xml', 'x', 'multipart/form-data']) : '';
      return {
        operation,
        address: `${path.slice(1)}${query.length === 0 ? '' : `?${query.join('&')}`}`,
        headers: { 'content-type': type === '' ? 'application/json' : type, ...conditionsOf(operation) },
        ...(body === undefined ? {} : { body }),
      };
    },
  };
};

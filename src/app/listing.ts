import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Page, PageKey, PageQuery } from '#store/index.ts';
import { failure, ok, type Result } from '../core/result.ts';
import { expectedOf } from './expected-of.ts';

/** How a list may be asked for: what an item holds, its orders and which is the usual one, its filters. */
export type ListShape = {
  readonly item: z.ZodObject;
  readonly sorts: readonly [string, ...string[]];
  readonly usualSort: string;
  readonly filters: z.ZodObject;
  /** Items of a page where nothing is said, and at most. */
  readonly usual?: number;
  readonly most?: number;
  /** True where a page may be asked for by its place, for a list that is scrolled by jumps. */
  readonly skips?: true;
};

/** What a caller asked of a list, checked. */
export type ListRequest = {
  readonly query: PageQuery;
  /** Only these fields of each item; all of them without. */
  readonly fields?: readonly string[];
  /** Writes the cursor of a place in this very list. */
  readonly cursorOf: (place: NonNullable<Page<never>['next']>) => string;
};

/** A page of a list, and the cursor of the next one. */
export type Listed<T> = { readonly items: readonly T[]; readonly next: string | null };

const usualPage = 100;
const mostPage = 1000;

/** Which fields of a single thing to answer. */
export const fieldsQuery = z.object({
  fields: z
    .string()
    .max(1000)
    .optional()
    .describe('Names of the fields to answer, with commas between them; all when left out'),
});

const queries = new WeakMap<ListShape, z.ZodObject>();

/** What each list takes, as its operation documents it. */
export const listQuery = (shape: ListShape): z.ZodObject => {
  const made = queries.get(shape) ?? makeListQuery(shape);
  queries.set(shape, made);
  return made;
};

const makeListQuery = ({
  sorts,
  usualSort,
  filters,
  usual = usualPage,
  most = mostPage,
  skips,
}: ListShape): z.ZodObject =>
  filters.extend({
    ...(skips === true
      ? {
          skip: z.coerce
            .number()
            .int()
            .min(0)
            .max(10_000_000)
            .optional()
            .describe('Items to pass over from the beginning, without a cursor: a jump into a long list'),
        }
      : {}),
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(most)
      .optional()
      .describe(`Items of a page, at most; ${usual} when left out`),
    cursor: z
      .string()
      .min(1)
      .max(2000)
      .optional()
      .describe('Where the page begins, as the link “next” of the page before says it'),
    sort: z
      .enum(sorts.flatMap((name) => [name, `-${name}`]))
      .optional()
      .describe(
        `Order, with “-” downwards; ${usualSort} when left out. What has no value comes last both ways`,
      ),
    ...fieldsQuery.shape,
  });

const cursorSchema = z.tuple([
  z.string(),
  z.union([z.string().max(1000), z.number(), z.null()]),
  z.union([
    z.string().max(200),
    z
      .number()
      .int()
      .min(-(2 ** 31))
      .max(2 ** 31 - 1),
  ]),
]);

export const badCursor = failure(
  'cursor-invalid',
  'Ce curseur n’est pas de cette liste, ou ses filtres ou son ordre ont changé depuis. Reprenez la liste sans curseur.',
  'This cursor is not of this list, or its filters or order have changed since. Start the list again without a cursor.',
  { field: 'cursor' },
);

type Place = { readonly key: PageKey; readonly id: string | number };

/** A place in a list, bound to the list it was made for: another order or other filters would leave rows out in silence. */
export const cursorsOf = (list: string) => {
  const mark = createHash('sha256').update(list).digest('base64url').slice(0, 12);
  return {
    write: ({ key, id }: Place): string => Buffer.from(JSON.stringify([mark, key, id])).toString('base64url'),
    read: (text: string): Place | undefined => {
      try {
        const parsed = cursorSchema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
        if (!parsed.success || parsed.data[0] !== mark) return undefined;
        const [, key, id] = parsed.data;
        return { key, id };
      } catch {
        return undefined;
      }
    },
  };
};

/** Parameters said once stand for a list of one where a filter takes several; empty ones are as good as left out. */
const spread = (schema: z.ZodObject, query: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => {
      if (value === '') return [];
      const field: unknown = Object.hasOwn(schema.shape, name) ? schema.shape[name] : undefined;
      const takesSeveral = field instanceof z.ZodOptional && field.unwrap() instanceof z.ZodArray;
      return [[name, takesSeveral && !Array.isArray(value) ? [value] : value]];
    }),
  );

/** Reads the parameters of an address, none of which may be unknown. Fails with `parameter-unknown`, `parameter-invalid`. */
export const readQuery = (
  schema: z.ZodObject,
  asked: Readonly<Record<string, unknown>>,
): Result<Record<string, unknown>> => {
  const unknown = Object.keys(asked).find((name) => !Object.hasOwn(schema.shape, name));
  const known = Object.keys(schema.shape).join(', ');
  if (unknown !== undefined)
    return failure(
      'parameter-unknown',
      `Le paramètre « ${unknown.slice(0, 100)} » est inconnu ici : un filtre mal écrit rendrait tout le parc. Connus : ${known}.`,
      `The parameter “${unknown.slice(0, 100)}” is unknown here: a misspelt filter would give the whole stock. Known: ${known}.`,
      { field: unknown.slice(0, 100) },
    );
  const sent = spread(schema, asked);
  const parsed = schema.safeParse(sent);
  if (parsed.success) return ok(parsed.data);
  const field = String(parsed.error.issues[0]?.path[0] ?? '');
  const expected = expectedOf(parsed.error, sent);
  return failure(
    'parameter-invalid',
    `La valeur du paramètre « ${field} » n’est pas admise${expected.fr}. Voyez /v1/openapi.json.`,
    `The value of the parameter “${field}” is not allowed${expected.en}. See /v1/openapi.json.`,
    { field },
  );
};

/**
 * Reads what is asked of a list. `scope` names the list and whom it is for: a cursor is good for nothing else. Fails with `parameter-unknown`,
 * `parameter-invalid`, `fields-unknown`, `cursor-invalid`.
 */
export const readListRequest = (
  shape: ListShape,
  scope: string,
  asked: Readonly<Record<string, unknown>>,
): Result<ListRequest> => {
  const parsed = readQuery(listQuery(shape), asked);
  if (!parsed.ok) return parsed;
  const { limit, cursor, skip, sort, fields, ...filters } = parsed.value as Record<string, unknown> & {
    limit?: number;
    skip?: number;
    cursor?: string;
    sort?: string;
    fields?: string;
  };
  const read = readFields(shape.item, fields);
  if (!read.ok) return read;
  const order = sort ?? shape.usualSort;
  const list = JSON.stringify([
    scope,
    order,
    Object.entries(filters).toSorted(([one], [other]) => one.localeCompare(other)),
  ]);
  const cursors = cursorsOf(list);
  if (cursor !== undefined && skip !== undefined)
    return failure(
      'parameter-invalid',
      '« skip » part du début de la liste et ne va pas avec « cursor » : donnez l’un des deux.',
      '“skip” starts from the beginning of the list and does not go with “cursor”: give one of them.',
      { field: 'skip' },
    );
  const after = cursor === undefined ? undefined : cursors.read(cursor);
  if (cursor !== undefined && after === undefined) return badCursor;
  return ok({
    query: {
      limit: limit ?? shape.usual ?? usualPage,
      sort: order.replace(/^-/, ''),
      descending: order.startsWith('-'),
      filters,
      ...(skip === undefined ? {} : { skip }),
      ...(after === undefined ? {} : { after }),
    },
    cursorOf: cursors.write,
    ...(read.value === undefined ? {} : { fields: read.value }),
  });
};

/** The fields asked for, the identifier with them; undefined for all. Fails with `fields-unknown`. */
export const readFields = (item: z.ZodObject, fields: unknown): Result<readonly string[] | undefined> => {
  if (fields === undefined || fields === '') return ok(undefined);
  const names = typeof fields === 'string' ? fields.split(',').map((name) => name.trim()) : [];
  const unknown = names.find((name) => !Object.hasOwn(item.shape, name));
  if (names.length === 0 || unknown !== undefined)
    return failure(
      'fields-unknown',
      `Champ inconnu dans « fields » : « ${(unknown ?? '').slice(0, 100)} ». Connus : ${Object.keys(item.shape).join(', ')}.`,
      `Unknown field in “fields”: “${(unknown ?? '').slice(0, 100)}”. Known: ${Object.keys(item.shape).join(', ')}.`,
      { field: 'fields' },
    );
  return ok(['id', ...names]);
};

/** The request with a filter that the address of the list sets. */
export const withFilter = (request: ListRequest, name: string, value: unknown): ListRequest => ({
  ...request,
  query: { ...request.query, filters: { ...request.query.filters, [name]: value } },
});

/** The fields of an item that were asked for. */
export const sparse = (item: object, fields: readonly string[] | undefined): object =>
  fields === undefined
    ? item
    : Object.fromEntries(Object.entries(item).filter(([name]) => fields.includes(name)));

/** What a page answers: whole items, or those of `fields` alone. */
export const pageAnswer = ({ item }: ListShape): z.ZodType => {
  const id = item.shape['id'];
  if (id === undefined) throw new Error('an item of a list has an id');
  return z.union([z.array(item), z.array(item.partial().extend({ id }))]);
};

/** A page of the store as the list shows it. */
export const listed = <T>(
  { cursorOf }: ListRequest,
  items: readonly T[],
  { next }: Pick<Page<never>, 'next'>,
): Listed<T> => ({ items, next: next === undefined ? null : cursorOf(next) });

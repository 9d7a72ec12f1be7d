import type { EntityManager } from 'typeorm';
import { rowsOf } from './scope.ts';

/** The value a row is ordered by; null sorts last, up and down. */
export type PageKey = string | number | null;

/** A page of a list: filters by name, the order, and the place after which it begins. */
export type PageQuery = {
  readonly limit: number;
  readonly sort: string;
  readonly descending: boolean;
  readonly after?: { readonly key: PageKey; readonly id: string | number };
  /** Rows to pass over from the beginning: a jump into a long list. Not with `after`. */
  readonly skip?: number;
  /** Filters of the list by name; a name it has not is a bug of the caller. */
  readonly filters: Readonly<Record<string, unknown>>;
};

export type Page<T> = {
  readonly items: readonly T[];
  /** Where the next page begins; absent on the last one. */
  readonly next?: { readonly key: PageKey; readonly id: string | number };
};

type SqlType = 'text' | 'integer' | 'double precision' | 'date';
type Column = { readonly sql: string; readonly type: SqlType };
/** `id`: the identifier as the table of the column itself has it, where that is another one, for its index. */
type SortColumn = Column & { readonly id?: string };

/** How a list is read: its tables, what it may be ordered by, and each filter as a condition on its parameter. */
export type Listable = {
  readonly from: string;
  /** Tables joined where an order or a filter speaks of their alias. */
  readonly joined?: Readonly<Record<string, string>>;
  readonly id: Column;
  readonly sorts: Readonly<Record<string, SortColumn>>;
  readonly filters: Readonly<Record<string, (parameter: string) => string>>;
  /** Filters that leave few rows, which are found before they are ordered. */
  readonly narrowing?: readonly string[];
};

type Place = { readonly id: string | number; readonly key: PageKey };

/** The filters as conditions on `values`, which they are added to. */
export const conditionsOf = (
  { filters }: Pick<Listable, 'filters'>,
  asked: PageQuery['filters'],
  values: unknown[],
): string[] =>
  Object.entries(asked).map(([name, value]) => {
    const condition = filters[name];
    if (condition === undefined) throw new Error(`no filter ${name} in this list`);
    values.push(value);
    return condition(`$${values.length}`);
  });

/** The tables of the list with those that something in `spoken` speaks of. */
export const tablesOf = (
  { from, joined = {} }: Pick<Listable, 'from' | 'joined'>,
  spoken: readonly string[],
): string =>
  [
    from,
    ...Object.entries(joined).flatMap(([alias, join]) =>
      spoken.some((sql) => sql.includes(`${alias}.`)) ? [join] : [],
    ),
  ].join(' ');

/** Rows of the list that have a key: what a jump past the last of them has already passed. */
const withKey = async (
  manager: EntityManager,
  listable: Listable,
  key: Column,
  query: PageQuery,
): Promise<number> => {
  const values: unknown[] = [];
  const where = [`${key.sql} is not null`, ...conditionsOf(listable, query.filters, values)];
  const [{ count } = { count: 0 }] = await rowsOf<{ count: number }>(
    manager,
    `select count(*)::int as count from ${tablesOf(listable, [key.sql, ...where])} where ${where.join(' and ')}`,
    values,
  );
  return count;
};

/**
 * The identifiers of a page, in order, with one more row to know whether there is another page. Rows with a key come first, by a comparison
 * of (key, id) that an index answers wherever the page begins; those without one follow in order of id.
 */
const places = async (manager: EntityManager, listable: Listable, query: PageQuery): Promise<Place[]> => {
  const { id, sorts, narrowing = [] } = listable;
  const key = sorts[query.sort];
  if (key === undefined) throw new Error(`no order by ${query.sort} in this list`);
  const ownId = key.id ?? id.sql;
  const [direction, beyond] = query.descending ? ['desc', '<'] : ['asc', '>'];
  const wanted = query.limit + 1;
  const narrowed = Object.keys(query.filters).some((name) => narrowing.includes(name));
  const byId = [narrowed ? 'id' : id.sql];
  const run = (
    conditions: readonly string[],
    after: readonly unknown[],
    order: readonly string[],
    limit: number,
    skip = 0,
  ) => {
    const values: unknown[] = [...after];
    const where = [...conditions, ...conditionsOf(listable, query.filters, values)];
    values.push(limit, skip);
    const rows = `select ${id.sql} as id, ${key.type === 'date' ? `${key.sql}::text` : key.sql} as key
      from ${tablesOf(listable, [key.sql, ...where])} where ${where.join(' and ')}`;
    const inOrder = `order by ${order.map((column) => `${column} ${direction}`).join(', ')}`;
    const page = `limit $${values.length - 1} offset $${values.length}`;
    // Statistics of each column alone do not know which values go together: the planner would walk the whole order for a page that a
    // narrow filter never fills. "offset 0" is a fence: those rows are found first.
    const sql = narrowed ? `select id, key from (${rows} offset 0) found` : rows;
    return rowsOf<Place>(manager, `${sql} ${inOrder} ${page}`, values);
  };
  const { after } = query;
  if (key.sql === id.sql)
    return run(
      after === undefined ? ['true'] : [`${id.sql} ${beyond} $1::${id.type}`],
      after === undefined ? [] : [after.id],
      byId,
      wanted,
      query.skip,
    );
  const keyed =
    after?.key === null
      ? []
      : await run(
          [
            `${key.sql} is not null`,
            ...(after === undefined
              ? []
              : [`(${key.sql}, ${ownId}) ${beyond} ($1::${key.type}, $2::${id.type})`]),
          ],
          after === undefined ? [] : [after.key, after.id],
          narrowed ? ['key', 'id'] : [key.sql, ownId],
          wanted,
          query.skip,
        );
  if (keyed.length === wanted) return keyed;
  const skipped = query.skip === undefined || query.skip === 0 ? 0 : query.skip;
  const passed = keyed.length > 0 || skipped === 0 ? skipped : await withKey(manager, listable, key, query);
  const unkeyed = await run(
    [`${key.sql} is null`, ...(after?.key === null ? [`${id.sql} ${beyond} $1::${id.type}`] : [])],
    after?.key === null ? [after.id] : [],
    byId,
    wanted - keyed.length,
    skipped - passed,
  );
  return [...keyed, ...unkeyed];
};

/** How many rows of a list the filters let through. */
export const countRows = async (
  manager: EntityManager,
  listable: Listable,
  asked: PageQuery['filters'],
): Promise<number> => {
  const values: unknown[] = [];
  const where = ['true', ...conditionsOf(listable, asked, values)];
  const [row] = await rowsOf<{ count: number }>(
    manager,
    `select count(*)::int as count from ${tablesOf(listable, where)} where ${where.join(' and ')}`,
    values,
  );
  return row?.count ?? 0;
};

/** Reads a page: which rows it holds by the database alone, then the rows themselves by `read`, in any order. */
export const readPage = async <T extends { readonly id: string | number }>(
  manager: EntityManager,
  listable: Listable,
  query: PageQuery,
  read: (ids: readonly (string | number)[]) => Promise<readonly T[]>,
): Promise<Page<T>> => {
  const found = await places(manager, listable, query);
  const kept = found.slice(0, query.limit);
  const byId = new Map((await read(kept.map(({ id }) => id))).map((row) => [row.id, row]));
  const last = kept.at(-1);
  return {
    // A row that was deleted between the two readings is no longer of the page.
    items: kept.flatMap(({ id }) => byId.get(id) ?? []),
    ...(found.length > query.limit && last !== undefined ? { next: last } : {}),
  };
};

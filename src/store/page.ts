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
  /** Rows to pass over first, where the list is ordered by identifier: for callers that count in pages. */
  readonly offset?: number;
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
  /** The tables with one more, where an order or a filter speaks of its alias. */
  readonly joined?: { readonly alias: string; readonly from: string };
  readonly id: Column;
  readonly sorts: Readonly<Record<string, SortColumn>>;
  readonly filters: Readonly<Record<string, (parameter: string) => string>>;
};

type Place = { readonly id: string | number; readonly key: PageKey };

/**
 * The identifiers of a page, in order, with one more row to know whether there is another page. Rows with a key come first, by a comparison
 * of (key, id) that an index answers wherever the page begins; those without one follow in order of id.
 */
const places = async (
  manager: EntityManager,
  { from, joined, id, sorts, filters }: Listable,
  query: PageQuery,
): Promise<Place[]> => {
  const key = sorts[query.sort];
  if (query.offset !== undefined && key?.sql !== id.sql)
    throw new Error('an offset goes with the order by id');
  if (key === undefined) throw new Error(`no order by ${query.sort} in this list`);
  const ownId = key.id ?? id.sql;
  const [direction, beyond] = query.descending ? ['desc', '<'] : ['asc', '>'];
  const wanted = query.limit + 1;
  const run = (conditions: readonly string[], after: readonly unknown[], order: string, limit: number) => {
    const values: unknown[] = [...after];
    const where = [...conditions];
    for (const [name, value] of Object.entries(query.filters)) {
      const condition = filters[name];
      if (condition === undefined) throw new Error(`no filter ${name} in this list`);
      values.push(value);
      where.push(condition(`$${values.length}`));
    }
    values.push(limit, query.offset ?? 0);
    const speaks = [key.sql, ...where].some((sql) => sql.includes(`${joined?.alias}.`));
    const tables = joined !== undefined && speaks ? joined.from : from;
    return rowsOf<Place>(
      manager,
      `select ${id.sql} as id, ${key.type === 'date' ? `${key.sql}::text` : key.sql} as key from ${tables} where ${where.join(' and ')}
       order by ${order} limit $${values.length - 1} offset $${values.length}`,
      values,
    );
  };
  const { after } = query;
  if (key.sql === id.sql)
    return run(
      after === undefined ? ['true'] : [`${id.sql} ${beyond} $1::${id.type}`],
      after === undefined ? [] : [after.id],
      `${id.sql} ${direction}`,
      wanted,
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
          `${key.sql} ${direction}, ${ownId} ${direction}`,
          wanted,
        );
  if (keyed.length === wanted) return keyed;
  const unkeyed = await run(
    [`${key.sql} is null`, ...(after?.key === null ? [`${id.sql} ${beyond} $1::${id.type}`] : [])],
    after?.key === null ? [after.id] : [],
    `${id.sql} ${direction}`,
    wanted - keyed.length,
  );
  return [...keyed, ...unkeyed];
};

/** How many rows of a list the filters let through. */
export const countRows = async (
  manager: EntityManager,
  { from, joined, filters }: Listable,
  asked: PageQuery['filters'],
): Promise<number> => {
  const values: unknown[] = [];
  const where = Object.entries(asked).map(([name, value]) => {
    values.push(value);
    return filters[name]?.(`$${values.length}`) ?? 'false';
  });
  const speaks = where.some((sql) => sql.includes(`${joined?.alias}.`));
  const [row] = await rowsOf<{ count: number }>(
    manager,
    `select count(*)::int as count from ${joined !== undefined && speaks ? joined.from : from}
     where ${['true', ...where].join(' and ')}`,
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

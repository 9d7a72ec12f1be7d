import type pg from 'pg';
import type { EntityManager } from 'typeorm';
import { storeError } from './errors.ts';

/** Runs `work` in the transaction the manager is in, or in one of its own. */
export const inTransaction = <T>(
  manager: EntityManager,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> =>
  manager.queryRunner?.isTransactionActive === true ? work(manager) : manager.transaction(work);

/** pg's client under a transaction's manager, for what TypeORM has no words for. */
export const clientOf = async (manager: EntityManager): Promise<pg.ClientBase> => {
  if (manager.queryRunner === undefined) throw new Error('clientOf needs a manager inside a transaction');
  return (await manager.queryRunner.connect()) as pg.ClientBase;
};

/** Lends pg's client of the transaction the manager is in, or one of the pool, for a single statement. */
export const withClient = async <T>(
  manager: EntityManager,
  work: (client: pg.ClientBase) => Promise<T>,
): Promise<T> => {
  if (manager.queryRunner !== undefined) return work(await clientOf(manager));
  const runner = manager.connection.createQueryRunner();
  try {
    return await work((await runner.connect()) as pg.ClientBase);
  } finally {
    await runner.release();
  }
};

/** A typed SQL query for what TypeORM has no words for; `T` is the shape of the select list. */
export const rowsOf = <T>(
  manager: EntityManager,
  sql: string,
  values: readonly unknown[] = [],
): Promise<T[]> => manager.query<T[]>(sql, [...values]);

/**
 * The same for a query asked many times a second: under a name, a connection plans it once and keeps the plan (planning with row-level
 * security costs as much as a small query itself). `sql` must be the same text for the same name; a query whose best plan hangs on its
 * values has no place here.
 */
export const preparedRowsOf = <T extends pg.QueryResultRow>(
  manager: EntityManager,
  name: string,
  sql: string,
  values: readonly unknown[],
): Promise<T[]> =>
  withClient(
    manager,
    async (client) => (await client.query<T>({ name, text: sql, values: [...values] })).rows,
  );

/** The failure `not-found`, to be thrown: what is missing in French with its article, in English without. */
export const notFound = (what: { fr: string; en: string }, id: string | number): Error =>
  storeError('not-found', `${what.fr} « ${id} » n'existe pas.`, `There is no ${what.en} "${id}".`);

import { join } from 'node:path';
import { isRetryable, openStore, StoreError } from '#store/index.ts';
import type { Failure } from '../core/result.ts';
import { startLedger } from './clock.ts';
import type { AppContext } from './context.ts';

/** Where the embedded database lives when no `DATABASE_URL` is given and no folder asked for. */
export const defaultDataFolder = (): string => join(process.cwd(), '.stacoptim');

/** Opens the store that the environment names, or the embedded one in a folder, and gives the use cases their context. */
export const openContext = async (dataFolder = defaultDataFolder()): Promise<AppContext> => {
  const databaseUrl = process.env['DATABASE_URL'];
  const store = await openStore({
    dataDir: join(dataFolder, 'pg'),
    ...(databaseUrl === undefined || databaseUrl === '' ? {} : { databaseUrl }),
  });
  return { store, nowMs: () => Date.now(), startLedger };
};

/** The failure that a store error carries; undefined for anything else, which is a bug. */
export const storeFailure = (error: unknown): Failure | undefined =>
  error instanceof StoreError ? error.failure : undefined;

/** True when the database was away and the same call may succeed in a moment. */
export const isStoreAway = (error: unknown): boolean => isRetryable(error);

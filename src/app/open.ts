import { existsSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { abandonEmbedded, isRetryable, openStore, StoreError } from '#store/index.ts';
import type { Failure } from '../core/result.ts';
import { startLedger } from './clock.ts';
import type { AppContext } from './context.ts';

/** Where the embedded database lives when no `DATABASE_URL` is given and no folder asked for. */
export const defaultDataFolder = (): string => join(process.cwd(), '.stacoptim');

const databaseFolder = (dataFolder: string): string => join(dataFolder, 'pg');

const givenDatabase = (): string | undefined => {
  const url = process.env['DATABASE_URL'];
  return url === undefined || url === '' ? undefined : url;
};

/**
 * To be called before a database is opened for work that may be refused: gives what takes away the embedded database that was made
 * meanwhile, once it is closed. One that was there before, that of `DATABASE_URL`, or one that another process uses stays.
 */
export const madeMeanwhile = (dataFolder = defaultDataFolder()): (() => void) => {
  const folder = databaseFolder(dataFolder);
  if (givenDatabase() !== undefined || existsSync(folder)) return () => undefined;
  const hadFolder = existsSync(dataFolder);
  return () => {
    abandonEmbedded(folder);
    if (!hadFolder && existsSync(dataFolder) && readdirSync(dataFolder).length === 0) rmdirSync(dataFolder);
  };
};

/** Opens the store that the environment names, or the embedded one in a folder, and gives the use cases their context. */
export const openContext = async (dataFolder = defaultDataFolder()): Promise<AppContext> => {
  const databaseUrl = givenDatabase();
  const store = await openStore({
    dataDir: databaseFolder(dataFolder),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
  });
  return { store, nowMs: () => Date.now(), startLedger };
};

/** The failure that a store error carries; undefined for anything else, which is a bug. */
export const storeFailure = (error: unknown): Failure | undefined =>
  error instanceof StoreError ? error.failure : undefined;

/** True when the database was away and the same call may succeed in a moment. */
export const isStoreAway = (error: unknown): boolean => isRetryable(error);

export { openEmbedded } from './embedded/index.ts';
export { isRetryable, StoreError } from './errors.ts';
export { openStore, type Repositories, type Store, type StoreOptions } from './store.ts';
export type * from './types.ts';

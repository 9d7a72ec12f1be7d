export { openEmbedded } from './embedded/index.ts';
export { isRetryable, StoreError } from './errors.ts';
export type { ApiKey, Entry, Identities, OpenEntry, Organisation } from './identities.ts';
export type { KeptAnswer } from './repositories/answers.ts';
export type { Page, PageKey, PageQuery } from './page.ts';
export { localOrganisation, openStore, type Repositories, type Store, type StoreOptions } from './store.ts';
export type * from './types.ts';
export type * from './integration-types.ts';

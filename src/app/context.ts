import type { Store } from '#store/index.ts';
import type { LedgerEntry } from '../core/ledger.ts';
import type { Catalogue } from './catalogue.ts';
import type { Settings } from './settings.ts';
import type { Traces } from './traces.ts';

/** What the use cases on the database need; the front doors open it once and close it. */
export type AppContext = {
  readonly store: Store;
  /** Milliseconds since the epoch; injected so that a test can move the clock. */
  readonly nowMs: () => number;
  /** Starts counting the energy of a piece of work. */
  readonly startLedger: (work: string) => () => LedgerEntry;
  /** What the environment sets; the defaults without it. */
  readonly settings?: Settings;
  /** Where spans go, when the settings name a collector. */
  readonly traces?: Traces;
  /** Measures, aids and prices of scenarios; the shipped ones when left out. */
  readonly catalogue?: Catalogue;
};

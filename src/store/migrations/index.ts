import { FirstSchema1764000000000 } from './1764000000000-first-schema.ts';

/** Every migration, oldest first. A migration that was released is never edited: the next one changes it. */
export const migrations = [FirstSchema1764000000000];

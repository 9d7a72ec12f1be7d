import type { Building } from '#store/index.ts';

/**
 * Dwellings behind the main meter of a building, null where nobody lives in it: a residence whose dwellings nobody counted stands
 * for a single one.
 */
export const dwellingsBehind = ({ use, facts }: Pick<Building, 'use' | 'facts'>): number | null => {
  if (use !== 'housing') return null;
  const said = facts['dwellings'];
  return typeof said === 'number' && said >= 1 ? said : 1;
};

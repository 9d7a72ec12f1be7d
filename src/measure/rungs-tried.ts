/**
 * The rungs of a ladder among those asked for, with its first, which always fits; all of it where none is asked for or none is on it.
 */
export const rungsTried = <T extends { readonly kind: string }>(
  rungs: readonly T[],
  kinds: readonly string[] | undefined,
): readonly T[] => {
  const asked = rungs.filter(({ kind }, index) => index === 0 || kinds?.includes(kind));
  return kinds === undefined || asked.length < 2 ? rungs : asked;
};

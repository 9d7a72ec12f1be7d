export type SortKey = number | string | null;

const compare = (left: number | string, right: number | string): number =>
  typeof left === 'string' ? left.localeCompare(String(right)) : left - Number(right);

/** Rows by a key, either way; what is not evaluated comes last both ways: it is neither the most nor the least. */
export const ordered = <Row>(
  rows: readonly Row[],
  key: (row: Row) => SortKey,
  descending: boolean,
): readonly Row[] =>
  rows.toSorted((one, other) => {
    const [left, right] = [key(one), key(other)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return compare(left, right) * (descending ? -1 : 1);
  });

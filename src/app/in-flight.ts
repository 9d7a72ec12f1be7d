/**
 * Does `work` for each item, at most `most` at once, begun in the order of the items; gives the results in that order. Once one fails none
 * is begun any more, those under way are waited for, and the first failure is thrown.
 */
export const inFlight = async <Item, Done>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<Done>,
): Promise<Done[]> => {
  const results: Done[] = [];
  const failures: unknown[] = [];
  const waiting = items.entries();
  const lane = async (): Promise<void> => {
    for (const [index, item] of waiting) {
      try {
        results[index] = await work(item);
      } catch (error) {
        failures.push(error);
      }
      if (failures.length > 0) return;
    }
  };
  await Promise.all(Array.from({ length: most }, lane));
  if (failures.length > 0) throw failures[0];
  return results;
};

/** Keeps the last `most` values computed, by key; the one asked for longest ago leaves first. For pure computations alone. */
export const remembering = <Value>(most: number): ((key: string, compute: () => Value) => Value) => {
  const kept = new Map<string, Value>();
  return (key, compute) => {
    const value = kept.get(key) ?? compute();
    kept.delete(key);
    kept.set(key, value);
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
    return value;
  };
};

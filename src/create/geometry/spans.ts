/** A range of heights, m; a point where both are the same. */
export type Span = readonly [low: number, high: number];

/** Spans nearer than this are one, m: the floors of a storey are level with each other but for rounding. */
const SAME_M = 0.01;

/** The spans in order, those that touch taken together. */
export const mergedSpans = (spans: readonly Span[]): readonly Span[] => {
  const merged: [number, number][] = [];
  for (const [low, high] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && low - last[1] < SAME_M) last[1] = Math.max(last[1], high);
    else merged.push([low, high]);
  }
  return merged;
};

/** Whether some span reaches into the heights between two, m. */
export const meetsSpan = (spans: readonly Span[], lowM: number, highM: number): boolean =>
  spans.some(([low, high]) => low < highM && high > lowM);

import type { Page } from 'playwright-core';

/** Bounds of the twenty classes of each quantity (EcoIndex of GreenIT.fr, as cnumr/ecoindex_python has them). */
const elementBounds = [
  0, 47, 75, 159, 233, 298, 358, 417, 476, 537, 603, 674, 753, 843, 949, 1076, 1237, 1459, 1801, 2479,
  594_601,
];
const requestBounds = [
  0, 2, 15, 25, 34, 42, 49, 56, 63, 70, 78, 86, 95, 105, 117, 130, 147, 170, 205, 281, 3920,
];
const kilobyteBounds = [
  0, 1.37, 144.7, 319.53, 479.46, 631.97, 783.38, 937.91, 1098.62, 1265.47, 1448.32, 1648.27, 1876.08,
  2142.06, 2465.37, 2866.31, 3401.59, 4155.73, 5400.08, 8037.54, 223_212.26,
];

/** The class of a value with the share of the way to the next. */
const rank = (bounds: readonly number[], value: number): number => {
  const next = bounds.findIndex((bound) => value < bound);
  if (next === -1) return 20;
  const [low, high] = [bounds[next - 1] ?? 0, bounds[next] ?? 1];
  return next - 1 + (value - low) / (high - low);
};

export type Weight = { readonly elements: number; readonly requests: number; readonly kilobytes: number };

/** 0 to 100; a page is A above 80. */
export const ecoIndex = ({ elements, requests, kilobytes }: Weight): number =>
  100 -
  (5 *
    (3 * rank(elementBounds, elements) +
      2 * rank(requestBounds, requests) +
      rank(kilobyteBounds, kilobytes))) /
    6;

/** What a page has taken so far: its elements but those inside drawings, its requests, and kB over the wire. */
export const weightOf = (page: Page): Promise<Weight> =>
  page.evaluate(() => {
    const entries = [
      ...performance.getEntriesByType('resource'),
      ...performance.getEntriesByType('navigation'),
    ];
    return {
      elements: document.querySelectorAll('*').length - document.querySelectorAll('svg *').length,
      requests: entries.length,
      kilobytes:
        entries.reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).transferSize, 0) / 1000,
    };
  });

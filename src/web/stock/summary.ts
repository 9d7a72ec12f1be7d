import { useEffect, useState } from 'preact/hooks';
import { useSteadyResource } from '../client.ts';
import { dropBegun } from './lines.ts';
import { filterParameters, filtersOf, type StockQuery } from './query.ts';

/** Pause before what still waits is asked for again, ms. */
const AGAIN_MS = 1500;
/** Each letter of a name typed is not a question: the last one is, ms. */
const TYPED_MS = 200;

/** A value once it has stood still for a moment; the first one at once. */
const useSettled = <T>(value: T): T => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPED_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
};

/** The stock as the filters leave it, asked again while figures of it are still being computed; the filters it is of. */
export const useSummary = (query: StockQuery) => {
  const filters = useSettled(filterParameters(query).toString());
  const summary = useSteadyResource('GET /v1/stock/summary', {
    query: filtersOf(new URLSearchParams(filters)),
  });
  if (summary.state === 'ready' && summary.value.computed > 0) dropBegun();
  const waiting = summary.state === 'ready' ? summary.value.waiting : 0;
  useEffect(() => {
    if (waiting === 0) return undefined;
    const timer = setTimeout(summary.retry, AGAIN_MS);
    return () => clearTimeout(timer);
  }, [summary]);
  return { summary, waiting };
};

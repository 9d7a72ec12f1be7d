import { useEffect, useRef, useState } from 'preact/hooks';
import type { StockLine } from '../../client/names.ts';
import type { Operations } from '../../client/operations.ts';
import { addressOf } from '../../client/request.ts';
import type { Text } from '../i18n.ts';
import { type Outcome, send } from '../send.ts';
import { filterParameters, filtersOf, type StockQuery, usualOrder } from './query.ts';

/** Lines of one answer: a few screens of a table, so that a slow connection fills the screen first. */
export const PAGE_LINES = 50;
/** Answers held: a stock of 50,000 never stands in the page whole. */
const MOST_PAGES = 40;
/** A place that is only passed by is not asked for, ms. */
const REST_MS = 80;

const fields = [
  'name',
  'use',
  'commune',
  'annualKwh',
  'annualEur',
  'annualKgCo2e',
  'label',
  'legalUntil',
  'legal',
  'urgency',
  'dataCoverage',
].join(',');

type Answer = Promise<Outcome<StockLine[]>>;
type Order = NonNullable<NonNullable<Operations['GET /v1/buildings']['query']>['sort']>;
type Held = { readonly revision: number; readonly lines: readonly StockLine[] };
type Pages = ReadonlyMap<number, Held>;

export type Lines = {
  /** The line at a place of the list; undefined while it is on its way. */
  readonly at: (index: number) => StockLine | undefined;
  readonly problem: Text | null;
  readonly retry: () => void;
};

/** What is asked for a page of the list. */
const askedFor = (query: StockQuery, page: number) => ({
  query: {
    ...filtersOf(filterParameters(query)),
    sort: (query.tri ?? usualOrder) as Order,
    limit: PAGE_LINES,
    fields,
    ...(page > 0 ? { skip: page * PAGE_LINES } : {}),
  },
});

type Asked = ReturnType<typeof askedFor>;

const keyOf = (asked: Asked): string => addressOf('GET /v1/buildings', asked);

const ask = async (asked: Asked): Answer => (await send('GET /v1/buildings', asked)) as Outcome<StockLine[]>;

const begun = new Map<string, Answer>();

/** Asks for the first lines while it is not known yet how many there are: on a slow line both answers come together. */
export const beginLines = (query: StockQuery): void => {
  const asked = askedFor(query, 0);
  if (!begun.has(keyOf(asked))) begun.set(keyOf(asked), ask(asked));
};

/** Forgets what was begun: figures were computed meanwhile. */
export const dropBegun = (): void => begun.clear();

/** The answer that was begun, once; another time the lines are asked anew. */
const answerOf = (asked: Asked): Answer => {
  const found = begun.get(keyOf(asked));
  begun.delete(keyOf(asked));
  return found ?? ask(asked);
};

const pagesOf = (first: number, last: number): number[] => {
  const pages: number[] = [];
  for (
    let page = Math.floor(first / PAGE_LINES);
    page <= Math.floor(Math.max(first, last) / PAGE_LINES);
    page++
  )
    pages.push(page);
  return pages;
};

/**
 * The lines from `first` to `last` of the list as it is asked, fetched a page at a time where the eye rests. Lines of an earlier `revision`
 * stay until the new ones come.
 */
export const useLines = (query: StockQuery, revision: number, first: number, last: number): Lines => {
  const list = keyOf(askedFor(query, 0));
  const [held, setHeld] = useState<{ readonly list: string; readonly pages: Pages }>({
    list,
    pages: new Map(),
  });
  const [problem, setProblem] = useState<Text | null>(null);
  const [attempt, setAttempt] = useState(0);
  const flying = useRef(new Set<string>());
  const pages: Pages = held.list === list ? held.pages : new Map();
  const missing = pagesOf(first, last).filter((page) => pages.get(page)?.revision !== revision);
  const wanted = missing.join(',');
  useEffect(() => {
    if (wanted === '') return undefined;
    const fetchPage = async (page: number): Promise<void> => {
      const key = `${list} ${revision} ${page}`;
      if (flying.current.has(key)) return;
      flying.current.add(key);
      const outcome = await answerOf(askedFor(query, page));
      flying.current.delete(key);
      if (!outcome.ok) return setProblem(outcome.message);
      setProblem(null);
      return setHeld((before) => {
        const kept = before.list === list ? [...before.pages].slice(1 - MOST_PAGES) : [];
        return { list, pages: new Map([...kept, [page, { revision, lines: outcome.value }]]) };
      });
    };
    const timer = setTimeout(
      () => {
        for (const page of wanted.split(',')) void fetchPage(Number(page));
      },
      // The first lines of a list are always looked at.
      pages.size === 0 ? 0 : REST_MS,
    );
    return () => clearTimeout(timer);
  }, [list, wanted, revision, attempt]);
  return {
    at: (index) => pages.get(Math.floor(index / PAGE_LINES))?.lines[index % PAGE_LINES],
    problem,
    retry: () => {
      setProblem(null);
      setAttempt(attempt + 1);
    },
  };
};

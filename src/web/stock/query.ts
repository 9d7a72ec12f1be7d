import type { Operations } from '../../client/operations.ts';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

/** What the address bar holds of the stock page, by its own names there. */
export type StockQuery = { readonly [name in FilterName]?: string } & { readonly tri?: string };

/** Filters as the address names them, and as the API does. */
const filterNames = {
  nom: 'search',
  commune: 'communeSearch',
  usage: 'use',
  etiquette: 'label',
  loi: 'legalBefore',
  energie: 'carrier',
  couverture: 'coverage',
  urgence: 'urgency',
} as const;

type StockFilters = NonNullable<Operations['GET /v1/stock/summary']['query']>;

export type FilterName = keyof typeof filterNames;

const names = Object.keys(filterNames) as FilterName[];

export const usualOrder = '-annualKwh';

/** What the part of an address after `#/?` asks of the stock; what it does not know is left out. */
export const readQuery = (hash: string): StockQuery => {
  const asked = new URLSearchParams(/^#\/?\?(.*)$/.exec(hash)?.[1] ?? '');
  return Object.fromEntries(
    [...names, 'tri' as const].flatMap((name) => {
      const value = asked.get(name);
      return value === null || value === '' ? [] : [[name, value]];
    }),
  );
};

/** The address of the stock as it is asked. */
export const queryHref = (query: StockQuery): string => {
  const said = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));
  return said.size === 0 ? '#/' : `#/?${said.toString()}`;
};

/** The filters as parameters of the API; several values of one are parted by commas in the address. */
/** The same as the API is asked for them: the address bar says what it likes, and the API refuses what it does not know. */
export const filtersOf = (parameters: URLSearchParams): StockFilters =>
  Object.fromEntries([...parameters.keys()].map((name) => [name, parameters.getAll(name)]));

export const filterParameters = (query: StockQuery): URLSearchParams => {
  const parameters = new URLSearchParams();
  for (const name of names) {
    const value = query[name];
    if (value === undefined || value === '') continue;
    if (name === 'couverture')
      parameters.set(
        value.startsWith('-') ? 'coverageTo' : 'coverageFrom',
        `${Math.abs(Number(value)) / 100}`,
      );
    else if (name === 'nom' || name === 'commune') parameters.set(filterNames[name], value);
    else for (const one of value.split(',')) parameters.append(filterNames[name], one);
  }
  return parameters;
};

export const hasFilter = (query: StockQuery): boolean => names.some((name) => (query[name] ?? '') !== '');

/** The question in the address bar, and the way to change it: `quietly` for each letter typed, which is no step to go back to. */
export const useStockQuery = (): readonly [StockQuery, (change: StockQuery, quietly?: boolean) => void] => {
  const [query, setQuery] = useState(() => readQuery(location.hash));
  const drawn = useRef(location.hash);
  useEffect(() => {
    const follow = (): void => setQuery(readQuery(location.hash));
    addEventListener('hashchange', follow);
    if (location.hash !== drawn.current) follow();
    return () => removeEventListener('hashchange', follow);
  }, []);
  const change = useCallback((part: StockQuery, quietly = false): void => {
    const next = { ...readQuery(location.hash), ...part };
    if (quietly) history.replaceState(null, '', queryHref(next));
    else history.pushState(null, '', queryHref(next));
    setQuery(readQuery(location.hash));
  }, []);
  return [query, change];
};

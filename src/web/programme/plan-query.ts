import { useEffect, useState } from 'preact/hooks';

export type Place = 'in' | 'late' | 'out';

/** What is looked for in the list of buildings, as the address bar holds it. */
export type PlanQuery = {
  readonly name: string;
  readonly place: Place | '';
  /** The part of the list that is read, from 1. */
  readonly part: number;
};

const places: Readonly<Record<string, Place>> = { retenus: 'in', 'plus-tard': 'late', laisses: 'out' };

/** What the part of an address after `?` asks; what it does not know is left out. */
export const readPlanQuery = (hash: string): PlanQuery => {
  const asked = new URLSearchParams(/\?(.*)$/.exec(hash)?.[1] ?? '');
  const part = Number(asked.get('partie'));
  return {
    name: asked.get('nom') ?? '',
    place: places[asked.get('place') ?? ''] ?? '',
    part: Number.isInteger(part) && part > 1 ? part : 1,
  };
};

/** The same address with another question; without any where nothing is asked. */
export const planQueryHref = (hash: string, { name, place, part }: PlanQuery): string => {
  const said = new URLSearchParams();
  if (name !== '') said.set('nom', name);
  const word = Object.entries(places).find(([, one]) => one === place)?.[0];
  if (word !== undefined) said.set('place', word);
  if (part > 1) said.set('partie', String(part));
  const page = hash.replace(/\?.*$/, '');
  return said.size === 0 ? page : `${page}?${said.toString()}`;
};

/** The question in the address bar: a reload, a link and the way back from a building find it again. */
export const usePlanQuery = (): readonly [PlanQuery, (changed: Partial<PlanQuery>) => void] => {
  const [query, setQuery] = useState(() => readPlanQuery(location.hash));
  useEffect(() => {
    const follow = (): void => setQuery(readPlanQuery(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return [
    query,
    (changed) => {
      const next = { ...query, ...changed };
      history.replaceState(history.state, '', planQueryHref(location.hash, next));
      setQuery(next);
    },
  ];
};

/** Notes in this step of the history which building was opened from it. */
export const leaveFrom = (buildingId: string): void =>
  history.replaceState({ ...(history.state as object | null), building: buildingId }, '');

/** The building that was opened from this step of the history; undefined for none. */
export const leftFrom = (): string | undefined => {
  const kept = (history.state as { readonly building?: unknown } | null)?.building;
  return typeof kept === 'string' ? kept : undefined;
};

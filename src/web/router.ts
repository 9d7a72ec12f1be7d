import { useEffect, useRef, useState } from 'preact/hooks';

const adminParts = ['personnes', 'cles', 'webhooks', 'travaux', 'journal', 'installation'] as const;
export type AdminPart = (typeof adminParts)[number];

export type Route =
  | { readonly page: 'stock' }
  | { readonly page: 'sobriety' }
  | { readonly page: 'ranking' }
  | { readonly page: 'guide' }
  | { readonly page: 'accessibility' }
  | { readonly page: 'site-map' }
  | { readonly page: 'admin'; readonly part: AdminPart | null }
  | { readonly page: 'programmes'; readonly shown: string | null }
  | { readonly page: 'stock-results' }
  | { readonly page: 'add'; readonly draft: string | null }
  | { readonly page: 'building' | 'assumptions' | 'results'; readonly id: string }
  | { readonly page: 'unknown'; readonly address: string }
  | ({ readonly page: 'meters'; readonly id: string; readonly meter: string | null } & Days);

/** Local days shown, both included; null without a bound. */
export type Days = { readonly from: string | null; readonly to: string | null };

const plainPages: Readonly<Record<string, Route>> = {
  sobriete: { page: 'sobriety' },
  priorites: { page: 'ranking' },
  'premiers-pas': { page: 'guide' },
  accessibilite: { page: 'accessibility' },
  plan: { page: 'site-map' },
  administration: { page: 'admin', part: null },
  programmes: { page: 'programmes', shown: null },
  resultats: { page: 'stock-results' },
  ajouter: { page: 'add', draft: null },
};

/** Undefined where what follows a percent sign is no letter. */
const decoded = (part: string): string | undefined => {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
};

const ofBuilding = (
  id: string,
  part: string | undefined,
  meter: string | undefined,
  asked: string,
): Route | undefined => {
  if (part === 'compteurs') {
    const days = new URLSearchParams(asked);
    return { page: 'meters', id, meter: meter ?? null, from: days.get('du'), to: days.get('au') };
  }
  if (meter !== undefined) return undefined;
  if (part === undefined) return { page: 'building', id };
  if (part === 'resultats') return { page: 'results', id };
  if (part === 'hypotheses') return { page: 'assumptions', id };
  return undefined;
};

const known = (parts: readonly string[], asked: string): Route | undefined => {
  const [first, second, third, fourth, ...more] = parts;
  if (first === undefined) return { page: 'stock' };
  if (more.length > 0) return undefined;
  if (second === undefined) return Object.hasOwn(plainPages, first) ? plainPages[first] : undefined;
  if (first === 'batiments') return ofBuilding(second, third, fourth, asked);
  if (third !== undefined) return undefined;
  const part = adminParts.find((one) => one === second);
  if (first === 'administration' && part !== undefined) return { page: 'admin', part };
  if (first === 'programmes' && /^\d+$/.test(second)) return { page: 'programmes', shown: second };
  if (first === 'ajouter' && /^[0-9a-f-]+$/.test(second)) return { page: 'add', draft: second };
  return undefined;
};

/** The page an address asks for, by what follows its `#`; one that no page has is `unknown`, and said so. */
export const routeOf = (hash: string): Route => {
  const [, path = '', asked = ''] = /^#?([^?]*)(?:\?(.*))?$/s.exec(hash) ?? [];
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
  const whole = parts.filter((part) => part !== undefined);
  const found = whole.length === parts.length ? known(whole, asked) : undefined;
  return found ?? { page: 'unknown', address: hash };
};

const read = (): Route => routeOf(location.hash);

export const addHref = (draft?: string): string => (draft === undefined ? '#/ajouter' : `#/ajouter/${draft}`);

export const stockHref = '#/';

export const sobrietyHref = '#/sobriete';

export const rankingHref = '#/priorites';
export const guideHref = '#/premiers-pas';

export const accessibilityHref = '#/accessibilite';

export const siteMapHref = '#/plan';

export const adminHref = (part?: AdminPart): string =>
  part === undefined ? '#/administration' : `#/administration/${part}`;

export const programmesHref = '#/programmes';

export const programmeHref = (id: string): string => `#/programmes/${id}`;

export const stockResultsHref = '#/resultats';

export const resultsHref = (id: string): string => `#/batiments/${encodeURIComponent(id)}/resultats`;

export const assumptionsHref = (id: string): string => `#/batiments/${encodeURIComponent(id)}/hypotheses`;

/** The meters of a building, one of them, and the days shown of it. */
export const metersHref = (id: string, meter?: string, { from, to }: Partial<Days> = {}): string => {
  const days = new URLSearchParams();
  if (typeof from === 'string') days.set('du', from);
  if (typeof to === 'string') days.set('au', to);
  const asked = days.size === 0 ? '' : `?${days.toString()}`;
  const one = meter === undefined ? '' : `/${encodeURIComponent(meter)}`;
  return `#/batiments/${encodeURIComponent(id)}/compteurs${one}${asked}`;
};

export const buildingHref = (id: string): string => `#/batiments/${encodeURIComponent(id)}`;

/** The days the address asks for at this instant, which the page may not have drawn yet; undefined off the meters' page. */
export const daysAsked = (): Days | undefined => {
  const route = read();
  return route.page === 'meters' ? route : undefined;
};

/** The address bar is the state: a link sent to a colleague opens the same page. */
export const useRoute = (): Route => {
  const [route, setRoute] = useState(read);
  const drawn = useRef(location.hash);
  useEffect(() => {
    const changed = (): void => setRoute(read());
    addEventListener('hashchange', changed);
    // Effects run after the first picture: an address that changed before that was told to nobody.
    if (location.hash !== drawn.current) changed();
    return () => removeEventListener('hashchange', changed);
  }, []);
  return route;
};

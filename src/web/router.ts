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
  | ({ readonly page: 'meters'; readonly id: string; readonly meter: string | null } & Days);

/** Local days shown, both included; null without a bound. */
export type Days = { readonly from: string | null; readonly to: string | null };

const read = (): Route => {
  if (location.hash.startsWith('#/sobriete')) return { page: 'sobriety' };
  if (location.hash.startsWith('#/priorites')) return { page: 'ranking' };
  if (location.hash.startsWith('#/premiers-pas')) return { page: 'guide' };
  if (location.hash.startsWith('#/accessibilite')) return { page: 'accessibility' };
  if (location.hash.startsWith('#/plan')) return { page: 'site-map' };
  const admin = /^#\/administration(?:\/(\w+))?/.exec(location.hash);
  if (admin !== null) return { page: 'admin', part: adminParts.find((one) => one === admin[1]) ?? null };
  const programme = /^#\/programmes(?:\/(\d+))?/.exec(location.hash);
  if (programme !== null) return { page: 'programmes', shown: programme[1] ?? null };
  if (location.hash.startsWith('#/resultats')) return { page: 'stock-results' };
  const results = /^#\/batiments\/([^/?]+)\/resultats/.exec(location.hash);
  if (results !== null) return { page: 'results', id: decodeURIComponent(results[1]) };
  const add = /^#\/ajouter(?:\/([0-9a-f-]+))?/.exec(location.hash);
  if (add !== null) return { page: 'add', draft: add[1] ?? null };
  const assumptions = /^#\/batiments\/([^/?]+)\/hypotheses/.exec(location.hash);
  if (assumptions !== null) return { page: 'assumptions', id: decodeURIComponent(assumptions[1]) };
  const meters = /^#\/batiments\/([^/?]+)\/compteurs(?:\/([^/?]+))?(?:\?(.*))?$/.exec(location.hash);
  if (meters !== null) {
    const days = new URLSearchParams(meters[3] ?? '');
    return {
      page: 'meters',
      id: decodeURIComponent(meters[1]),
      meter: meters[2] === undefined ? null : decodeURIComponent(meters[2]),
      from: days.get('du'),
      to: days.get('au'),
    };
  }
  const match = /^#\/batiments\/([^/?]+)/.exec(location.hash);
  return match === null ? { page: 'stock' } : { page: 'building', id: decodeURIComponent(match[1]) };
};

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

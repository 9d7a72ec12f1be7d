import { useEffect, useState } from 'preact/hooks';

export type Route =
  | { readonly page: 'stock' }
  | { readonly page: 'programmes' }
  | { readonly page: 'add'; readonly draft: string | null }
  | { readonly page: 'building' | 'assumptions'; readonly id: string };

const read = (): Route => {
  if (location.hash.startsWith('#/programmes')) return { page: 'programmes' };
  const add = /^#\/ajouter(?:\/([0-9a-f-]+))?/.exec(location.hash);
  if (add !== null) return { page: 'add', draft: add[1] ?? null };
  const assumptions = /^#\/batiments\/([^/?]+)\/hypotheses/.exec(location.hash);
  if (assumptions !== null) return { page: 'assumptions', id: decodeURIComponent(assumptions[1]) };
  const match = /^#\/batiments\/([^/?]+)/.exec(location.hash);
  return match === null ? { page: 'stock' } : { page: 'building', id: decodeURIComponent(match[1]) };
};

export const addHref = (draft?: string): string => (draft === undefined ? '#/ajouter' : `#/ajouter/${draft}`);

export const programmesHref = '#/programmes';

export const assumptionsHref = (id: string): string => `#/batiments/${encodeURIComponent(id)}/hypotheses`;

export const buildingHref = (id: string): string => `#/batiments/${encodeURIComponent(id)}`;

/** The address bar is the state: a link sent to a colleague opens the same page. */
export const useRoute = (): Route => {
  const [route, setRoute] = useState(read);
  useEffect(() => {
    const changed = (): void => setRoute(read());
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return route;
};

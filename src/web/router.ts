import { useEffect, useState } from 'preact/hooks';

export type Route = { readonly page: 'stock' } | { readonly page: 'building'; readonly id: string };

const read = (): Route => {
  const match = /^#\/batiments\/([^/?]+)/.exec(location.hash);
  return match === null ? { page: 'stock' } : { page: 'building', id: decodeURIComponent(match[1]) };
};

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

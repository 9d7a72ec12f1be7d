import { useEffect, useState } from 'preact/hooks';

const query = '(max-width: 36rem)';

/** Whether the page is as narrow as a phone; follows a turn of the phone. */
export const useNarrow = (): boolean => {
  const [narrow, setNarrow] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const follow = (): void => setNarrow(media.matches);
    media.addEventListener('change', follow);
    return () => media.removeEventListener('change', follow);
  }, []);
  return narrow;
};

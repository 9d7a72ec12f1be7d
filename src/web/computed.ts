import { useEffect, useRef } from 'preact/hooks';

const COMPUTED = 'stacoptim-computed';
/** The server books a work as it ends: asked at once, its ledger would be a moment late. */
const SETTLES_MS = 1500;

/** Tells the page that the server was made to work. */
export const tellComputed = (): void => {
  dispatchEvent(new Event(COMPUTED));
};

/** Calls back once the server has worked and rests, once for works that follow each other. */
export const useComputed = (then: () => void): void => {
  const last = useRef(then);
  last.current = then;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const heard = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => last.current(), SETTLES_MS);
    };
    addEventListener(COMPUTED, heard);
    return () => {
      clearTimeout(timer);
      removeEventListener(COMPUTED, heard);
    };
  }, []);
};

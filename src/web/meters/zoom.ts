/** Local days shown, ISO, both included. */
export type Window = { readonly from: string; readonly to: string };

const DAY_MS = 86_400_000;

const dayOf = (text: string): number => Math.floor(Date.parse(`${text}T00:00:00Z`) / DAY_MS);
const textOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** The local day of an instant. */
export const localDayOf = (ms: number, timezone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: timezone, dateStyle: 'short' }).format(new Date(ms));

const isDay = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** What the address asks for, else all that is held; null without readings. */
export const windowOf = (from: string | null, to: string | null, held: Window | null): Window | null => {
  if (held === null) return null;
  return { from: isDay(from) ? from : held.from, to: isDay(to) ? to : held.to };
};

/** The window moved or stretched to [from, to], kept inside what is held. */
const inside = (from: number, to: number, held: Window): Window => {
  const [first, last] = [dayOf(held.from), dayOf(held.to)];
  const length = Math.min(to - from, last - first);
  const start = Math.min(Math.max(from, first), last - length);
  return { from: textOf(start), to: textOf(start + length) };
};

/** The middle half; a single day stays itself. */
export const narrower = ({ from, to }: Window): Window => {
  const [first, last] = [dayOf(from), dayOf(to)];
  const cut = Math.floor((last - first + 1) / 4);
  return { from: textOf(first + cut), to: textOf(Math.max(first + cut, last - cut)) };
};

/** Twice as long about the same middle, at most all. */
export const wider = ({ from, to }: Window, held: Window): Window => {
  const [first, last] = [dayOf(from), dayOf(to)];
  const more = Math.ceil((last - first + 1) / 2);
  return inside(first - more, last + more, held);
};

const moved = ({ from, to }: Window, held: Window, sign: 1 | -1): Window => {
  const [first, last] = [dayOf(from), dayOf(to)];
  const by = sign * Math.max(1, Math.floor((last - first + 1) / 2));
  return inside(first + by, last + by, held);
};

export const earlier = (window: Window, held: Window): Window => moved(window, held, -1);
export const later = (window: Window, held: Window): Window => moved(window, held, 1);

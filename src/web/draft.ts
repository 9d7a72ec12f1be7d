import { useState } from 'preact/hooks';

const keyOf = (name: string): string => `stacoptim.draft.${name}`;

const read = <T extends object>(name: string, empty: T): T => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(name)) ?? 'null');
    // Only fields that a draft of today has, of their kind: one kept by an earlier version does no harm.
    const entries = Object.entries(empty).map(([field, value]) => {
      const own = kept !== null && typeof kept === 'object' ? (kept as Record<string, unknown>)[field] : null;
      const same = typeof own === typeof value && Array.isArray(own) === Array.isArray(value) && own !== null;
      return [field, same ? own : value];
    });
    return Object.fromEntries(entries) as T;
  } catch {
    return empty;
  }
};

/** What a person is filling in, kept in this browser until it is sent: a reload loses nothing. */
export const useDraft = <T extends object>(
  name: string,
  empty: T,
): readonly [T, (draft: T) => void, () => void] => {
  const [draft, setDraft] = useState<T>(() => read(name, empty));
  return [
    draft,
    (next) => {
      localStorage.setItem(keyOf(name), JSON.stringify(next));
      setDraft(next);
    },
    () => {
      localStorage.removeItem(keyOf(name));
      setDraft(empty);
    },
  ];
};

import { useEffect, useRef, useState } from 'preact/hooks';
import { type Item, looksLikeReadings, type Stage } from './import-item.ts';
import { addReadings, checkReadings, confirmBuilding, followDraft, sendBuilding } from './import-work.ts';

const kept = 'stacoptim.imports';

type KeptItem = { readonly name: string; readonly draft: string };

/** Uploads that the server has and that nobody has confirmed: a reload finds them again. */
const readKept = (): readonly KeptItem[] => {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(kept) ?? '[]');
    return Array.isArray(found) ? (found as KeptItem[]) : [];
  } catch {
    return [];
  }
};

const draftOf = (stage: Stage): string | undefined =>
  stage.at === 'reading'
    ? stage.draft
    : stage.at === 'ready' || stage.at === 'confirming'
      ? stage.draft.id
      : undefined;

const keepDrafts = (items: readonly Item[]): void => {
  const drafts = items.flatMap(({ name, stage }) => {
    const draft = draftOf(stage);
    return draft === undefined ? [] : [{ name, draft }];
  });
  if (drafts.length === 0) localStorage.removeItem(kept);
  else localStorage.setItem(kept, JSON.stringify(drafts));
};

/** Files on their way into the stock: sent one after the other, read side by side, confirmed under a name. */
export const useImports = (onChange: () => void) => {
  const [items, setItems] = useState<readonly Item[]>([]);
  const next = useRef(1);
  const left = useRef(false);
  const gone = (): boolean => left.current;
  // One file is sent at a time: a slow line shared between ten would end none of them.
  const line = useRef<Promise<void>>(Promise.resolve());
  const put = (key: number, stage: Stage): void => {
    if (gone()) return;
    setItems((before) => before.map((one) => (one.key === key ? { ...one, stage } : one)));
    if (stage.at === 'kept' || stage.at === 'added') onChange();
  };
  const dispatch = (key: number, file: File): void => {
    line.current = line.current.then(async () => {
      if (gone()) return;
      if (await looksLikeReadings(file)) return put(key, { at: 'meter', why: null });
      await new Promise<void>((sent) => {
        const told = (stage: Stage): void => {
          put(key, stage);
          if (stage.at !== 'sending') sent();
        };
        void sendBuilding(file, told, gone).finally(sent);
      });
    });
  };
  const add = (files: readonly File[]): void => {
    const added = files.map(
      (file): Item => ({
        key: next.current++,
        name: file.name,
        file,
        stage: { at: 'waiting' },
      }),
    );
    setItems((before) => [...before, ...added]);
    for (const { key, file } of added) if (file !== null) dispatch(key, file);
  };
  useEffect(() => {
    const found = readKept().map(
      ({ name, draft }): Item => ({
        key: next.current++,
        name,
        file: null,
        stage: { at: 'reading', draft, away: false },
      }),
    );
    setItems((before) => [...found, ...before]);
    for (const { key, stage } of found)
      if (stage.at === 'reading') void followDraft(stage.draft, (now) => put(key, now), gone);
    return () => {
      left.current = true;
    };
  }, []);
  useEffect(() => {
    if (items.length > 0) keepDrafts(items);
  }, [items]);
  return {
    items,
    add,
    /** Sends a file once more, from the page that still has it. */
    again: ({ key, file }: Item): void => {
      if (file === null) return;
      put(key, { at: 'waiting' });
      dispatch(key, file);
    },
    drop: ({ key }: Item): void => {
      const rest = items.filter((one) => one.key !== key);
      setItems(rest);
      keepDrafts(rest);
    },
    asReadings: ({ key }: Item): void => put(key, { at: 'meter', why: null }),
    check: async ({ key, file }: Item, meter: string): Promise<void> => {
      if (file !== null) await checkReadings(file, meter, (stage) => put(key, stage));
    },
    confirmAll: async (by: string): Promise<void> => {
      for (const { key, file, stage } of items) {
        if (stage.at === 'ready') await confirmBuilding(stage.draft, by, (now) => put(key, now), gone);
        if (stage.at === 'checked' && file !== null)
          await addReadings(file, stage, (now) => put(key, now), gone);
      }
    },
  };
};

export type Imports = ReturnType<typeof useImports>;

import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useText, words } from './i18n.ts';

/** A page whose code comes when it is opened: the first page stays light. */
export const Lazy = <P extends object>({
  load,
  ...props
}: { readonly load: () => Promise<ComponentType<P>> } & P) => {
  const t = useText();
  const [page, setPage] = useState<{ readonly Page: ComponentType<P> } | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    load().then(
      (Page) => setPage({ Page }),
      () => setFailed(true),
    );
  }, [load]);
  if (failed)
    return (
      <p role="alert" class="alert">
        {t(words.unreachable)}
      </p>
    );
  if (page === null)
    return (
      <p role="status" class="quiet">
        {t(words.loading)}
      </p>
    );
  const { Page } = page;
  return <Page {...(props as unknown as P)} />;
};

import type { ComponentChildren } from 'preact';
import { type Loaded, useAddress } from './client.ts';
import { useText, words } from './i18n.ts';

type PendingProps<T> = {
  readonly loaded: Loaded<T> & { readonly retry: () => void };
  readonly children: (value: T) => ComponentChildren;
};

/** What is shown while a resource comes, or when it cannot: the sentence of the server and a way on. */
export const Pending = <T,>({ loaded, children }: PendingProps<T>) => {
  const t = useText();
  if (loaded.state === 'ready') return <>{children(loaded.value)}</>;
  if (loaded.state === 'loading')
    return (
      <p role="status" class="quiet">
        {t(words.loading)}
      </p>
    );
  if (loaded.code === 'not-evaluated') return <p class="not-evaluated block">{t(loaded.message)}</p>;
  return (
    <div role="alert" class="alert">
      <p>{t(loaded.message)}</p>
      {loaded.code === 'not-authenticated' && <SignIn />}
      <button type="button" class="plain" onClick={loaded.retry}>
        {t(words.retry)}
      </button>
    </div>
  );
};

/** The way to the provider of identities, where the installation has one. */
const SignIn = () => {
  const t = useText();
  const ways = useAddress<{ readonly provider: boolean }>('connexion/moyens');
  return ways.state === 'ready' && ways.value.provider ? (
    <p>
      <a class="primary" href="connexion">
        {t(words.signIn)}
      </a>
    </p>
  ) : null;
};

import type { AppContext } from './context.ts';

export type { Entry, Identities, KeptAnswer } from '#store/index.ts';

/** How long an unused link stays good. */
const linkMs = 24 * 3_600_000;

/** Who enters by the link of the installation: a name that is nobody's. */
export const LOCAL_ADMINISTRATOR = 'administrateur local';

/**
 * A link that lets its first user in as an administrator of the organisation; `url` ends with a slash. What is decided
 * in the session is signed `name`.
 */
export const administratorLink = async (
  { store }: AppContext,
  url: string,
  name = LOCAL_ADMINISTRATOR,
): Promise<string> => {
  const entry = { organisationId: store.organisationId, role: 'administrator', name };
  return `${url}entrer?lien=${await store.identities.addEntry('link', entry, linkMs)}`;
};

import type { AppContext } from './context.ts';

/** The context of each organisation of the installation, in order of number: for what runs by itself. */
export const everyOrganisation = async (context: AppContext): Promise<AppContext[]> => {
  const contexts: AppContext[] = [];
  for (const { id } of await context.store.identities.organisations())
    contexts.push({ ...context, store: await context.store.forOrganisation(id) });
  return contexts;
};

import { isRetryable, StoreError, storeError } from './errors.ts';

type SqlError = Error & { readonly code?: string; readonly constraint?: string; readonly table?: string };

/** SQLSTATEs that what was asked for explains: a person or a calling program can mend them. */
const translate = (error: unknown): unknown => {
  if (error instanceof StoreError || !(error instanceof Error)) return error;
  if (isRetryable(error)) {
    return storeError(
      'database-away',
      "La base de données ne répond pas ou redémarre ; cet appel n'est pas acquitté. Réessayer dans un instant.",
      'The database does not answer or restarts; this call is not acknowledged. Try again in a moment.',
      { cause: error, retryable: true },
    );
  }
  const { code, constraint = '', table = '' } = error as SqlError;
  switch (code) {
    case '23503':
      return storeError(
        'unknown-reference',
        `L'objet auquel celui-ci se rattache n'existe pas (table ${table}, règle ${constraint}).`,
        `What this belongs to does not exist (table ${table}, rule ${constraint}).`,
        { cause: error },
      );
    case '23514':
    case '23502':
      return storeError(
        'value-refused',
        `Une valeur n'est pas admise (table ${table}, règle ${constraint}).`,
        `A value is not allowed (table ${table}, rule ${constraint}).`,
        { cause: error },
      );
    case '42501':
      if (/"own_parents/.test(error.message))
        return storeError(
          'unknown-reference',
          `L'objet auquel celui-ci se rattache n'existe pas (${/table "(\w+)"/.exec(error.message)?.[1] ?? ''}).`,
          `What this belongs to does not exist (${/table "(\w+)"/.exec(error.message)?.[1] ?? ''}).`,
          { cause: error },
        );
      // The row of that name is there, and another organisation's.
      return /row-level security/.test(error.message)
        ? storeError(
            'id-taken',
            'Cet identifiant n’est pas disponible. Choisir un autre identifiant.',
            'This identifier is not available. Choose another one.',
            { cause: error },
          )
        : error;
    case '22P05':
    case '22021':
      return storeError(
        'text-refused',
        'Un texte contient un caractère que la base ne peut pas garder (caractère nul).',
        'A text holds a character that the database cannot keep (null character).',
        { cause: error },
      );
    default:
      return error;
  }
};

/** Waits for database work and turns the errors a caller can act on into StoreErrors. */
export const translated = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    throw translate(error);
  }
};

type Method = (...values: never[]) => Promise<unknown>;

/** The same repository, whose methods fail with StoreErrors wherever the caller can act on the failure. */
export const translating = <T extends Record<string, Method>>(repository: T): T => {
  const wrapped = Object.entries(repository).map(([name, method]) => [
    name,
    (...values: never[]) => translated(method(...values)),
  ]);
  return Object.fromEntries(wrapped) as T;
};

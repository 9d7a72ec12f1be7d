/** A clause that the server writes and how it is said in French, from what it holds. */
export type Clause = readonly [RegExp, (...found: readonly string[]) => string];

/** A number as the server writes it. */
export const N = String.raw`(-?[\d.,\u2212]+)`;

export const clause = (pattern: string, say: (...found: readonly string[]) => string): Clause => [
  new RegExp(`^${pattern}$`),
  say,
];

export type Words = Readonly<Record<string, { readonly fr: string }>>;

export const french =
  (words: Words) =>
  (word: string): string =>
    words[word]?.fr ?? word;

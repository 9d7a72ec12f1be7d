import table from '../../models/materials.json' with { type: 'json' };

export type Material = (typeof table.materials)[number];

export const materialTableVersion = table.version;

/** Lower case, no accents, words and numbers only: what makes "Béton armé (C25)" and "beton arme c25" the same name. */
export const wordsOf = (name: string): string[] =>
  name
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('œ', 'oe')
    .normalize('NFKD')
    .replaceAll(/\p{Mn}/gu, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');

const wordsByKey = new Map<string, readonly string[]>();

/** The same for a key of a table, kept: every element asks for the same few. */
export const keyWords = (key: string): readonly string[] => {
  let words = wordsByKey.get(key);
  if (words === undefined) wordsByKey.set(key, (words = wordsOf(key)));
  return words;
};

type Key = { readonly words: readonly string[]; readonly weight: number; readonly material: Material };

const keys: readonly Key[] = table.materials
  .flatMap((material) =>
    Object.values(material.names)
      .flat()
      .map((name): Key => {
        const words = wordsOf(name);
        return { words, weight: words.join('').length, material };
      }),
  )
  .sort((a, b) => b.weight - a.weight);

/** From this length on a word is found inside German compounds ("Stahlbetonwand"); shorter ones would be found anywhere. */
const COMPOUND_LENGTH = 5;

const sameWord = (word: string, key: string): boolean =>
  word === key || word === `${key}s` || word === `${key}x` || word === `${key}n`;

/** Whether the words of a key stand together in a name, plural or not; a single long word also within a compound. */
export const namesInclude = (words: readonly string[], key: readonly string[]): boolean => {
  const only = key[0];
  if (key.length === 1 && only !== undefined && only.length >= COMPOUND_LENGTH)
    return words.some((word) => word.includes(only));
  return words.some((_, start) =>
    key.every((part, offset) => {
      const word = words[start + offset];
      return word !== undefined && sameWord(word, part);
    }),
  );
};

/** A name longer than this is not a material's; its beginning is enough, and matching stays bounded. */
const MAX_WORDS = 40;

/** The material a name means: the longest known name it contains, French, English, German or (the commonest) Spanish; none when unsure. */
export const matchMaterial = (name: string): Material | undefined => {
  const words = wordsOf(name.slice(0, 400)).slice(0, MAX_WORDS);
  return keys.find((key) => namesInclude(words, key.words))?.material;
};

export type MaterialMatcher = (name: string) => Material | undefined;

/** A matcher that remembers: a model repeats its few materials thousands of times. */
export const materialMatcher = (): MaterialMatcher => {
  const known = new Map<string, Material | undefined>();
  return (name) => {
    if (known.has(name)) return known.get(name);
    const material = matchMaterial(name);
    known.set(name, material);
    return material;
  };
};

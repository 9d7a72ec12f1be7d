import type { Random } from '#core/random.ts';

/** One way to damage a STEP file given as Latin-1 text. */
type Mutation = (text: string, random: Random) => string;

const below = (random: Random, limit: number): number => Math.floor(random() * limit);

const pick = <T>(random: Random, from: readonly T[]): T | undefined => from[below(random, from.length)];

/** Puts each edit (start, end, replacement) in place; edits that overlap an earlier one are left out. */
const edited = (text: string, edits: readonly (readonly [number, number, string])[]): string => {
  const parts: string[] = [];
  let from = 0;
  for (const [start, end, put] of edits.toSorted((a, b) => a[0] - b[0])) {
    if (start < from) continue;
    parts.push(text.slice(from, start), put);
    from = end;
  }
  parts.push(text.slice(from));
  return parts.join('');
};

/** The next match of a sticky-free pattern from a random place, found near it so that large files cost no more. */
const somewhere = (text: string, random: Random, pattern: RegExp): RegExpExecArray | undefined => {
  const from = below(random, text.length);
  const found = pattern.exec(text.slice(from, from + 4000));
  if (found === null) return undefined;
  found.index += from;
  return found;
};

const replaceSome = (
  text: string,
  random: Random,
  pattern: RegExp,
  most: number,
  put: (found: string) => string,
): string =>
  edited(
    text,
    Array.from({ length: 1 + below(random, most) }, () => somewhere(text, random, pattern)).flatMap((one) =>
      one === undefined ? [] : [[one.index, one.index + one[0].length, put(one[0])] as const],
    ),
  );

const withLines = (text: string, change: (lines: string[]) => void): string => {
  const lines = text.split('\n');
  change(lines);
  return lines.join('\n');
};

const EXTREMES = [
  '0.',
  '-1.',
  '1.E308',
  '-1.E308',
  '1.E-308',
  '1.E999',
  '-0.',
  '9007199254740993',
  '1.E7',
  '1.E-9',
];
const IDS = [
  '#0',
  '#9007199254740992',
  '#9007199254740993',
  '#999999999999999999999',
  '#16777217',
  '#4294967296',
];
const TYPES = [
  'IFCWALL',
  'IFCSLAB',
  'IFCSPACE',
  'IFCMAPPEDITEM',
  'IFCBOOLEANRESULT',
  'IFCFACETEDBREP',
  'IFCLOCALPLACEMENT',
  'IFCCARTESIANPOINT',
  'IFCRELAGGREGATES',
  'IFCOPENINGELEMENT',
];

const mutations: Readonly<Record<string, Mutation>> = {
  'bytes flipped': (text, random) => {
    const bytes = Buffer.from(text, 'latin1');
    for (let count = 1 + below(random, 200); count > 0; count--) {
      const at = below(random, bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << below(random, 8));
    }
    return bytes.toString('latin1');
  },
  truncated: (text, random) => text.slice(0, below(random, text.length)),
  'cut short but closed': (text, random) =>
    `${text.slice(0, text.lastIndexOf('\n', below(random, text.length)) + 1)}ENDSEC;\nEND-ISO-10303-21;\n`,
  'lines swapped': (text, random) =>
    withLines(text, (lines) => {
      for (let count = 1 + below(random, 100); count > 0; count--) {
        const [i, j] = [below(random, lines.length), below(random, lines.length)];
        [lines[i], lines[j]] = [lines[j] ?? '', lines[i] ?? ''];
      }
    }),
  'records deleted': (text, random) =>
    withLines(text, (lines) => {
      for (let count = 1 + below(random, 100); count > 0; count--)
        lines.splice(below(random, lines.length), 1 + below(random, 5));
    }),
  'records repeated': (text, random) =>
    withLines(text, (lines) => {
      const from = below(random, lines.length);
      lines.splice(below(random, lines.length), 0, ...lines.slice(from, from + 1 + below(random, 500)));
    }),
  'references turned elsewhere': (text, random) =>
    replaceSome(text, random, /#\d+(?=[,)])/, 300, (found) =>
      random() < 0.1 ? (pick(random, IDS) ?? found) : (somewhere(text, random, /#\d+/)?.[0] ?? found),
    ),
  'references to neighbours': (text, random) =>
    replaceSome(
      text,
      random,
      /#\d+(?=[,)])/,
      300,
      (found) => `#${Number(found.slice(1)) + below(random, 5) - 2}`,
    ),
  'arguments emptied': (text, random) =>
    replaceSome(text, random, /(?<=[(,])[#\d.'][^,()']*(?=[,)])/, 300, () => '$'),
  'numbers made extreme': (text, random) =>
    replaceSome(text, random, /(?<=[(,])-?\d+\.[\dE+-]*(?=[,)])/, 300, () => pick(random, EXTREMES) ?? '0.'),
  'ids made extreme': (text, random) =>
    replaceSome(text, random, /#\d+(?==)/, 20, () => pick(random, IDS) ?? '#0'),
  'types changed': (text, random) =>
    replaceSome(text, random, /IFC[A-Z0-9]+(?=\()/i, 100, () => pick(random, TYPES) ?? ''),
  'keywords in any case': (text, random) =>
    replaceSome(text, random, /IFC[A-Z0-9]+(?=\()/i, 300, (found) => found.toLowerCase()),
  'brackets opened': (text, random) =>
    replaceSome(text, random, /\(/, 3, () => '('.repeat(1 + below(random, 5000))),
  'strings opened': (text, random) => replaceSome(text, random, /[,(]/, 3, (found) => `${found}'`),
  'long string': (text, random) =>
    replaceSome(text, random, /'[^'\n]*'/, 1, () => `'${'é\\X2\\00E9\\X0\\'.repeat(below(random, 50_000))}'`),
};

/** A damaged copy of a model, the same for the same seed, with what was done to it. */
export const mutated = (
  text: string,
  random: Random,
): { readonly text: string; readonly done: readonly string[] } => {
  const names = Object.keys(mutations);
  const done = Array.from({ length: 1 + below(random, 3) }, () => pick(random, names) ?? '');
  return { text: done.reduce((damaged, name) => mutations[name]?.(damaged, random) ?? damaged, text), done };
};

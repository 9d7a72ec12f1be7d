import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const text = String.raw`(?:\`((?:[^\`\\]|\\.)*)\`|'((?:[^'\\]|\\.)*)')`;
/** Calls that make a code with its two sentences, by what they are called where they are made. */
const callKinds: Readonly<Record<string, 'failure' | 'warning'>> = {
  failure: 'failure',
  storeError: 'failure',
  refusal: 'failure',
  refuse: 'failure',
  refused: 'failure',
  warning: 'warning',
  add: 'warning',
  told: 'warning',
};
const called = new RegExp(
  String.raw`\b(${Object.keys(callKinds).join('|')})\(\s*'([a-z0-9-]+)',\s*${text},\s*${text}`,
  'g',
);
/** An object that holds a code, and in the same statement its two sentences. */
const held = new RegExp(
  String.raw`\bcode: '([a-z0-9-]+)',(?:(?!\bcode:)[^;]){0,200}?\b(?:message\(|fr:)\s*(?:\(\w+\) => )?${text},\s*(?:en:\s*)?(?:\(\w+\) => )?${text}`,
  'g',
);

type Told = { readonly kind: string; readonly code: string; readonly fr: string; readonly en: string };

/** Every code that a source tells: the doors make failures as objects, the rest lists what it found in data. */
const toldIn = (path: string): Told[] => {
  const source = readFileSync(path, 'utf8');
  const isDoor = /^src\/(api|cli|jobs|web)\//.test(relative(root, path));
  return [
    ...[...source.matchAll(called)].map(([, name = '', code = '', fr1, fr2, en1, en2]) => ({
      kind: callKinds[name] ?? 'warning',
      code,
      fr: fr1 ?? fr2 ?? '',
      en: en1 ?? en2 ?? '',
    })),
    ...[...source.matchAll(held)].map(([, code = '', fr1, fr2, en1, en2]) => ({
      kind: isDoor ? 'failure' : 'finding',
      code,
      fr: fr1 ?? fr2 ?? '',
      en: en1 ?? en2 ?? '',
    })),
  ];
};

const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });

/** `${countFr(n, 'jour', 'jours')}`: the words of a count are part of the sentence, in their plural. */
const counted = /\$\{count(?:Fr|En)\([^']*'(?:[^'\\]|\\.)*',\s*'((?:[^'\\]|\\.)*)'\)\}/g;

/** Sentences with what changes from case to case as an ellipsis; nested braces are taken whole. */
const plain = (sentence: string): string => {
  const template = sentence.replaceAll(counted, '${} $1');
  let result = '';
  let depth = 0;
  for (let i = 0; i < template.length; i++) {
    if (template.startsWith('${', i)) {
      if (depth === 0) result += '…';
      depth++;
      i++;
    } else if (depth > 0) {
      if (template[i] === '{') depth++;
      else if (template[i] === '}') depth--;
    } else result += template[i];
  }
  return result.replaceAll('|', '\\|').replaceAll("\\'", "'").trim();
};

const order = ['failure', 'warning', 'finding'];

/** docs/errors.md: every code the program may answer with, as its sources say it. */
export const errorsDocument = (): string => {
  const rows = new Map<string, string>();
  const told = sources(join(root, 'src')).flatMap(toldIn);
  // One row a code: what is found in data is told as a warning or a failure elsewhere too.
  for (const { kind, code, fr, en } of told.toSorted(
    (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind),
  )) {
    const row = `| \`${code}\` | ${kind} | ${plain(fr)} | ${plain(en)} |`;
    if (kind === 'finding' && (rows.has(`${code}/failure`) || rows.has(`${code}/warning`))) continue;
    if (!rows.has(`${code}/${kind}`)) rows.set(`${code}/${kind}`, row);
  }
  return [
    '# Codes',
    '',
    'Stable codes of refusals (`failure`: nothing was done, exit 1 or a 4xx answer), of what is told beside an answer',
    '(`warning`), and of what an answer lists one by one: questions, events, defects of readings (`finding`). Written by',
    '`node scripts/errors-document.ts` from the sources; one sentence of each code is shown.',
    '',
    '| code | kind | français | English |',
    '| --- | --- | --- | --- |',
    ...[...rows.entries()].toSorted(([one], [other]) => one.localeCompare(other)).map(([, row]) => row),
    '',
  ].join('\n');
};

if (import.meta.main) writeFileSync(join(root, 'docs/errors.md'), errorsDocument());

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const text = String.raw`(?:\`((?:[^\`\\]|\\.)*)\`|'((?:[^'\\]|\\.)*)')`;
/** A call that makes a failure or a warning with its code and its two sentences. */
const told = new RegExp(String.raw`\b(failure|warning)\(\s*'([a-z0-9-]+)',\s*${text},\s*${text}`, 'g');

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

/** docs/errors.md: every code the program may answer with, as its sources say it. */
export const errorsDocument = (): string => {
  const rows = new Map<string, string>();
  for (const path of sources(join(root, 'src')))
    for (const [, kind, code, fr1, fr2, en1, en2] of readFileSync(path, 'utf8').matchAll(told)) {
      const row = `| \`${code}\` | ${kind} | ${plain(fr1 ?? fr2 ?? '')} | ${plain(en1 ?? en2 ?? '')} |`;
      if (!rows.has(`${code}/${kind}`)) rows.set(`${code}/${kind}`, row);
    }
  return [
    '# Codes',
    '',
    'Stable codes of refusals (`failure`: nothing was done, exit 1 or a 4xx answer) and of what is told beside an answer',
    '(`warning`). Written by `node scripts/errors-document.ts` from the sources; one sentence of each code is shown.',
    '',
    '| code | kind | français | English |',
    '| --- | --- | --- | --- |',
    ...[...rows.entries()].toSorted(([one], [other]) => one.localeCompare(other)).map(([, row]) => row),
    '',
  ].join('\n');
};

if (import.meta.main) writeFileSync(join(root, 'docs/errors.md'), errorsDocument());

import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Figure, Part } from './figure.ts';
import { figureLine, partSection, withSection } from './report.ts';

type Parts = Readonly<Record<string, () => Promise<Part>>>;

const status = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const wrongUse = (line: string): number => {
  status(line);
  return 2;
};

/**
 * Runs the parts asked for, prints a line a figure and, when asked, writes JSON and the sections of the document.
 * `sections` goes before the names of its sections there, so that a speed never takes the place of a figure. Returns the exit code: 0 all held, 2 wrong use or layout, 3 some missed.
 */
export const runParts = async (
  parts: Parts,
  needsCorpus: boolean,
  sections: '' | 'bench-',
  document: string,
  args: string[],
): Promise<number> => {
  const { values } = parseArgs({
    args,
    options: {
      corpus: { type: 'string', default: '../shared/corpus' },
      only: { type: 'string' },
      json: { type: 'string' },
      write: { type: 'boolean', default: false },
    },
  });
  const names = values.only?.split(',') ?? Object.keys(parts);
  const unknown = names.filter((name) => parts[name] === undefined);
  if (unknown.length > 0)
    return wrongUse(`--only: ${unknown.join(', ')}? Known: ${Object.keys(parts).join(', ')}`);
  if (needsCorpus && !(existsSync(values.corpus) && statSync(values.corpus).isDirectory()))
    return wrongUse(`--corpus: no folder ${values.corpus}`);
  const all: Figure[] = [];
  for (const name of names) {
    const part = await parts[name]?.();
    if (part === undefined) continue;
    status(`== ${name}: ${part.title}`);
    const figures = await part.run({ corpus: values.corpus, write: values.write, tell: status });
    all.push(...figures);
    for (const figure of figures) process.stdout.write(`${figureLine(figure)}\n`);
    if (values.write) {
      const before = existsSync(document) ? readFileSync(document, 'utf8') : '';
      writeFileSync(document, withSection(before, `${sections}${name}`, partSection(part, figures)));
    }
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(all, null, 2)}\n`);
  if (all.length > 0 && all.every(({ value }) => value === null))
    return wrongUse(`Nothing to measure in ${values.corpus}: is it laid out like the corpus?`);
  return all.some(({ holds }) => holds === false) ? 3 : 0;
};

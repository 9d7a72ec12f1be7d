import { gzipSync } from 'node:zlib';
import { readAllReadings } from '../../src/formats/registry.ts';
import { figuresOf, type Part } from '../figures/figure.ts';

const figure = figuresOf('hostile', 'npm run bench -- --only hostile');

const mostMs = 1000;
const runs = 3;

const entityBomb = (): string => {
  const names = 'abcdefghij'.split('');
  const entities = names.map(
    (name, index) => `<!ENTITY ${name} "${index === 0 ? 'ha' : `&${names[index - 1] ?? ''};`.repeat(10)}">`,
  );
  return `<?xml version="1.0"?><!DOCTYPE feed [${entities.join('')}]><feed xmlns="http://naesb.org/espi">&j;</feed>`;
};

const cutFeed = (): string => {
  const reading =
    '<IntervalReading><timePeriod><duration>900</duration><start>1300000000</start></timePeriod><value>1</value></IntervalReading>';
  return `<feed xmlns="http://naesb.org/espi"><entry><content><IntervalBlock>${reading.repeat(100_000)}<Interv`;
};

/** Files that are refused: what they are, their name and bytes. */
const cases = (): (readonly [string, string, string | Uint8Array])[] => [
  ['XML entities that grow to 3 GB', 'a.xml', entityBomb()],
  ['13 MB of XML cut short', 'a.xml', cutFeed()],
  ['XML nested 100,000 deep', 'a.xml', `<feed xmlns="http://naesb.org/espi">${'<a>'.repeat(100_000)}>`],
  ['a gzip that grows 900 times', 'a.csv.gz', gzipSync(Buffer.alloc(400_000_000, 'a,1\n'))],
  ['CSV of 420 MB', 'a.csv', Buffer.alloc(420_000_000, 'a,1\n')],
  ['50 MB of CSV in one line', 'a.csv', `date;${'x'.repeat(50_000_000)}`],
  ['CSV of a million columns', 'a.csv', `date${',kwh'.repeat(1_000_000)}\n`],
  ['JSON nested five million deep', 'a.json', `{"mesures":[{"idPrm":${'['.repeat(5_000_000)}`],
  [
    '15 MB of JSON cut short',
    'a.json',
    `{"meter_reading":{"usage_point_id":"1","interval_reading":[${'{"value":"1"},'.repeat(1_000_000)}`,
  ],
];

const timeOf = async (name: string, content: string | Uint8Array): Promise<number> => {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const from = performance.now();
    const read = await readAllReadings(name, bytes);
    times.push(performance.now() - from);
    if (read.ok) throw new Error(`${name} was read`);
  }
  return times.sort((left, right) => left - right)[Math.floor(runs / 2)] ?? Number.NaN;
};

export const hostilePart: Part = {
  title: 'Hostile files',
  notes: `Oversized, malformed and hostile files given to the import as a dropped file is; each must be refused with a sentence.
Median of ${runs} each; the slowest counts.`,
  run: async ({ tell }) => {
    let slowest = 0;
    let which = '';
    const all = cases();
    for (const [title, name, content] of all) {
      const ms = await timeOf(name, content);
      tell(`${title}: ${ms.toFixed(0)} ms`);
      if (ms > slowest) [slowest, which] = [ms, title];
    }
    return [
      figure({
        id: 'refusal',
        metric: `slowest refusal of a hostile file (${which})`,
        value: slowest,
        unit: 'ms',
        goal: `<= ${mostMs}`,
        holds: slowest <= mostMs,
        n: all.length,
      }),
    ];
  },
};

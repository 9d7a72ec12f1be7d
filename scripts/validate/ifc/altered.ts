import { basename } from 'node:path';
import type { Figure } from '../../figures/figure.ts';
import type { Digitised } from './corpus.ts';
import { against, exactly, holds } from './rows.ts';

const counts = /(\d+) external \/ (\d+) internal walls/;
const wallNet = /wallNet ([\d.]+)/;
const allWalls = /(?:^|[;,] *)(\d+) walls/;

const wallsIn = (json: Extract<Digitised, { json: unknown }>['json']): number =>
  json.totals.externalWalls + json.totals.internalWalls;

/** What the reference says in a sentence of an altered or broken file, and whether it came out so. */
export const againstSentence = (path: string, sentence: string, got: Digitised): Figure[] => {
  const name = basename(path);
  const id = `altered.${name}`;
  if (/^error/i.test(sentence)) {
    const flagged =
      'json' in got && got.json.warnings.some((one) => /truncat|partial|unterminated/.test(one.code));
    const isSaid = 'refused' in got || (/flag/.test(sentence) && flagged);
    const code = 'refused' in got ? got.refused : 'an envelope';
    return [holds(id, `${name}: ${code}`, isSaid, sentence)];
  }
  if ('refused' in got) return [holds(id, `${name}: refused with ${got.refused}`, false, sentence)];
  const { json } = got;
  const rows: Figure[] = [];
  const walls = counts.exec(sentence);
  if (walls !== null) {
    rows.push(
      exactly(`${id}.external`, `${name}, external walls`, json.totals.externalWalls, Number(walls[1])),
    );
    rows.push(
      exactly(`${id}.internal`, `${name}, internal walls`, json.totals.internalWalls, Number(walls[2])),
    );
  }
  const net = wallNet.exec(sentence);
  if (net !== null)
    rows.push(
      against(
        `${id}.wall-net`,
        `${name}, outer walls net`,
        json.totals.exterior.wallNetM2,
        Number(net[1]),
        'm2',
        1,
      ),
    );
  const all = allWalls.exec(sentence);
  if (walls === null && all !== null)
    rows.push(exactly(`${id}.walls`, `${name}, walls read`, wallsIn(json), Number(all[1])));
  if (/assume/i.test(sentence))
    rows.push(
      holds(
        `${id}.assumed`,
        `${name}: metre assumed and said`,
        json.warnings.some(({ code }) => code === 'length-unit-assumed'),
        sentence,
      ),
    );
  return rows.length > 0 ? rows : [holds(id, `${name}: an envelope`, true, sentence)];
};

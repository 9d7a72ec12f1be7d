import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../../src/core/byte-source.ts';
import { readIfc } from '../../../src/formats/ifc/index.ts';
import { smallHouse } from './small-house.ts';

/** Mulberry32: the same mutations on every run. */
const generator = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

type Mutation = (text: string, random: () => number) => string;

const at = (text: string, random: () => number): number => Math.floor(random() * text.length);

const references = (text: string): RegExpMatchArray[] => [...text.matchAll(/#\d+/g)];

const mutations: readonly Mutation[] = [
  // One byte replaced by one that means something.
  (text, random) => {
    const i = at(text, random);
    const byte = "'();=#,.$*/\\\n\0\u00ff9-E"[Math.floor(random() * 19)] ?? ' ';
    return text.slice(0, i) + byte + text.slice(i + 1);
  },
  // A stretch removed.
  (text, random) => {
    const i = at(text, random);
    return text.slice(0, i) + text.slice(i + 1 + Math.floor(random() * 200));
  },
  // A stretch repeated.
  (text, random) => {
    const i = at(text, random);
    const part = text.slice(i, i + Math.floor(random() * 300));
    return text.slice(0, i) + part + text.slice(i);
  },
  // Cut short.
  (text, random) => text.slice(0, at(text, random)),
  // References turned elsewhere: circles, wrong types, missing records.
  (text, random) => {
    const all = references(text);
    let result = text;
    for (let k = 0; k < 5; k++) {
      const [from] = all[Math.floor(random() * all.length)] ?? ['#1'];
      const [to] = all[Math.floor(random() * all.length)] ?? ['#1'];
      result = result.replace(new RegExp(`${from}(?=[,)])`), random() < 0.2 ? '#999999999999' : to);
    }
    return result;
  },
  // Numbers made absurd.
  (text, random) => {
    const absurd = ['0.', '-1.', '1.E308', '1.E-308', '9007199254740993', '1.E999', '-0.'];
    return text.replaceAll(/(?<=[(,])-?\d+\.\d*(?=[,)])/g, (number) =>
      random() < 0.05 ? (absurd[Math.floor(random() * absurd.length)] ?? number) : number,
    );
  },
  // Arguments emptied.
  (text, random) =>
    text.replaceAll(/(?<=[(,])#\d+(?=[,)])/g, (reference) => (random() < 0.03 ? '$' : reference)),
  // Records in another order.
  (text, random) => {
    const lines = text.split('\n');
    const i = Math.floor(random() * lines.length);
    const j = Math.floor(random() * lines.length);
    [lines[i], lines[j]] = [lines[j] ?? '', lines[i] ?? ''];
    return lines.join('\n');
  },
];

const DEADLINE_MS = 5000;

describe('two hundred damaged files', () => {
  it('each give a model or a reason in both languages, in time', async () => {
    const schemas = ['IFC4', 'IFC2X3'];
    for (let seed = 1; seed <= 200; seed++) {
      const random = generator(seed);
      let text = smallHouse({ schema: schemas[seed % 2] ?? 'IFC4' });
      for (let count = 1 + Math.floor(random() * 3); count > 0; count--) {
        const mutate = mutations[Math.floor(random() * mutations.length)];
        text = mutate?.(text, random) ?? text;
      }
      const start = performance.now();
      const result = await readIfc(bytesSource(`seed-${seed}.ifc`, Buffer.from(text, 'latin1')), {
        deadlineMs: DEADLINE_MS,
      });
      expect(performance.now() - start, `seed ${seed}`).toBeLessThan(DEADLINE_MS + 1000);
      if (result.ok) {
        const numbers = result.value.elements
          .flatMap(({ shape }) => shape?.faces ?? [])
          .flatMap(({ outer }) => outer.flat());
        expect(numbers.every(Number.isFinite), `seed ${seed}`).toBe(true);
      } else {
        expect(result.error.code, `seed ${seed}`).toMatch(/^[a-z][a-z-]+$/);
        expect(result.error.message.fr.length * result.error.message.en.length).toBeGreaterThan(0);
      }
    }
  }, 120_000);
});

import { describe, expect, it } from 'vitest';
import { mutated } from '../../../scripts/soak/mutate.ts';
import { bytesSource } from '../../../src/core/byte-source.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { readIfc } from '../../../src/formats/ifc/index.ts';
import { smallHouse } from './small-house.ts';

const DEADLINE_MS = 20_000;

/** A few of what `npm run soak` does by the thousand on real models. */
describe('damaged files', () => {
  it('each give a model of finite figures or a reason in both languages', async () => {
    const codes = new Set<string>();
    for (let seed = 1; seed <= 40; seed++) {
      const house = smallHouse({ schema: seed % 2 === 0 ? 'IFC4' : 'IFC2X3' });
      const { text } = mutated(house, seededRandom(seed));
      const result = await readIfc(bytesSource(`seed-${seed}.ifc`, Buffer.from(text, 'latin1')), {
        deadlineMs: DEADLINE_MS,
      });
      codes.add(result.ok ? 'read' : result.error.code);
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
    expect(codes.has('read') && codes.size > 2).toBe(true);
  }, 120_000);

  it('are the same for the same seed', () => {
    const damaged = (): string => mutated(smallHouse(), seededRandom(7)).text;
    expect(damaged()).toBe(damaged());
    expect(damaged()).not.toBe(smallHouse());
  });
});

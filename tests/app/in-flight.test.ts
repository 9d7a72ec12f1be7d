import { expect, it } from 'vitest';
import { inFlight } from '#app/in-flight.ts';

/** Work whose ends are called by hand. */
const byHand = () => {
  const begun: number[] = [];
  const ends = new Map<number, { resolve: (value: string) => void; reject: (error: Error) => void }>();
  const work = (item: number): Promise<string> =>
    new Promise((resolve, reject) => {
      begun.push(item);
      ends.set(item, { resolve, reject });
    });
  return { begun, ends, work };
};
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('begins in order, never more than allowed at once, and gives the results in order', async () => {
  const { begun, ends, work } = byHand();
  const all = inFlight([1, 2, 3, 4], 2, work);
  await turn();
  expect(begun).toEqual([1, 2]);
  ends.get(2)?.resolve('two');
  await turn();
  expect(begun).toEqual([1, 2, 3]);
  ends.get(3)?.resolve('three');
  await turn();
  ends.get(4)?.resolve('four');
  ends.get(1)?.resolve('one');
  expect(await all).toEqual(['one', 'two', 'three', 'four']);
});

it('begins none after a failure, waits for what is under way, and throws the first one', async () => {
  const { begun, ends, work } = byHand();
  let ended = false;
  const all = inFlight([1, 2, 3], 2, work).finally(() => {
    ended = true;
  });
  const caught = expect(all).rejects.toThrow('first');
  await turn();
  ends.get(2)?.reject(new Error('first'));
  await turn();
  expect([begun, ended]).toEqual([[1, 2], false]);
  ends.get(1)?.reject(new Error('second'));
  await caught;
  expect(begun).toEqual([1, 2]);
});

it('has nothing to do without items', async () => {
  expect(await inFlight([], 3, () => Promise.reject(new Error('asked')))).toEqual([]);
});

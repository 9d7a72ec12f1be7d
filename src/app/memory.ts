import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/**
 * More than the step before the 8 MB meant, and less than those. Half of what is reserved: the other half is where
 * objects still in use are moved.
 */
const WANTED_BYTES = 6 * 2 ** 20;
/** Long lists: moving as many bytes of small objects takes as long as reading a small model. */
const NUMBERS = 2000;
const MOST_LISTS = 4000;

const newSpaceBytes = (): number => {
  const space = getHeapSpaceStatistics().find((one) => one.space_name === 'new_space');
  return space === undefined ? Infinity : space.space_used_size + space.space_available_size;
};

/**
 * Sets the room for new objects to 8 MB, doubled from the 1 or 2 MB that the start leaves. Those are collected so often
 * that objects soon dropped are kept as old ones; left alone it grows to tens of megabytes more than a model needs, for
 * no time gained (measured: docs/decisions/0110, 0354). That room only grows when it is collected with much still in
 * use, so a few lists are held until it has. Does nothing to how much may be kept.
 */
export const settleNewSpace = (): void => {
  setFlagsFromString('--semi-space-growth-factor=2');
  const list = Array.from({ length: NUMBERS }, () => 0.5);
  const held: number[][] = [];
  while (newSpaceBytes() < WANTED_BYTES && held.length < MOST_LISTS) held.push(list.slice());
  setFlagsFromString('--semi-space-growth-factor=1');
};

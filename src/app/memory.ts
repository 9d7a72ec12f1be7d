import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the room for new objects at the size the process starts with. Reading a model makes much that is dropped at
 * once; left alone, that room grows to tens of megabytes more than the model needs, for no time gained (measured:
 * docs/decisions/0110). Does nothing to how much may be kept.
 */
export const keepNewSpaceSmall = (): void => {
  setFlagsFromString('--semi-space-growth-factor=1');
};

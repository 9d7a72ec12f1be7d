import { firstInflated, openText } from '../csv/index.ts';
import type { Sniffed } from './types.ts';

const headBytes = 16_384;

/** The beginning of a file, decompressed and decoded; text formats find an empty head in a binary file. */
export const sniff = (name: string, bytes: Uint8Array): Sniffed => {
  const first = firstInflated(bytes, headBytes);
  const text = first.length === 0 ? undefined : openText(name, first);
  const head =
    text?.ok === true
      ? new TextDecoder(text.value.encoding).decode(text.value.bytes.subarray(0, headBytes))
      : '';
  return { name, head, bytes: first };
};

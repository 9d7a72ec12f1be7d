import type { Zone } from '#core/timezone.ts';
import { resolveTimes } from '../csv/index.ts';
import { noOffset, type ParsedStamp, parseStamp } from '../csv/stamp.ts';

export type Instants = {
  /** ms since the epoch; NaN where the text is no date, or an hour that does not exist. */
  readonly instantMs: Float64Array;
  /** 1 where the text is a date without an hour. */
  readonly dateOnly: Uint8Array;
};

/** Times written as texts, offset or local, to instants; the repeated hour of autumn is read in the order given. */
export const instantsOf = (texts: readonly string[], zone: Zone): Instants => {
  const encoder = new TextEncoder();
  const stamp: ParsedStamp = { localMs: 0, offsetMin: noOffset, dateOnly: true };
  const localMs = new Float64Array(texts.length).fill(Number.NaN);
  const offsetMin = new Int16Array(texts.length).fill(noOffset);
  const dateOnly = new Uint8Array(texts.length);
  for (const [index, text] of texts.entries()) {
    const bytes = encoder.encode(text.trim());
    if (!parseStamp(bytes, 0, bytes.length, 'day-first', stamp)) continue;
    localMs[index] = stamp.localMs;
    offsetMin[index] = stamp.offsetMin;
    dateOnly[index] = stamp.dateOnly ? 1 : 0;
  }
  const known = texts.map((_, index) => index).filter((index) => !Number.isNaN(localMs[index]));
  const resolved = resolveTimes(
    '',
    {
      localMs: Float64Array.from(known, (index) => localMs[index]),
      offsetMin: Int16Array.from(known, (index) => offsetMin[index]),
      dateOnly: known.every((index) => dateOnly[index] === 1),
      stampsEnd: true,
    },
    zone.name,
  );
  if (!resolved.ok) throw new Error(`Zone ${zone.name} was open and is not`);
  const instantMs = new Float64Array(texts.length).fill(Number.NaN);
  for (const [at, index] of known.entries()) instantMs[index] = resolved.value.instantMs[at];
  return { instantMs, dateOnly };
};

import type { Failure, Result } from '../../src/core/result.ts';
import type { Readings } from '../../src/core/series.ts';
import type { ReadingsOptions } from '../../src/formats/readings/index.ts';
import { readAllReadings } from '../../src/formats/registry.ts';

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message.en}`);
  return result.value;
};

export const errorOf = <T>(result: Result<T>): Failure => {
  if (result.ok) throw new Error('a failure was expected');
  return result.error;
};

/** Every series of a text, through the registry as a dropped file is. */
export const readTextFile = async (
  name: string,
  text: string | Uint8Array,
  options: ReadingsOptions = {},
): Promise<readonly Readings[]> =>
  valueOf(await readAllReadings(name, typeof text === 'string' ? utf8(text) : text, options));

/** The readings as `start → end: kWh`, instants in UTC. */
export const shown = ({ startMs, endMs, energyKwh }: Readings): string[] =>
  Array.from(startMs, (start, index) => {
    const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 16);
    return `${iso(start)} → ${iso(endMs[index])}: ${Number(energyKwh[index].toFixed(6))}`;
  });

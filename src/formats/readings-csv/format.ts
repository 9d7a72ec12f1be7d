import { message } from '#core/message.ts';
import { ok } from '#core/result.ts';
import type { ReadingsFormat } from '../readings/types.ts';
import { readReadingsCsv } from './read-readings.ts';

/** Any delimited text with a time and an energy: what is not recognised as something more precise is tried as this. */
export const csvReadings: ReadingsFormat = {
  id: 'csv',
  title: message('relevés en CSV', 'readings as CSV'),
  detect: ({ head }) => head !== '' && !/^\s*[<{[]/.test(head),
  read: (name, bytes, options) => {
    const read = readReadingsCsv(name, bytes, options);
    return read.ok ? ok([read.value]) : read;
  },
};

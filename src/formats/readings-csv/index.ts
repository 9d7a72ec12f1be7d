export { csvReadings } from './format.ts';
export { readReadingsCsv } from './read-readings.ts';
export { streamReadingsCsv } from './stream.ts';

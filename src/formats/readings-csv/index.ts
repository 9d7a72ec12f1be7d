export { type ReadingsCsvOptions, readReadingsCsv } from './read-readings.ts';

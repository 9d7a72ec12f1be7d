export { isZip, unpackEntry, zipEntries } from './zip-entries.ts';

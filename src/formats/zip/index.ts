export { writeZip } from './write-zip.ts';
export { isZip, unpackEntry, zipEntries } from './zip-entries.ts';

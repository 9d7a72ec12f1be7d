export { isZip, type ZipEntry, zipEntries } from './zip-entries.ts';
export { writeZip } from './write-zip.ts';

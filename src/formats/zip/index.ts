export { isZip, type ZipEntry, zipEntries } from './zip-entries.ts';

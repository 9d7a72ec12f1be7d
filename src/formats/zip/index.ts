export { feed, unpackedParts } from './unpack-stream.ts';
export { writeZip } from './write-zip.ts';
export { isZip, unpackEntry, type ZipEntry, zipEntries } from './zip-entries.ts';
export { ZipStream, ZipTooLarge } from './zip-stream.ts';

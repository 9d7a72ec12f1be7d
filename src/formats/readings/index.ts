export { mappingOf, mappingSchema } from './mapping.ts';
export type { ReadingsFormat, ReadingsOptions, Sniffed } from './types.ts';

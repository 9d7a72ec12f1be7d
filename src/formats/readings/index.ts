export { mappingOf, mappingOptions, mappingSchema } from './mapping.ts';
export type { ReadingsFormat, ReadingsOptions, Sniffed } from './types.ts';

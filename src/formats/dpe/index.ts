export { readDpe } from './read-dpe.ts';
export { readConventional } from './read-conventional.ts';

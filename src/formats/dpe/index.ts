export { readDpe } from './read-dpe.ts';

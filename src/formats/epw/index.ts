export { type EpwFile, type EpwOtherField, isEpw, readEpw } from './read-epw.ts';

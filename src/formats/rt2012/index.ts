export { isRt2012, readRt2012 } from './read-rt2012.ts';

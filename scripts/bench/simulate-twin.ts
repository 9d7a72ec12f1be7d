export { blockOfFlats as benchTwin } from '../../tests/support/block-of-flats.ts';

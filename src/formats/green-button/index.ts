export { greenButton } from './espi.ts';

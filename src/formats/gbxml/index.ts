export { type GbxmlBuilding, type GbxmlOpening, type GbxmlSurface, writeGbxml } from './write-gbxml.ts';

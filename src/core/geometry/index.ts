export * from './polygon.ts';
export * from './region.ts';
export * from './rings.ts';
export * from './section.ts';
export * from './vector.ts';

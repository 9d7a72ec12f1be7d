export * from './polygon.ts';
export * from './region.ts';
export * from './section.ts';
export * from './vector.ts';

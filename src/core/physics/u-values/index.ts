export * from './ground.ts';
export * from './layers.ts';
export * from './window.ts';

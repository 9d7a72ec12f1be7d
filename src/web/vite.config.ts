import { defineConfig } from 'vite';

/** What several pages share, but for the charts over time: their library comes when one is drawn. */
const isShared = (id: string): boolean => /\/src\/web\/|preact/.test(id) && !id.includes('time-chart');

export default defineConfig({
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // A style sheet of a few kilobytes is one request; nine pieces of it are nine.
    cssCodeSplit: false,
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'shared', test: isShared, minShareCount: 2 }] } },
    },
  },
  logLevel: 'warn',
});

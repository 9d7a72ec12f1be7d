import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    exclude: ['tests/e2e/**', 'tests/corpus/**', 'node_modules/**'],
    globalSetup: ['tests/support/embedded-folder.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});

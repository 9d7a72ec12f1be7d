import { defineConfig } from 'vitest/config';

/** The browser journeys: one at a time, against a server each test file starts itself on 127.0.0.1. */
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});

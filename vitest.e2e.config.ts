import { defineConfig } from 'vitest/config';

/** The browser journeys: one at a time, against a server each test file starts itself on 127.0.0.1. */
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.test.ts'],
    globalSetup: ['tests/support/demo-folder.ts'],
    fileParallelism: false,
    testTimeout: 360_000,
    hookTimeout: 400_000,
    // What a page says comes a moment after what brought it: an assertion asks again as long as a locator waits.
    expect: { poll: { timeout: 90_000 } },
  },
});

import { defineConfig } from 'vitest/config';

/** Tests on real files that are not part of the repository; STACOPTIM_CORPUS names their folder. */
export default defineConfig({
  test: {
    include: ['tests/corpus/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});

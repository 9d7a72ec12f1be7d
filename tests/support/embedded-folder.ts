import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openEmbedded } from '#store/embedded/index.ts';

declare module 'vitest' {
  interface ProvidedContext {
    embeddedFolder: string;
  }
}

/**
 * One embedded server for a whole test run. Only the folder is chosen here: the first test that needs a database
 * starts the server, and runs without one pay nothing.
 */
export const setup = (project: TestProject): (() => Promise<void>) => {
  const folder = mkdtempSync(join(tmpdir(), 'stacoptim-tests-'));
  project.provide('embeddedFolder', join(folder, 'pg'));
  return async () => {
    if (existsSync(join(folder, 'pg', 'cluster', 'data', 'postmaster.pid'))) {
      // A worker that was cut off has left the server running: sign in and be the last one out.
      await (await openEmbedded(join(folder, 'pg'))).stop();
    }
    rmSync(folder, { recursive: true, force: true });
  };
};

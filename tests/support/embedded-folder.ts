import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { clientsOf } from '#store/embedded/clients.ts';
import { openEmbedded } from '#store/embedded/index.ts';

declare module 'vitest' {
  interface ProvidedContext {
    embeddedFolder: string;
    /** Told apart by it: the template databases of this run, on a server that others may use and that may outlive it. */
    templates: string;
  }
}

/**
 * One embedded server for a whole test run. Only the folder is chosen here: the first test that needs a database
 * starts the server, and runs without one pay nothing. This process signs in for as long as the run lasts, so that the
 * server does not stop and start again between two files.
 */
export const setup = (project: TestProject): (() => Promise<void>) => {
  const parent = mkdtempSync(join(tmpdir(), 'stacoptim-tests-'));
  const folder = join(parent, 'pg');
  const clients = clientsOf(folder);
  clients.signIn();
  project.provide('embeddedFolder', folder);
  const given = process.env['DATABASE_URL'] ?? '';
  const runs: string[] = [];
  const begin = (): void => {
    const run = randomBytes(6).toString('hex');
    runs.push(run);
    project.provide('templates', run);
  };
  begin();
  // While vitest watches, what the templates were made with may have changed.
  project.onTestsRerun(begin);
  return async () => {
    clients.signOut();
    // The last one out stops the server.
    if (existsSync(join(folder, 'cluster', 'data', 'postmaster.pid')))
      await (await openEmbedded(folder)).stop();
    rmSync(parent, { recursive: true, force: true });
    if (given === '') return;
    // Loaded where it is needed: it brings the whole store along.
    const { dropTemplates } = await import('./templates.ts');
    for (const run of runs) await dropTemplates(given, run);
  };
};

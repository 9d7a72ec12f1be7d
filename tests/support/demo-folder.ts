import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { stacoptim } from './stacoptim.ts';

declare module 'vitest' {
  interface ProvidedContext {
    demoParent: string;
  }
}

/** The demo is run once for all journeys, by the first that wants it; each has a copy of what it left. */
export const setup = (project: TestProject): (() => void) => {
  const parent = mkdtempSync(join(tmpdir(), 'stacoptim-demo-'));
  const kept = join(parent, 'db');
  project.provide('demoParent', parent);
  // While vitest watches, the demo may have changed.
  project.onTestsRerun(() => rmSync(kept, { recursive: true, force: true }));
  return () => rmSync(parent, { recursive: true, force: true });
};

/**
 * Makes `data` a folder in which `stacoptim demo` has been run. Journeys run one after the other, so that none finds a
 * demo that another is making. Throws what the program said when it fails.
 */
export const demoInto = (data: string): void => {
  const kept = join(inject('demoParent'), 'db');
  if (!existsSync(kept)) {
    const { code, stderr } = stacoptim('demo', '--data', kept);
    if (code !== 0) {
      rmSync(kept, { recursive: true, force: true });
      throw new Error(`stacoptim demo: ${code}\n${stderr}`);
    }
  }
  // A server that still writes would be copied torn.
  if (existsSync(join(kept, 'cluster', 'data', 'postmaster.pid')))
    throw new Error('the demo has left its server');
  // The files of the server belong to an account of its own, which node's copy does not keep.
  const { status, stderr } = spawnSync('cp', ['-a', `${kept}/.`, data], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
};

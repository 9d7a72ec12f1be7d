import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const launcher = join(root, 'bin', 'stacoptim.mjs');

export type Called = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** Calls the command line as a person would, through its launcher; in French unless asked. */
export const stacoptim = (...words: readonly string[]): Called => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...words], {
    encoding: 'utf8',
    env: { ...process.env, STACOPTIM_LANG: 'fr' },
    maxBuffer: 64e6,
  });
  return { code: status, stdout, stderr };
};

/** The same in a process group of its own, so that all of it can be killed at once. */
export const startStacoptim = (...words: readonly string[]) =>
  spawn(process.execPath, [launcher, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });

export const sampleFolder = join(root, 'buildings');

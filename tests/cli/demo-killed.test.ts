import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startStacoptim, stacoptim } from '../support/stacoptim.ts';

it('a demo killed outright leaves a database that opens, and a demo that can be run again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stacoptim-killed-'));
  try {
    // Early (the cluster being made), in the load, and in the middle of the loop.
    for (const afterMs of [300, 1500, 4000]) {
      const demo = startStacoptim('demo', '--data', folder);
      const ended = once(demo, 'exit');
      await Promise.race([sleep(afterMs), ended]);
      if (demo.exitCode === null && demo.pid !== undefined) process.kill(-demo.pid, 'SIGKILL');
      await ended;
    }
    const again = stacoptim('demo', '--data', folder, '--json');
    expect(again.stderr).toContain('fini');
    expect(again.code).toBe(0);
    const { stock } = JSON.parse(again.stdout) as { stock: { buildings: unknown[] } };
    expect(stock.buildings).toHaveLength(7);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);

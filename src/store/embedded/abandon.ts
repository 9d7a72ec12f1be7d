import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { clientsOf } from './clients.ts';
import { readPostmaster, serves } from './postmaster.ts';

/** Takes the folder of an embedded database away with all that is in it, unless a process uses it. */
export const abandonEmbedded = (folder: string): void => {
  if (!existsSync(folder)) return;
  const clients = clientsOf(folder);
  clients.raiseStopping();
  const data = join(folder, 'cluster', 'data');
  const postmaster = readPostmaster(data);
  const used = clients.othersAlive() || (postmaster !== undefined && serves(postmaster.pid, data));
  if (used) clients.lowerStopping();
  else rmSync(folder, { recursive: true, force: true });
};

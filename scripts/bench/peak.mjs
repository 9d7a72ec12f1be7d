// Loaded before a measured program: says its peak resident memory, worker threads included, when it ends.
import { writeSync } from 'node:fs';

process.on('exit', () => {
  writeSync(3, String(process.resourceUsage().maxRSS));
});

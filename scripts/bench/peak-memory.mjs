// The resident peak of this process alone. On Linux the peak that `resourceUsage` tells starts from that of the process
// it was started by: small programs started by a large one would all look as large.
import { existsSync, readFileSync } from 'node:fs';

const status = '/proc/self/status';

/** Megabytes, worker threads included. */
export const peakMemoryMb = () => {
  const own = existsSync(status) ? /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(status, 'utf8')) : null;
  return (own === null ? process.resourceUsage().maxRSS : Number(own[1])) / 1024;
};

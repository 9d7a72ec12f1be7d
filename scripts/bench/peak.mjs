// Loaded before a measured program: says its peak resident memory in MB, worker threads included, when it ends.
import { writeSync } from 'node:fs';
import { peakMemoryMb } from './peak-memory.mjs';

process.on('exit', () => {
  writeSync(3, String(peakMemoryMb()));
});

/** Writes the sample stock of buildings/: models, meters, weather, works and the truth behind them, all made up. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { stockFiles } from './stock/files.ts';

const folder = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..', 'buildings');

for (const { path, content } of stockFiles()) {
  const target = join(folder, path);
  mkdirSync(dirname(target), { recursive: true });
  rmSync(target, { force: true });
  // Level 9 without a time stamp: the same text gives the same bytes.
  writeFileSync(target, path.endsWith('.gz') ? gzipSync(content, { level: 9 }) : content);
  process.stderr.write(`${target}\n`);
}

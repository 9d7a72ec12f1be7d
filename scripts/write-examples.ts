import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '#store/index.ts';
import { abridged } from './worked-examples/abridge.ts';
import { walkApi } from './worked-examples/walk.ts';

/** Writes src/api/worked-examples.json, the examples of the OpenAPI document, from a run on the sample stock. */
const folder = mkdtempSync(join(tmpdir(), 'stacoptim-examples-'));
const store = await openStore({ dataDir: join(folder, 'pg') });
try {
  const examples = await walkApi(store);
  const path = join(import.meta.dirname, '../src/api/worked-examples.json');
  const text = execFileSync(
    process.execPath,
    ['node_modules/@biomejs/biome/bin/biome', 'format', `--stdin-file-path=${path}`],
    { input: JSON.stringify(abridged(examples)), encoding: 'utf8', maxBuffer: 64_000_000 },
  );
  writeFileSync(path, text);
} finally {
  await store.close();
  rmSync(folder, { recursive: true });
}

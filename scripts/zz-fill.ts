import { openStore } from '#store/index.ts';
import { fillStock } from './bench/api-load/fill.ts';
import { writeFileSync, existsSync } from 'node:fs';
const url = process.env.DATABASE_URL ?? '';
const store = await openStore({ databaseUrl: url, dataDir: '' });
await fillStock(store, url, 50000);
await store.changes.after(0, { limit: 1 });
const { key } = await store.identities.addKey({
  organisationId: 1,
  role: 'integration',
  name: 'load',
  createdBy: 'bench',
});
await store.close();
writeFileSync('/tmp/apiload/key', key);
writeFileSync('/tmp/apiload/url', url);
while (!existsSync('/tmp/apiload/stop')) await new Promise((r) => setTimeout(r, 1000));

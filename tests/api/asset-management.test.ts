import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { guardedAccess } from '#api/access.ts';
import { startLedger } from '#app/clock.ts';
import type { AppContext } from '#app/context.ts';
import { defaultSettings } from '#app/settings.ts';
import { startWebhooks } from '#jobs/deliver-webhooks.ts';
import { jobHandlers } from '#jobs/handlers.ts';
import { startWorker } from '#jobs/worker.ts';
import { openApi } from '../support/api.ts';
import { withStores } from '../support/database.ts';

const script = join(import.meta.dirname, '../../docs/examples/asset-management.mjs');

withStores('docs/examples/asset-management.mjs', ({ store }) => {
  it('pushes, retries, follows and receives, and misses nothing', async () => {
    const settings = { ...defaultSettings, webhookNetworks: ['127.0.0.1'] };
    const context: AppContext = { store: store(), nowMs: () => Date.now(), startLedger, settings };
    const api = await openApi(store(), () => Date.now(), guardedAccess(store().identities), settings);
    const stopWork = startWorker(context, { handlers: jobHandlers, everyMs: 20 });
    const stopWebhooks = startWebhooks(context, (error) => expect.unreachable(String(error)), {
      everyMs: 20,
    });
    const keyOf = async (role: string): Promise<string> =>
      (await store().identities.addKey({ organisationId: 1, role, name: role, createdBy: 'test' })).key;
    try {
      const { stdout } = await promisify(execFile)(process.execPath, [script], {
        env: {
          ...process.env,
          STACOPTIM_URL: api.url,
          STACOPTIM_KEY: await keyOf('integration'),
          STACOPTIM_ADMIN_KEY: await keyOf('administrator'),
        },
      });
      expect(JSON.parse(stdout)).toEqual({
        known: 0,
        now: 100,
        pushed: 100,
        replayed: 'true',
        rename: [412, 200],
        readings: [365, 365],
        job: 'done',
        changes: expect.any(Number) as number,
        resumed: expect.arrayContaining(['building updated pat-42']) as string[],
        missedByWebhook: 0,
      });
    } finally {
      await stopWebhooks();
      await stopWork();
      await api.close();
    }
  }, 90_000);
});

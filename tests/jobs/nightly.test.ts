import { expect, it } from 'vitest';
import { startLedger } from '#app/clock.ts';
import { runNightly } from '#jobs/nightly.ts';
import { withStores } from '../support/database.ts';

withStores('the nightly job', ({ store }) => {
  const context = () => ({ store: store(), nowMs: () => Date.UTC(2026, 0, 1), startLedger });

  it('ends on a stock without meters, and leaves its job done', async () => {
    const run = await runNightly(context(), () => {});
    expect(run.ok && run.value).toEqual([]);
    const [job] = await store().jobs.list();
    expect(job?.state).toBe('done');
  });

  it('refuses a second run while one is alive, and leaves the first alone', async () => {
    await store().jobs.add('retrain', {});
    const first = await store().jobs.claim(['retrain']);
    const second = await runNightly(context(), () => {});
    expect(second.ok ? 'ran' : second.error.code).toBe('retrain-running');
    expect((await store().jobs.get(first?.id ?? 0))?.state).toBe('running');
    expect((await store().jobs.list({ state: 'cancelled' })).length).toBe(1);
  });
});

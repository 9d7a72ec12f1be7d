import { describe, expect, it } from 'vitest';
import { startLedger } from '#app/clock.ts';
import { ownFailure } from '#app/own-failure.ts';
import { runNightly } from '#jobs/nightly.ts';
import { StoreError } from '#store/index.ts';
import { withStores } from '../support/database.ts';

withStores('the nightly job', ({ store }) => {
  const context = () => ({ store: store(), nowMs: () => Date.UTC(2026, 0, 1), startLedger });

  it('ends on a stock without meters, and leaves its job done', async () => {
    const run = await runNightly(context(), () => {});
    expect(run.ok && run.value.meters).toEqual([]);
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

  it('does the job of a run that died, and leaves none of its own behind', async () => {
    for (const { id } of await store().jobs.list({ state: 'running' })) await store().jobs.cancel(id);
    const dead = await store().jobs.add('retrain', {});
    const run = await runNightly(context(), () => {});
    expect(run.ok).toBe(true);
    expect((await store().jobs.get(dead))?.state).toBe('done');
    expect(await store().jobs.list({ state: 'waiting' })).toEqual([]);
  });
});

describe('what goes wrong at night', () => {
  const away = (): StoreError =>
    new StoreError({ code: 'database-unreachable', message: { fr: '', en: '' } }, { retryable: true });

  it('is tried again after growing pauses where it may pass', async () => {
    const pauses: number[] = [];
    let tries = 0;
    const done = await ownFailure(
      () => (++tries < 3 ? Promise.reject(away()) : Promise.resolve('done')),
      (ms) => Promise.resolve(pauses.push(ms)),
    );
    expect([done, pauses]).toEqual([{ ok: true, value: 'done' }, [1000, 4000]]);
  });

  it('ends the night where it does not pass, for the next one would fare no better', async () => {
    const pauses: number[] = [];
    await expect(
      ownFailure(
        () => Promise.reject(away()),
        (ms) => Promise.resolve(pauses.push(ms)),
      ),
    ).rejects.toThrow(StoreError);
    expect(pauses).toEqual([1000, 4000, 16_000]);
  });

  it('is named at once where it is an error of the program', async () => {
    const done = await ownFailure(() => Promise.reject(new Error('broken')));
    expect(done).toMatchObject({ ok: false, error: { code: 'program-error' } });
  });
});

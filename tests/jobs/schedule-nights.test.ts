import { afterEach, expect, it, vi } from 'vitest';
import { startLedger } from '#app/clock.ts';
import { scheduleNights } from '#jobs/schedule-nights.ts';
import { startWorker } from '#jobs/worker.ts';
import { withStores } from '../support/database.ts';

const dayMs = 86_400_000;
const soon = { timeout: 30_000, interval: 20 };

withStores('the built-in night', ({ store }) => {
  let later = 0;
  const context = () => ({ store: store(), nowMs: () => Date.now() + later, startLedger });
  const nights = () => store().jobs.list({ kind: 'retraining' });
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });
  const failures: unknown[] = [];
  const schedule = (): void => {
    stops.push(scheduleNights(context(), [2, 15], (error) => failures.push(error), 10));
  };

  it('is queued once each day however many servers look, one that was missed being made up for', async () => {
    schedule();
    await vi.waitFor(async () => expect(await nights()).toHaveLength(1), soon);
    schedule();
    // Each look is done before the schedule that made it stops.
    for (const stop of stops.splice(0)) await stop();
    expect(await nights()).toHaveLength(1);
    later = dayMs;
    schedule();
    await vi.waitFor(async () => expect((await nights()).length).toBeGreaterThan(1), soon);
    expect(failures).toEqual([]);
  });

  it('is done by a worker, and leaves the summary that one reads in the morning', async () => {
    stops.push(startWorker(context(), { everyMs: 10, onFailure: (error) => failures.push(error) }));
    await vi.waitFor(async () => expect((await nights()).at(-1)?.state).toBe('done'), soon);
    expect((await nights()).at(-1)?.result).toMatchObject({
      summary: {
        sentence: { fr: expect.stringContaining('aucun échec'), en: expect.stringContaining('no failure') },
      },
    });
    expect(failures).toEqual([]);
  });
});

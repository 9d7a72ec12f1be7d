import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { startLedger } from '#app/clock.ts';
import type { AppContext } from '#app/context.ts';
import { message } from '#core/message.ts';
import { failure, ok } from '#core/result.ts';
import type { JobHandler } from '#jobs/handlers.ts';
import { startWorker } from '#jobs/worker.ts';
import { withStores } from '../support/database.ts';
import { clientAddresses, hostAddresses, letHostsIn } from '../support/host-addresses.ts';

const holder = join(import.meta.dirname, '../support/worker-holder.ts');
const programmeHolder = join(import.meta.dirname, '../support/programme-holder.ts');
/** However busy the machine is. */
const soon = { timeout: 30_000, interval: 20 };
/** Workers killed in a run; the long campaign sets a hundred. */
const kills = Number(process.env['STACOPTIM_KILL_ROUNDS'] ?? 5);

withStores('workers', ({ store, url }) => {
  const context = (): AppContext => ({ store: store(), nowMs: () => Date.now(), startLedger });
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });
  const work = (handlers: Record<string, JobHandler>, options = {}): void => {
    stops.push(startWorker(context(), { handlers, everyMs: 10, waitSeconds: () => 0.05, ...options }));
  };
  const stateOf = async (id: number): Promise<string | undefined> => (await store().jobs.get(id))?.state;
  const nothing: JobHandler['run'] = async () => ok({ keep: async () => ({}) });

  it('on two hosts, killed at random, lose no job and do none twice', async () => {
    const hosts = await hostAddresses();
    await letHostsIn(url());
    const ids: number[] = [];
    const addSome = async (): Promise<void> => {
      for (let i = 0; i < 10; i += 1) ids.push(await store().jobs.add('try', { n: ids.length }));
    };
    /** What each place began, and where it listens: a place is one of the two hosts, also after its process was killed. */
    const begun = [new Set<number>(), new Set<number>()] as const;
    const listening = new Map<number, string>();
    const children = new Map<number, ChildProcess>();
    const start = (place: 0 | 1): void => {
      const child = spawn(process.execPath, [holder, url(), '1', hosts[place]], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      createInterface(child.stdout).on('line', (line) => {
        const [word, said = ''] = line.split(' ');
        if (word === 'begin') begun[place].add(Number(said));
        else listening.set(place, said);
      });
      children.set(place, child);
    };
    const kill = async (place: 0 | 1): Promise<void> => {
      const child = children.get(place);
      if (child === undefined) return;
      children.delete(place);
      listening.delete(place);
      child.kill('SIGKILL');
      await once(child, 'exit');
    };
    start(0);
    start(1);
    try {
      await expect.poll(() => listening.size, soon).toBe(2);
      expect([0, 1].map((place) => new URL(listening.get(place) ?? '').hostname)).toEqual(hosts);
      for (const at of listening.values()) expect((await fetch(`${at}readyz`)).status).toBe(200);
      // Beside them, the store of this test as long as it holds a connection.
      expect(await clientAddresses(url())).toEqual(expect.arrayContaining([...hosts]));
      for (let round = 0; round < kills; round += 1) {
        await addSome();
        const last = ids.length;
        await expect
          .poll(() => begun.some((place) => [...place].some((n) => n >= last - 10)), soon)
          .toBe(true);
        await sleep((round * 37) % 70);
        const place = round % 2 === 0 ? 0 : 1;
        await kill(place);
        start(place);
      }
      await expect
        .poll(async () => (await store().jobs.list({ state: 'done', kind: 'try', limit: 100_000 })).length, {
          timeout: 60_000,
        })
        .toBe(ids.length);
    } finally {
      await kill(0);
      await kill(1);
    }
    expect(begun.map(({ size }) => size > 0)).toEqual([true, true]);
    const kept = (await store().programmes.list()).map(({ document }) => document['n']);
    expect(kept.toSorted((a, b) => Number(a) - Number(b))).toEqual(ids.map((_, n) => n));
    for (const id of ids) {
      const job = await store().jobs.get(id);
      expect(job?.result).toEqual({ programmeId: expect.any(Number) });
    }
  }, 240_000);

  it('killed in the middle of a programme, leave where it was to the one that takes it over', async () => {
    const id = await store().jobs.add('plan', {}, { mostAttempts: 5 });
    const children = new Set<ChildProcess>();
    const said = (way: string): { readonly child: ChildProcess; readonly lines: () => string } => {
      const child = spawn(process.execPath, [programmeHolder, url(), way], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      children.add(child);
      let all = '';
      child.stdout?.on('data', (chunk: Buffer) => {
        all += chunk.toString();
      });
      return { child, lines: () => all };
    };
    try {
      const first = said('stall');
      await expect.poll(first.lines, { timeout: 90_000 }).toContain('kept');
      expect(first.lines()).toContain('from nothing');
      first.child.kill('SIGKILL');
      await once(first.child, 'exit');
      const second = said('');
      await expect.poll(() => stateOf(id), { timeout: 90_000 }).toBe('done');
      const { result } = (await store().jobs.get(id)) ?? {};
      // The plan of the one that was killed was within the gap: the solver was not asked again.
      expect(result).toMatchObject({ asked: 0 });
      expect(Number(result?.['gapPercent'])).toBeLessThanOrEqual(0.5);
      expect(second.lines()).toContain(`from ${Number(result?.['buildings'])}`);
      // What is done needs no checkpoint.
      expect(await store().jobs.checkpoint(id)).toBeUndefined();
    } finally {
      for (const child of children) child.kill('SIGKILL');
    }
  }, 240_000);

  it('keep no checkpoint of a job that is another’s', async () => {
    const id = await store().jobs.add('none', {}, { mostAttempts: 5 });
    await store().jobs.claim(['none']);
    expect(await store().jobs.saveCheckpoint(id, 1, { at: 1 })).toBe(true);
    expect(await store().jobs.saveCheckpoint(id, 2, { at: 2 })).toBe(false);
    expect(await store().jobs.checkpoint(id)).toEqual({ at: 1 });
    await store().jobs.cancel(id);
    expect(await store().jobs.saveCheckpoint(id, 1, { at: 3 })).toBe(false);
  });

  it('wait longer after each failure, then fail by a name, and can be asked again', async () => {
    let runs = 0;
    let broken = true;
    work({
      shaky: {
        run: (...args) => {
          runs += 1;
          if (broken) throw new Error('the disk is full');
          return nothing(...args);
        },
      },
    });
    const id = await store().jobs.add('shaky', {}, { mostAttempts: 3 });
    await expect.poll(() => stateOf(id), soon).toBe('failed');
    expect(runs).toBe(3);
    const failed = await store().jobs.get(id);
    expect(failed).toMatchObject({ failure: { code: 'job-failed' }, error: 'the disk is full' });
    expect(JSON.stringify(failed?.failure)).not.toContain('disk');
    broken = false;
    expect(await store().jobs.retry(id)).toBe(true);
    await expect.poll(() => stateOf(id), soon).toBe('done');
  });

  it('try again what may pass, and not what cannot', async () => {
    let runs = 0;
    const refused = failure('busy', 'occupé', 'busy');
    work({
      passing: {
        passing: ['busy'],
        run: (...args) => {
          runs += 1;
          return runs < 3 ? Promise.resolve(refused) : nothing(...args);
        },
      },
      final: { run: () => Promise.resolve(refused) },
    });
    const passing = await store().jobs.add('passing', {}, { mostAttempts: 5 });
    const final = await store().jobs.add('final', {}, { mostAttempts: 5 });
    await expect.poll(() => stateOf(passing), soon).toBe('done');
    await expect.poll(() => stateOf(final), soon).toBe('failed');
    expect(await store().jobs.get(final)).toMatchObject({ attempts: 1, failure: { code: 'busy' } });
  });

  it('stop a cancelled job, of which nothing is kept', async () => {
    const before = (await store().programmes.list()).length;
    let aborted = false;
    work(
      {
        long: {
          run: async (_context, _input, { signal, onProgress }) => {
            onProgress(1, 4, message('en route', 'under way'));
            await once(signal, 'abort');
            aborted = true;
            return ok({ keep: async (inside) => ({ id: await inside.programmes.add({}) }) });
          },
        },
      },
      { leaseSeconds: 1 },
    );
    const id = await store().jobs.add('long', {}, { mostAttempts: 3 });
    await expect.poll(async () => (await store().jobs.get(id))?.step?.en, soon).toBe('under way');
    expect(await store().jobs.get(id)).toMatchObject({ state: 'running', progress: 0.25 });
    expect(await store().jobs.cancel(id)).toBe(true);
    await expect.poll(() => aborted, soon).toBe(true);
    await stops.pop()?.();
    expect(await stateOf(id)).toBe('cancelled');
    expect(await store().programmes.list()).toHaveLength(before);
  });

  it('give back what they were doing when they are stopped', async () => {
    work({
      long: {
        run: async (_context, _input, { signal }) => {
          await once(signal, 'abort');
          return failure('programme-cancelled', 'arrêté', 'stopped');
        },
      },
    });
    const id = await store().jobs.add('long', {}, { mostAttempts: 1 });
    await expect.poll(() => stateOf(id), soon).toBe('running');
    await stops.pop()?.();
    expect(await store().jobs.get(id)).toMatchObject({ state: 'waiting', attempts: 0 });
    work({ long: { run: nothing } });
    await expect.poll(() => stateOf(id), soon).toBe('done');
  });

  it('give back what they have taken and not begun when they are stopped in between', async () => {
    const own = store();
    let ran = false;
    let asked = false;
    const stopping: typeof own = {
      ...own,
      forOrganisation: async () => ({
        ...own,
        jobs: {
          ...own.jobs,
          checkpoint: (id) => {
            asked = true;
            void stop();
            return own.jobs.checkpoint(id);
          },
        },
      }),
    };
    const id = await own.jobs.add('early', {}, { mostAttempts: 1 });
    const handler: JobHandler = {
      run: async (...args) => {
        ran = true;
        return nothing(...args);
      },
    };
    const stop = startWorker(
      { ...context(), store: stopping },
      { handlers: { early: handler }, everyMs: 10 },
    );
    await expect.poll(() => asked, soon).toBe(true);
    await stop();
    expect(ran).toBe(false);
    expect(await own.jobs.get(id)).toMatchObject({ state: 'waiting', attempts: 0 });
    await own.jobs.cancel(id);
  });

  it('fail by a name the job that none of them survives', async () => {
    const id = await store().jobs.add('deadly', {}, { mostAttempts: 2 });
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(await store().jobs.claim(['deadly'], 0)).toMatchObject({ id });
      await sleep(5);
    }
    work({ deadly: { run: nothing } });
    await expect.poll(() => stateOf(id), soon).toBe('failed');
    expect(await store().jobs.get(id)).toMatchObject({ failure: { code: 'job-worker-lost' } });
  });

  it('leave a job alone that was taken from them meanwhile', async () => {
    const { jobs } = store();
    const id = await jobs.add('slow', {});
    const first = await jobs.claim(['slow'], 0);
    await sleep(5);
    const second = await jobs.claim(['slow'], 60);
    expect([first?.id, second?.id]).toEqual([id, id]);
    expect(await jobs.progress(id, 0.5, { attempt: first?.attempts ?? 0 })).toBe(false);
    expect(await jobs.finish(id, { by: 'first' }, first?.attempts)).toBe(false);
    await jobs.fail(id, 'late', { attempt: first?.attempts ?? 0 });
    expect(await jobs.finish(id, { by: 'second' }, second?.attempts)).toBe(true);
    expect(await jobs.get(id)).toMatchObject({ state: 'done', result: { by: 'second' } });
  });

  it('do the jobs of every organisation, each in its own', async () => {
    const own = await store().forOrganisation(await store().identities.addOrganisation('Autre'));
    const seen: number[] = [];
    work({
      where: {
        run: async ({ store: given }) => {
          seen.push(given.organisationId);
          return ok({ keep: async (inside) => ({ id: await inside.programmes.add({}) }) });
        },
      },
    });
    const here = await store().jobs.add('where', {});
    const there = await own.jobs.add('where', {});
    await expect.poll(() => stateOf(here), soon).toBe('done');
    await expect.poll(async () => (await own.jobs.get(there))?.state, soon).toBe('done');
    expect(seen.toSorted((a, b) => a - b)).toEqual([1, own.organisationId]);
    expect(await own.programmes.list()).toHaveLength(1);
    expect(await store().jobs.get(there)).toBeUndefined();
  });
});

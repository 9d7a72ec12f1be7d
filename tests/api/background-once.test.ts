import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replayRequest } from '#api/replay.ts';
import { call } from '../support/api.ts';
import { withStores } from '../support/database.ts';
import { putOffCalls, later, readings, soon, told } from '../support/put-off.ts';

const holder = join(import.meta.dirname, '../support/request-holder.ts');

withStores('calls put off', ({ store, url }) => {
  const { api, elsewhere, keys, stops, work, send, begin, jobOf, ended, answerOf, heldKwh } =
    putOffCalls(store);

  describe('are refused before they wait', () => {
    const queued = async (): Promise<number> => (await store().jobs.pending(['request', 'upload'])).jobs;
    const long = 'x'.repeat(1_100_000);

    it('with a body over the limit of their operation, told or not', async () => {
      const before = await queued();
      const path = 'weather-stations/s/days';
      expect(told(await send('POST', path, long, later))).toEqual([413, 'body-too-large']);
      const dribbled = await call(`${api().url}v1/${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${keys.get('administrator')}`,
          'content-type': 'application/json',
          ...later,
        },
        body: new Blob([long]).stream(),
        duplex: 'half',
      } as RequestInit);
      expect(told(dribbled)).toEqual([413, 'body-too-large']);
      // A file of readings may be longer.
      const id = await begin('POST', 'meters/gas/readings', long, { 'content-type': 'text/csv' });
      await send('POST', `jobs/${id}/cancellation`);
      expect(await queued()).toBe(before);
    });

    it('when their sender goes away in the middle', async () => {
      const before = await store().jobs.list();
      const { port } = new URL(api().url);
      const socket = connect(Number(port), '127.0.0.1');
      socket.write(
        `POST /v1/meters/gas/readings HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${keys.get('administrator')}\r\n` +
          'prefer: respond-async\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"readings":',
      );
      await new Promise<void>((resolve) => socket.once('connect', resolve));
      await send('GET', 'caller');
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
      socket.destroy();
      await closed;
      await send('GET', 'caller');
      expect(await store().jobs.list()).toEqual(before);
    });

    it('when too many wait already', async () => {
      const own = await store().forOrganisation(elsewhere());
      for (let at = 0; at < 500; at += 1) await own.jobs.add('request', { bytes: 0 });
      const full = await send('GET', 'ranking', undefined, later, 'foreigner');
      expect(told(full)).toEqual([429, 'job-queue-full']);
      expect((await send('GET', 'stock/law', undefined, {}, 'foreigner')).status).toBe(200);
      await begin('GET', 'stock/law');
    });
  });

  describe('count once or not at all', () => {
    it('cancelled while they wait', async () => {
      const id = await begin('POST', 'meters/gas/readings', readings(80, '04'));
      expect((await send('POST', `jobs/${id}/cancellation`)).body).toMatchObject({ state: 'cancelled' });
      work();
      // The queue is worked off in order: what was begun later ends later.
      await ended(await begin('GET', 'stock/law'));
      expect(await heldKwh()).not.toContain(80);
      expect(told(await answerOf(id))).toEqual([404, 'job-without-answer']);
      expect((await send('POST', `jobs/${id}/retry`)).status).toBe(200);
      expect((await ended(id)).state).toBe('done');
      expect(await heldKwh()).toContain(80);
    });

    it('cancelled when they have written already', async () => {
      let written = false;
      let go = (): void => undefined;
      const gate = new Promise<void>((resolve) => {
        go = resolve;
      });
      work(async (...asked) => {
        const answer = await replayRequest(...asked);
        written = true;
        await gate;
        return answer;
      });
      const id = await begin('POST', 'meters/gas/readings', readings(90, '05'));
      await expect.poll(() => written, soon).toBe(true);
      expect((await send('POST', `jobs/${id}/cancellation`)).body).toMatchObject({ state: 'cancelled' });
      go();
      await stops.pop()?.();
      expect((await jobOf(id)).state).toBe('cancelled');
      expect(await heldKwh()).not.toContain(90);
    });

    it('with a worker killed in the middle of its writing', async () => {
      const id = await begin('POST', 'meters/gas/readings', readings(100, '06'));
      const child = spawn(process.execPath, [holder, url()], { stdio: ['ignore', 'pipe', 'inherit'] });
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
      await expect.poll(() => said, { timeout: 120_000 }).toContain('written');
      child.kill('SIGKILL');
      await once(child, 'exit');
      expect(await heldKwh()).not.toContain(100);
      expect((await jobOf(id)).state).toBe('running');
      work();
      expect(await ended(id)).toMatchObject({ state: 'done', attempts: 2 });
      expect((await answerOf(id)).body).toMatchObject({ inserted: 1 });
      expect((await heldKwh()).filter((kwh) => kwh === 100)).toEqual([100]);
    }, 180_000);

    it('with a reader that is busy for a while', async () => {
      let times = 0;
      work(async (...asked) => {
        times += 1;
        if (times > 1) return replayRequest(...asked);
        const busy = { error: { code: 'readers-busy', message: { fr: 'occupé', en: 'busy' } } };
        return { status: 503, headers: {}, body: Buffer.from(JSON.stringify(busy)) };
      });
      const id = await begin('POST', 'meters/gas/readings', readings(110, '07'));
      expect(await ended(id)).toMatchObject({ state: 'done', attempts: 2 });
      expect(await heldKwh()).toContain(110);
    });
  });
});

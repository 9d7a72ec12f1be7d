import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLedger } from '#app/clock.ts';
import { meterSeries } from '#app/daily-series.ts';
import { ok } from '#core/result.ts';
import { runHousekeeping, scheduleHousekeeping } from '#jobs/housekeeping.ts';
import { withStores } from '../support/database.ts';
import { administrator, call, openApi, postJson, type TestApi } from '../support/api.ts';
import { sampleTwin } from '../support/sample-twin.ts';
import { hours, sampleBuilding, sampleMeter } from '../support/samples.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Midnight in Paris, so that hours and local days agree. */
const first = Date.UTC(2023, 11, 31, 23);
const nowMs = Date.UTC(2025, 11, 1);
const controller = { 'x-test-role': 'administrator' };
const ada = { by: 'Ada', reason: 'checked on site' };

withStores('meters', (database) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openApi(database.store(), () => nowMs, {
      entryOf: (request) =>
        Promise.resolve(ok({ ...administrator, name: 'Ada', role: request.get('x-test-role') ?? 'manager' })),
    });
  });
  afterAll(() => api.close());

  const context = () => ({ store: database.store(), nowMs: () => nowMs, startLedger });

  const building = async (id: string): Promise<void> => {
    await database.store().buildings.save(sampleBuilding(id));
    await database.store().twins.save(id, sampleTwin(id), {});
  };

  const meter = async (id: string, buildingId: string, personal = false): Promise<string> => {
    await database.store().meters.save({ ...sampleMeter(id, buildingId), personal });
    return `${api.url}v1/meters/${id}`;
  };

  describe('decisions about their readings', () => {
    it('exclude a day from the series, leave what is stored as it came, and are taken back', async () => {
      await building('decided');
      const url = await meter('decided-gas', 'decided');
      const { store } = context();
      await store.readings.upsert(
        'decided-gas',
        // A value of a hundred days of consumption in one hour of the eleventh day.
        hours(first, 60 * 24, (hour) => (hour === 10 * 24 + 5 ? 20_000 : 8 + (hour % 7))),
      );
      const seen = async (): Promise<number> => {
        const [one] = await store.meters.list('decided');
        const read = one === undefined ? undefined : await meterSeries(store, one);
        return read?.ok === true ? (read.value.series.energyKwh[10] ?? 0) : 0;
      };
      const quality = (await call(`${url}/quality`)).body as {
        findings: { code: string; from: string; to: string; decision: number | null }[];
      };
      const spike = quality.findings.find(({ code }) => code === 'spike');
      expect(spike).toMatchObject({ from: '2024-01-11', to: '2024-01-11', decision: null });
      const before = await seen();
      expect(before).toBeGreaterThan(20_000);

      const decided = await postJson(`${url}/decisions`, {
        finding: 'spike',
        from: '2024-01-11',
        to: '2024-01-11',
        action: 'exclude',
        ...ada,
      });
      expect(decided.status).toBe(200);
      expect(decided.body).toMatchObject({ action: 'exclude', factor: null, ...ada, reversed: null });
      const { id } = decided.body as { id: number };
      expect(await seen()).toBeNaN();
      expect((await store.readings.read('decided-gas')).energyKwh[10 * 24 + 5]).toBe(20_000);
      const answered = (await call(`${url}/quality`)).body as typeof quality;
      expect(answered.findings.find(({ code }) => code === 'spike')?.decision).toBe(id);

      const reversal = `${url}/decisions/${id}/reversal`;
      expect((await postJson(reversal, ada)).body).toMatchObject({ id, reversed: ada });
      expect(await seen()).toBe(before);
      expect((await postJson(reversal, ada)).status).toBe(409);
      expect((await postJson(`${url}/decisions/999999/reversal`, ada)).status).toBe(404);
    });

    it('tell the building that its model is to be looked at again, and why', async () => {
      await building('restaled');
      const url = await meter('restaled-gas', 'restaled');
      const { store } = context();
      await store.models.add({
        meterId: 'restaled-gas',
        role: 'baseline',
        record: {},
        dataHash: 'x',
        window: { fromMs: first, toMs: first + 30 * dayMs },
      });
      await postJson(`${url}/decisions`, { from: '2024-01-05', to: '2024-01-06', action: 'keep', ...ada });
      const { body } = await call(`${api.url}v1/buildings/restaled`);
      const { warnings } = body as { warnings: { code: string; ref?: string; message: { en: string } }[] };
      const stale = warnings.find(({ code }) => code === 'stale');
      expect(stale?.ref).toBe('restaled-gas');
      expect(stale?.message.en).toMatch(/Frozen baseline .* decision \(no\. \d+\)/);
    });

    it.each([
      ['nobody', { by: ' ' }],
      ['the name of another', { by: 'Eve' }],
      ['no reason', { reason: '' }],
      ['a factor with an exclusion', { factor: 2 }],
      ['a correction without a factor', { action: 'correct' }],
      ['days that do not exist', { from: '2024-02-30' }],
      ['days the wrong way round', { from: '2024-03-01' }],
    ])('are refused with %s', async (_name, change) => {
      await building('refused');
      const url = await meter('refused-gas', 'refused');
      const request = { from: '2024-02-01', to: '2024-02-02', action: 'exclude', ...ada, ...change };
      expect((await postJson(`${url}/decisions`, request)).status).toBeGreaterThanOrEqual(400);
      expect(await database.store().decisions.list('refused-gas')).toEqual([]);
    });
  });

  describe('of dwellings', () => {
    const dwellings = async (buildingId: string, count: number, days: number): Promise<void> => {
      await building(buildingId);
      for (let i = 0; i < count; i += 1) {
        const id = `${buildingId}-flat-${i}`;
        await meter(id, buildingId, true);
        await database.store().readings.upsert(
          id,
          hours(first, days * 24, (hour) => 1 + i / 10 + (hour % 24) / 24),
        );
      }
    };

    it('are seen, exported and erased by the data controller alone', async () => {
      await building('private');
      const url = await meter('private-flat', 'private', true);
      await postJson(`${url}/readings`, {
        readings: [{ start: '2024-01-01T00:00:00Z', end: '2024-01-01T01:00:00Z', kwh: 1 }],
      });
      for (const path of ['readings', 'quality', 'export']) {
        for (const headers of [{}, { 'x-stacoptim-role': 'data-controller' }] as Record<string, string>[]) {
          const refused = await call(`${url}/${path}`, { headers });
          expect({ path, status: refused.status }).toEqual({ path, status: 403 });
          expect(refused.body).toMatchObject({ error: { code: 'personal-data' } });
        }
        expect((await call(`${url}/${path}`, { headers: controller })).status).toBe(200);
      }
      const erase = (headers: Record<string, string>) =>
        call(url, {
          method: 'DELETE',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify(ada),
        });
      expect((await erase({})).status).toBe(403);
      expect((await erase(controller)).status).toBe(200);
      expect((await erase(controller)).status).toBe(404);
    });

    it('are shown as one from ten on, and not at all below', async () => {
      await dwellings('few', 9, 40);
      const few = await call(`${api.url}v1/buildings/few`);
      expect(few.body).toMatchObject({ meters: [] });
      expect(JSON.stringify(few.body)).toContain('group-too-small');
      expect(JSON.stringify(few.body)).not.toContain('few-flat');
      expect((await call(`${api.url}v1/buildings/few/signature`)).body).toMatchObject({
        error: { code: 'not-evaluated' },
      });

      await dwellings('many', 10, 40);
      const many = await call(`${api.url}v1/buildings/many`);
      expect(many.body).toMatchObject({ meters: [], carrier: 'gas' });
      expect(JSON.stringify(many.body)).not.toContain('many-flat');
      expect((many.body as { annualKwh: { value: number } | null }).annualKwh?.value).toBeGreaterThan(0);
    });

    it('hide the days on which too few report, and complete the others', async () => {
      const { store } = context();
      const { groupSeries } = await import('#app/dwelling-group.ts');
      await dwellings('partial', 12, 10);
      // Two of twelve stop after the tenth day, three more after the eleventh.
      for (let i = 0; i < 10; i += 1)
        await store.readings.upsert(
          `partial-flat-${i}`,
          hours(first + 10 * dayMs, 24, () => 1),
        );
      for (let i = 0; i < 7; i += 1)
        await store.readings.upsert(
          `partial-flat-${i}`,
          hours(first + 11 * dayMs, 24, () => 1),
        );
      const group = await groupSeries(store, 'partial', await store.meters.list('partial'));
      if (group?.ok !== true) throw new Error('no group');
      const { energyKwh } = group.value.series;
      // Each of ten takes 24 kWh: twelve would take 288.
      expect(energyKwh[10]).toBeCloseTo(288, 9);
      expect(energyKwh[11]).toBeNaN();
      expect(group.value.warnings.map(({ code }) => code)).toEqual([
        'dwelling-group',
        'group-completed',
        'group-hidden',
      ]);
    });

    /** Every table whose rows, as text, hold one of the words. */
    const tablesWith = async (words: readonly string[]): Promise<string[]> => {
      const client = new pg.Client({ connectionString: database.url() });
      await client.connect();
      try {
        const { rows: tables } = await client.query<{ name: string }>(
          `select quote_ident(relname) as name from pg_class
           where relkind = 'r' and relnamespace = 'public'::regnamespace`,
        );
        expect(tables.length).toBeGreaterThan(20);
        const found: string[] = [];
        for (const { name } of tables) {
          const { rows } = await client.query<{ n: number }>(
            `select count(*)::int as n from ${name} t where exists (
               select from unnest($1::text[]) word where strpos(t::text, word) > 0)`,
            [words],
          );
          if ((rows[0]?.n ?? 0) > 0) found.push(name);
        }
        return found;
      } finally {
        await client.end();
      }
    };

    it('leave nothing in any table, nor in the log and the exports, once erased', async () => {
      const { store } = context();
      await building('gone');
      const id = 'gone-PRM-30001234567890';
      const url = await meter(id, 'gone', true);
      const secret = 73_519.284_617;
      const words = [id, String(secret), 'Mme Xqv'];
      await postJson(`${url}/readings`, {
        readings: [{ start: '2024-01-01T00:00:00Z', end: '2024-01-01T01:00:00Z', kwh: secret }, {}],
      });
      await postJson(`${url}/readings`, {
        readings: [{ start: '2024-01-01T00:00:00Z', end: '2024-01-01T01:00:00Z', kwh: 2 }],
      });
      await postJson(`${url}/readings`, { registers: [{ at: '2024-02-01T00:00:00Z', kwh: secret }] });
      const decided = await postJson(
        `${url}/decisions`,
        {
          from: '2024-01-01',
          to: '2024-01-01',
          action: 'exclude',
          by: 'Ada',
          reason: 'Mme Xqv was in hospital',
        },
        controller,
      );
      await postJson(
        `${url}/decisions/${(decided.body as { id: number }).id}/reversal`,
        { by: 'Ada', reason: 'Mme Xqv came home' },
        controller,
      );
      const model = await store.models.add({
        meterId: id,
        role: 'live',
        record: { meter: id },
        dataHash: 'x',
        window: { fromMs: first, toMs: first + dayMs },
      });
      await store.models.promote(model, { by: 'Ada', reason: 'first' });
      await store.jobs.add('any', {});
      const job = await store.jobs.claim(['any']);
      await store.jobs.finish(job?.id ?? 0, { meters: [{ meterId: id }] });
      const held = await tablesWith(words);
      for (const table of ['meters', 'readings_audit', 'meter_registers', 'reading_decisions', 'jobs'])
        expect(held).toContain(table);
      const exported = JSON.stringify((await call(`${url}/export`, { headers: controller })).body);
      for (const word of words) expect(exported).toContain(word);

      const erased = await call(url, {
        method: 'DELETE',
        headers: { 'content-type': 'application/json', ...controller },
        body: JSON.stringify({ by: 'Ada', reason: 'Mme Xqv asked' }),
      });
      expect(erased.status).toBe(200);
      expect(await tablesWith(words)).toEqual([]);
      expect((await call(`${url}/export`, { headers: controller })).status).toBe(404);
      const shownBuilding = JSON.stringify((await call(`${api.url}v1/buildings/gone`)).body);
      for (const word of words) expect(shownBuilding).not.toContain(word);
      const log = await store.audit.list();
      expect(log.some(({ action }) => action === 'erase-meter')).toBe(true);
    });

    it('lose their readings when the retention period has passed, by itself and once a day', async () => {
      const { store } = context();
      await building('aged');
      await meter('aged-flat', 'aged', true);
      await meter('aged-boiler', 'aged');
      const old = nowMs - 1461 * dayMs;
      for (const id of ['aged-flat', 'aged-boiler'])
        await store.readings.upsert(
          id,
          hours(old - 10 * hourMs, 20, () => 1),
        );
      const other = await store.forOrganisation(await store.identities.addOrganisation('Autre bailleur'));
      await other.buildings.save(sampleBuilding('other'));
      await other.meters.save({ ...sampleMeter('other-flat', 'other'), personal: true });
      await other.readings.upsert(
        'other-flat',
        hours(old - 10 * hourMs, 20, () => 1),
      );
      const failures: unknown[] = [];
      const stop = scheduleHousekeeping(context(), (error) => failures.push(error), 20);
      await expect.poll(async () => (await store.readings.extent('aged-flat'))?.count).toBe(10);
      await stop();
      expect(failures).toEqual([]);
      expect((await other.readings.extent('other-flat'))?.count).toBe(10);
      expect((await store.readings.extent('aged-boiler'))?.count).toBe(20);
      expect(await store.jobs.list({ kind: 'housekeeping', state: 'done' })).toHaveLength(1);
      expect((await store.audit.list({ subject: 'stock' }))[0]).toMatchObject({
        action: 'apply-retention',
        detail: { meters: 1, readings: 10 },
      });
      const again = await runHousekeeping(context());
      expect(again).toMatchObject({ ok: true, value: { readings: 0 } });
      expect(await store.jobs.list({ kind: 'reclaim', state: 'waiting' })).toEqual([]);
    });
  });
});

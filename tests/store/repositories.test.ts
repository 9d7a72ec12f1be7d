import pg from 'pg';
import { expect, it } from 'vitest';
import { cpuEnergyJ, energyMethod } from '#core/ledger.ts';
import { isRetryable, openStore } from '#store/index.ts';
import { withStores } from '../support/database.ts';
import { sampleTwin } from '../support/sample-twin.ts';
import { hours, sampleBuilding, sampleMeter } from '../support/samples.ts';

const decision = { by: 'Ada', reason: 'checked with the caretaker' };
const window = { fromMs: Date.UTC(2023, 0, 1), toMs: Date.UTC(2024, 0, 1) };

withStores('repositories', (database) => {
  const sql = async <T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> => {
    const client = new pg.Client({ connectionString: database.url() });
    await client.connect();
    try {
      return (await client.query<T>(text, values)).rows;
    } finally {
      await client.end();
    }
  };

  it('keeps buildings, replaces them whole, and pages through them in order', async () => {
    const { buildings } = database.store();
    const ids = ['page-a', 'page-b', 'page-c'];
    for (const id of ids) await buildings.save(sampleBuilding(id));
    const { commune: _, ...moved } = sampleBuilding('page-b');
    await buildings.save({ ...moved, facts: { list: [1, { deep: null }] } });
    expect(await buildings.get('page-b')).toEqual({ ...moved, facts: { list: [1, { deep: null }] } });
    expect((await buildings.list({ after: 'page-a', limit: 2 })).map(({ id }) => id)).toEqual([
      'page-b',
      'page-c',
    ]);
    expect(await buildings.get('page-x')).toBeUndefined();
    await expect(buildings.save(sampleBuilding('../etc'))).rejects.toThrow(
      'value-refused: A value is not allowed (table buildings, rule buildings_id_check)',
    );
  });

  it('says what is wrong with a reference to nothing and with a text no database can keep', async () => {
    const { buildings, meters } = database.store();
    await expect(meters.save(sampleMeter('lost', 'nowhere'))).rejects.toThrow('unknown-reference');
    const spoilt = { ...sampleBuilding('nul'), commune: 'Bor\u0000deaux' };
    await expect(buildings.save(spoilt)).rejects.toThrow('text-refused');
    await expect(buildings.save({ ...spoilt, commune: '', facts: { note: '\u0000' } })).rejects.toThrow(
      'text-refused',
    );
    expect(await buildings.get('nul')).toBeUndefined();
  });

  it('numbers the versions of a twin and has one current, even when several are saved at once', async () => {
    const { buildings, twins } = database.store();
    await buildings.save(sampleBuilding('versions'));
    expect(await twins.save('versions', sampleTwin('versions'), { fileName: 'a.ifc', sha256: 'f00' })).toBe(
      1,
    );
    const more = await Promise.all([1, 2, 3].map(() => twins.save('versions', sampleTwin('versions'))));
    expect(more.toSorted((a, b) => a - b)).toEqual([2, 3, 4]);
    const history = await twins.history('versions');
    expect(history.map(({ version, current }) => [version, current])).toEqual([
      [4, true],
      [3, false],
      [2, false],
      [1, false],
    ]);
    expect((await twins.get('versions', 1))?.source).toEqual({ fileName: 'a.ifc', sha256: 'f00' });
    expect((await twins.current('versions'))?.twin).toEqual(sampleTwin('versions'));
    expect((await twins.currentOf(['versions', 'page-a', 'nowhere'])).map(({ version }) => version)).toEqual([
      4,
    ]);
    await expect(twins.save('nowhere', sampleTwin('nowhere'))).rejects.toThrow('not-found');
  });

  it('does not hand out a twin that is not one', async () => {
    const { buildings, twins } = database.store();
    await buildings.save(sampleBuilding('spoilt'));
    await twins.save('spoilt', sampleTwin('spoilt'));
    await sql(`update twins set twin = twin - 'heatLoss' where building_id = 'spoilt'`);
    await expect(twins.current('spoilt')).rejects.toThrow('heatLoss');
  });

  it('keeps the envelopes and scenarios of a building apart, newest first', async () => {
    const { buildings, envelopes, scenarios } = database.store();
    await buildings.save(sampleBuilding('papers'));
    await envelopes.add('papers', { closed: true }, { fileName: 'a.ifc' });
    const second = await envelopes.add('papers', { closed: false });
    await scenarios.add('papers', { measures: ['roof'] });
    expect((await envelopes.latest('papers'))?.document).toEqual({ closed: false });
    expect((await envelopes.get(second))?.buildingId).toBe('papers');
    expect(await envelopes.list('papers')).toHaveLength(2);
    expect((await scenarios.list('papers')).map(({ document }) => document)).toEqual([
      { measures: ['roof'] },
    ]);
  });

  it('promotes a model, keeps the one before, and rolls back to it', async () => {
    const { buildings, meters, models, audit } = database.store();
    await buildings.save(sampleBuilding('models'));
    await meters.save(sampleMeter('models-gas', 'models'));
    const candidate = (kind: string) =>
      models.add({ meterId: 'models-gas', role: 'live', record: { kind }, dataHash: kind, window });
    const [first, second, third] = [await candidate('3P'), await candidate('4P'), await candidate('5P')];
    expect(await models.current('models-gas')).toBeUndefined();

    await models.promote(first, decision);
    await models.promote(second, decision);
    expect(await models.current('models-gas')).toMatchObject({ id: second, previousId: first });
    expect((await models.get(first))?.status).toBe('retired');
    await expect(models.promote(first, decision)).rejects.toThrow('model-not-candidate');
    expect((await models.current('models-gas'))?.id).toBe(second);

    expect(await models.rollback('models-gas', decision)).toBe(first);
    expect(await models.current('models-gas')).toMatchObject({ id: first, record: { kind: '3P' } });
    await expect(models.rollback('models-gas', decision)).rejects.toThrow('model-no-previous');
    await models.promote(third, decision);
    expect((await models.currentOf(['models-gas', 'none'])).map(({ id }) => id)).toEqual([third]);
    expect((await models.history('models-gas', 'live')).map(({ status }) => status)).toEqual([
      'current',
      'retired',
      'retired',
    ]);
    expect((await audit.list({ subject: `model:${first}` })).map(({ action }) => action)).toEqual([
      'rollback-model',
      'promote-model',
    ]);
  });

  it('has exactly one model in force when several are promoted at once', async () => {
    const { buildings, meters, models } = database.store();
    await buildings.save(sampleBuilding('race'));
    await meters.save(sampleMeter('race-gas', 'race'));
    const ids = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        models.add({ meterId: 'race-gas', role: 'live', record: { i }, dataHash: `${i}`, window }),
      ),
    );
    await Promise.all(ids.map((id) => models.promote(id, decision)));
    const statuses = (await models.history('race-gas')).map(({ status }) => status);
    expect(statuses.filter((status) => status === 'current')).toHaveLength(1);
    expect(statuses.filter((status) => status === 'retired')).toHaveLength(5);
  });

  it('freezes a baseline for good: it cannot be promoted', async () => {
    const { buildings, meters, models } = database.store();
    await buildings.save(sampleBuilding('frozen'));
    await meters.save(sampleMeter('frozen-gas', 'frozen'));
    const id = await models.add({
      meterId: 'frozen-gas',
      role: 'baseline',
      record: { kind: '3P' },
      dataHash: 'x',
      window,
    });
    await expect(models.promote(id, decision)).rejects.toThrow('model-not-candidate');
    expect((await models.baseline('frozen-gas'))?.status).toBe('frozen');
  });

  it('keeps works as dated local days, in order', async () => {
    const { buildings, works } = database.store();
    await buildings.save(sampleBuilding('works'));
    const later = {
      id: 'w2',
      buildingId: 'works',
      measures: ['walls', 'windows'],
      startDay: '2025-03-01',
      endDay: '2025-10-26',
      costEur: 250_000.5,
    };
    const earlier = {
      id: 'w1',
      buildingId: 'works',
      measures: ['roof'],
      startDay: '2024-02-29',
      endDay: '2024-02-29',
    };
    await works.save(later);
    await works.save(earlier);
    expect(await works.list('works')).toEqual([earlier, later]);
    await expect(works.save({ ...earlier, id: 'w3', endDay: '2024-02-28' })).rejects.toThrow('value-refused');
  });

  it('lets a programme be accepted once, by a named person', async () => {
    const { programmes, audit } = database.store();
    const id = await programmes.add({ years: 10 });
    await expect(programmes.accept(id, { by: '', reason: '' })).rejects.toThrow('value-refused');
    expect((await programmes.get(id))?.acceptedBy).toBeUndefined();
    await programmes.accept(id, decision);
    expect(await programmes.get(id)).toMatchObject({ acceptedBy: 'Ada', document: { years: 10 } });
    await expect(programmes.accept(id, { by: 'Bob', reason: 'too late' })).rejects.toThrow(
      'programme-not-open',
    );
    expect(await audit.list({ subject: `programme:${id}` })).toHaveLength(1);
  });

  it('replaces realisation rates by what was learnt since, and forgets those no longer told', async () => {
    const { rates } = database.store();
    const prior = { mean: 0.7, sd: 0.2 };
    const rate = (family: string | null, mean: number, n: number) => ({
      measure: 'roof',
      family,
      prior,
      posterior: { mean },
      n,
    });
    await rates.replace([rate(null, 0.7, 3), rate('school/1949-1974', 0.6, 2)]);
    expect(await rates.list()).toEqual([rate(null, 0.7, 3), rate('school/1949-1974', 0.6, 2)]);
    await rates.replace([rate(null, 0.8, 4)]);
    expect(await rates.list()).toEqual([rate(null, 0.8, 4)]);
  });

  it('keeps why a programme is stale, until it no longer is', async () => {
    const { programmes } = database.store();
    const id = await programmes.add({ years: 3 });
    const reason = { fr: 'un taux a changé', en: 'a rate has changed' };
    await programmes.setStale(id, reason);
    expect((await programmes.get(id))?.stale).toEqual(reason);
    await programmes.setStale(id, undefined);
    expect((await programmes.get(id))?.stale).toBeUndefined();
  });

  it('adds the ledger up by kind of work', async () => {
    const { buildings, ledger } = database.store();
    await buildings.save(sampleBuilding('ledger'));
    for (const cpuMs of [100, 300]) {
      const entry = { work: 'fit', wallMs: cpuMs, cpuMs, peakRssMb: 90, energyJ: cpuEnergyJ(cpuMs) };
      await ledger.add({ ...entry, buildingId: 'ledger' });
    }
    expect(await ledger.total('ledger')).toEqual([
      { work: 'fit', runs: 2, cpuMs: 400, energyJ: 4, lowJ: 1.6, highJ: 10, methods: [energyMethod] },
    ]);
    expect((await ledger.list({ buildingId: 'ledger' })).map(({ cpuMs }) => cpuMs)).toEqual([300, 100]);
  });

  it.each(['update audit_log set reason = null', 'delete from audit_log', 'truncate audit_log'])(
    'keeps the audit log against: %s',
    async (attack) => {
      const { audit } = database.store();
      await audit.add({ ...decision, action: 'try', subject: 'test:audit', detail: { attack } });
      await expect(sql(attack)).rejects.toThrow('append-only');
      expect((await audit.list({ subject: 'test:audit', limit: 1 }))[0]?.detail).toEqual({ attack });
    },
  );

  it('stores weather by day, unknown days as unknown, a day again as corrected', async () => {
    const { weather } = database.store();
    await weather.saveStation({
      id: '33281001',
      name: 'Bordeaux-Mérignac',
      latitudeDeg: 44.83,
      longitudeDeg: -0.69,
      altitudeM: 47,
      source: 'test',
      simulated: true,
    });
    const day = 19_358;
    await weather.saveDaily('33281001', {
      firstDay: day,
      meanC: Float64Array.from([5, Number.NaN, 7]),
      ghiWm2: Float64Array.from([50, 60, Number.NaN]),
    });
    await weather.saveDaily('33281001', {
      firstDay: day + 1,
      meanC: Float64Array.from([6.5]),
      ghiWm2: Float64Array.from([61]),
    });
    expect(await weather.daily('33281001', day - 1, day + 2)).toEqual({
      firstDay: day - 1,
      meanC: Float64Array.from([Number.NaN, 5, 6.5, 7]),
      ghiWm2: Float64Array.from([Number.NaN, 50, 61, Number.NaN]),
    });
    expect(await weather.extent('33281001')).toEqual({ firstDay: day, lastDay: day + 2 });
  });

  it('gives each job to one worker, takes back a silent one, and keeps its end', async () => {
    const { jobs } = database.store();
    const ids = [];
    for (let i = 0; i < 5; i += 1) ids.push(await jobs.add('fit', { i }));
    const claimed = await Promise.all(Array.from({ length: 8 }, () => jobs.claim(['fit'])));
    expect(new Set(claimed.flatMap((job) => (job === undefined ? [] : [job.id])))).toEqual(new Set(ids));
    expect(claimed.filter((job) => job === undefined)).toHaveLength(3);

    const [first = 0, second = 0, third = 0] = ids;
    expect(await jobs.progress(first, 0.5)).toBe(true);
    await jobs.finish(first, { r2: 0.9 });
    expect(await jobs.get(first)).toMatchObject({ state: 'done', progress: 1, result: { r2: 0.9 } });
    await jobs.fail(second, 'no readings');
    expect(await jobs.retry(second)).toBe(true);
    expect(await jobs.cancel(third)).toBe(true);
    expect(await jobs.progress(third, 0.6)).toBe(false);
    expect(await jobs.claim(['other'])).toBeUndefined();
    expect(await jobs.claim(['fit'])).toMatchObject({ id: second, attempts: 2 });

    await sql(`update jobs set lease_until = now() - interval '1 second' where id = $1`, [ids[3]]);
    expect(await jobs.claim(['fit'])).toMatchObject({ id: ids[3], attempts: 2 });
  });

  it('erases a building so that no table holds anything of it', async () => {
    const store = database.store();
    await store.buildings.save(sampleBuilding('gone'));
    await store.twins.save('gone', sampleTwin('gone'));
    await store.meters.save({ ...sampleMeter('gone-dwelling-7', 'gone'), personal: true });
    await store.readings.upsert(
      'gone-dwelling-7',
      hours(window.fromMs, 24, (i) => i),
    );
    await store.readings.upsert(
      'gone-dwelling-7',
      hours(window.fromMs, 24, (i) => i + 1),
    );
    const importEntry = { fileName: 'tenant-gone.csv', sha256: '0', rows: 24, rejected: 0, warnings: [] };
    await store.imports.add({ meterId: 'gone-dwelling-7', ...importEntry });
    await store.models.add({ meterId: 'gone-dwelling-7', role: 'live', record: {}, dataHash: '', window });
    await store.jobs.add('fit', { buildingId: 'gone' });
    const [{ number } = { number: 0 }] = await sql<{ number: number }>(
      `select number from meters where id = 'gone-dwelling-7'`,
    );

    expect(await store.buildings.erase('gone', decision)).toEqual({
      meters: 1,
      readings: 24,
      models: 1,
      works: 0,
    });
    await store.reclaim();
    const tables = await sql<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' and tablename not in ('audit_log', 'migrations')`,
    );
    expect(tables.length).toBeGreaterThan(15);
    for (const { name } of tables) {
      expect(await sql(`select t from ${name} t where t::text like '%gone%'`), name).toEqual([]);
    }
    for (const table of ['readings', 'readings_audit']) {
      expect(await sql(`select from ${table} where meter_number = $1`, [number]), table).toEqual([]);
    }
    expect((await store.audit.list({ subject: 'building:gone' }))[0]).toMatchObject({ by: 'Ada' });
  });

  it('goes on after the server cut all its sessions', async () => {
    const { buildings } = database.store();
    await buildings.save(sampleBuilding('cut'));
    await sql(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    // Each connection of the pool may have to find out by itself that it was cut.
    const errors: unknown[] = [];
    const get = () => buildings.get('cut').catch((error: unknown) => void errors.push(error));
    let found = await get();
    while (found === undefined && errors.length <= 10) found = await get();
    expect(found?.id).toBe('cut');
    expect(errors.filter((error) => !isRetryable(error))).toEqual([]);
  });

  it('opens a database several times at once, and refuses one from a later version', async () => {
    const again = await Promise.all(
      [1, 2, 3].map(() => openStore({ databaseUrl: database.url(), dataDir: '' })),
    );
    for (const store of again) {
      expect(await store.ping()).toBe(true);
      await store.close();
    }
    await sql(
      `insert into migrations (timestamp, name) values (9999999999999, 'FromTheFuture9999999999999')`,
    );
    await expect(openStore({ databaseUrl: database.url(), dataDir: '' })).rejects.toThrow('database-newer');
    await sql(`delete from migrations where name like 'FromTheFuture%'`);
  });
});

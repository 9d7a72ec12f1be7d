import pg from 'pg';
import { beforeAll, expect, it } from 'vitest';
import type { Store } from '#store/index.ts';
import { withStores } from '../support/database.ts';
import { sampleTwin } from '../support/sample-twin.ts';
import { hours, sampleBuilding, sampleMeter } from '../support/samples.ts';

withStores('organisations', (database) => {
  let other: Store;
  beforeAll(async () => {
    const store = database.store();
    other = await store.forOrganisation(await store.identities.addOrganisation('Autre bailleur'));
    await store.buildings.save(sampleBuilding('own'));
    await store.twins.save('own', sampleTwin('own'));
    await store.meters.save(sampleMeter('own-gas', 'own'));
    await store.readings.upsert(
      'own-gas',
      hours(0, 2000, () => 1),
    );
    await store.programmes.add({ schema: 'x' });
    await store.audit.add({ by: 'Ada', action: 'try', subject: 'building:own', reason: 'test' });
  });

  const asSuperuser = async <T extends pg.QueryResultRow>(
    sql: string,
    values: unknown[] = [],
  ): Promise<T[]> => {
    const client = new pg.Client({ connectionString: database.url() });
    await client.connect();
    try {
      return (await client.query<T>(sql, values)).rows;
    } finally {
      await client.end();
    }
  };

  it('see nothing of one another', async () => {
    expect(await other.buildings.get('own')).toBeUndefined();
    expect(await other.buildings.count()).toBe(0);
    expect(await other.twins.current('own')).toBeUndefined();
    expect(await other.meters.list()).toEqual([]);
    expect(await other.programmes.list()).toEqual([]);
    expect(await other.audit.list()).toEqual([]);
    await expect(other.readings.read('own-gas')).rejects.toThrow('not-found');
    expect(await database.store().buildings.count()).toBe(1);
  });

  it('cannot take over, add to, erase or write readings of what another one owns', async () => {
    await expect(other.buildings.save(sampleBuilding('own'))).rejects.toThrow('id-taken');
    await expect(other.meters.save(sampleMeter('theirs', 'own'))).rejects.toThrow('unknown-reference');
    await expect(other.twins.save('own', sampleTwin('own'))).rejects.toThrow('not-found');
    await expect(other.buildings.erase('own', { by: 'Eve', reason: 'test' })).rejects.toThrow('not-found');
    await expect(
      other.readings.upsert(
        'own-gas',
        hours(0, 1, () => 2),
      ),
    ).rejects.toThrow('not-found');
  });

  it('read an opened meter without looking at all their meters, and no meter of another one by opening it', async () => {
    const client = new pg.Client({ connectionString: database.url() });
    await client.connect();
    try {
      await client.query('begin');
      await client.query('set local session_replication_role = replica');
      await client.query(`insert into meters (id, building_id, name, carrier, use, unit, timezone, organisation_id)
        select 'many-' || i, building_id, name, carrier, use, unit, timezone, organisation_id
        from meters, generate_series(1, 3000) i where id = 'own-gas'`);
      await client.query('analyze meters');
      await client.query('set local role stacoptim_app');
      const readAs = async (organisation: number) => {
        await client.query("select set_config('stacoptim.organisation', $1, true)", [String(organisation)]);
        const { rows } = await client.query<{ number: number | null }>(
          "select open_meter('own-gas') as number",
        );
        const plan = await client.query<{ 'QUERY PLAN': string }>(
          'explain (analyze) select kwh from readings where meter_number = (select opened_meter())',
        );
        return { opened: rows[0]?.number, plan: plan.rows.map((row) => row['QUERY PLAN']).join('\n') };
      };
      const own = await readAs(1);
      expect(own.opened).toEqual(expect.any(Number));
      expect(own.plan).toMatch(/rows=2000/);
      expect(own.plan).toMatch(/on meters m .*never executed/);
      expect(own.plan).not.toMatch(/on meters m .*actual time/);
      const theirs = await readAs(2);
      expect(theirs.opened).toBeNull();
      expect(theirs.plan).not.toMatch(/rows=2000/);
    } finally {
      await client.end();
    }
  });

  it('each keep what they have learnt of the same measure', async () => {
    const rate = (mean: number, n: number) => [
      { measure: 'roof', family: null, prior: {}, posterior: { mean }, n },
    ];
    await database.store().rates.replace(rate(0.7, 1));
    await other.rates.replace(rate(0.9, 4));
    await other.rates.replace(rate(0.8, 5));
    expect(await database.store().rates.list()).toMatchObject([{ posterior: { mean: 0.7 }, n: 1 }]);
    expect(await other.rates.list()).toMatchObject([{ posterior: { mean: 0.8 }, n: 5 }]);
  });

  it('have every table that holds data under a forced policy of the database', async () => {
    const open = await asSuperuser<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
         and not relispartition and not (relrowsecurity and relforcerowsecurity)`,
    );
    expect(open.map(({ name }) => name)).toEqual(['migrations']);
  });

  it('are kept apart by the database itself, whatever a query asks', async () => {
    const client = new pg.Client({
      connectionString: database.url(),
      options: `-c role=stacoptim_app -c stacoptim.organisation=${other.organisationId}`,
    });
    await client.connect();
    try {
      for (const table of ['buildings', 'meters', 'readings', 'readings_audit', 'audit_log', 'jobs'])
        expect((await client.query(`select from ${table}`)).rowCount).toBe(0);
      await expect(client.query('select from readings_1970')).rejects.toThrow('permission denied');
      const [{ number } = { number: 0 }] = await asSuperuser<{ number: number }>('select number from meters');
      const values = `values (${number}, '1970-12-31', '1970-12-31 01:00', 1)`;
      const columns = '(meter_number, start_at, end_at, kwh)';
      for (const table of ['readings', 'readings_1970'])
        await expect(client.query(`insert into ${table} ${columns} ${values}`)).rejects.toThrow(
          'row-level security',
        );
      await client.query(`select set_config('stacoptim.organisation', '', false)`);
      for (const table of ['buildings', 'organisations', 'api_keys'])
        expect((await client.query(`select from ${table}`)).rowCount).toBe(0);
    } finally {
      await client.end();
    }
  });

  it('let a key in until it is revoked or ends, and a link once', async () => {
    const { identities } = database.store();
    const { organisationId } = other;
    const entry = { organisationId, role: 'viewer', name: 'GMAO' };
    const { id, key } = await identities.addKey({ ...entry, createdBy: 'Ada' });
    expect(await identities.entryOfKey(key)).toEqual(entry);
    expect(await identities.entryOfKey(`${key}x`)).toBeUndefined();
    const [listed] = await identities.keys(organisationId);
    expect(listed).toMatchObject({ id, prefix: key.slice(0, 10), createdBy: 'Ada' });
    expect(listed?.lastUsedMs).toBeGreaterThan(0);
    expect(JSON.stringify(await asSuperuser('select * from api_keys'))).not.toContain(key);
    await expect(identities.revokeKey(1, id)).rejects.toThrow('not-found');
    await identities.revokeKey(organisationId, id);
    expect(await identities.entryOfKey(key)).toBeUndefined();
    const ended = await identities.addKey({ ...entry, createdBy: 'Ada', expiresMs: Date.UTC(2000, 0, 1) });
    expect(await identities.entryOfKey(ended.key)).toBeUndefined();

    const link = await identities.addEntry('link', entry, 60_000);
    expect(await identities.entryOfSession(link)).toBeUndefined();
    const used = await Promise.all([1, 2, 3].map(() => identities.useLink(link)));
    expect(used.filter((one) => one !== undefined)).toEqual([entry]);
    const session = await identities.addEntry('session', entry, 60_000);
    expect(await identities.entryOfSession(session)).toEqual(entry);
    await identities.endSession(session);
    expect(await identities.entryOfSession(session)).toBeUndefined();
  });

  it('each have an audit log that shows any change of it', async () => {
    const { audit } = database.store();
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        audit.add({ by: 'Ada', action: 'try', subject: `n:${i}`, reason: 'é "\\', detail: { i, x: 1.5 } }),
      ),
    );
    const { lines, head, brokenAt } = await audit.verify();
    expect(lines).toBeGreaterThanOrEqual(21);
    expect(head).toMatch(/^[0-9a-f]{64}$/);
    expect(brokenAt).toBeUndefined();
    expect(await other.audit.verify()).toEqual({ lines: 0, head: '' });
    const tampered = async (sql: string): Promise<number | undefined> => {
      await asSuperuser(`alter table audit_log disable trigger user`);
      await asSuperuser(sql);
      await asSuperuser(`alter table audit_log enable trigger user`);
      return (await audit.verify()).brokenAt;
    };
    expect(await tampered(`update audit_log set reason = 'forged' where position = 5`)).toBe(5);
    expect(await tampered(`delete from audit_log where position = 3`)).toBe(4);
  });
});

import { DataSource, type EntityManager } from 'typeorm';
import { expect, it } from 'vitest';
import { startLedger } from '#app/clock.ts';
import { exportMeter } from '#app/personal-data.ts';
import { latestProgramme } from '#app/programme.ts';
import { ProgrammeEntity, SavingsEntity } from '#store/entities/loop.ts';
import { identityStore } from '#store/identities.ts';
import { readPage } from '#store/page.ts';
import { changeRepository } from '#store/repositories/changes.ts';
import { listedBuildings } from '#store/repositories/listed-buildings.ts';
import { programmeRepository } from '#store/repositories/programmes.ts';
import { savingsRepository } from '#store/repositories/works.ts';
import { counted } from '../support/counted.ts';
import { withStores } from '../support/database.ts';

const many = 3000;

withStores('rows looked at', (database) => {
  /** Rows of a table that a transaction of the first organisation fetched, by the server's own count. */
  const fetched = async (
    table: string,
    work: (manager: EntityManager) => Promise<unknown>,
  ): Promise<number> => {
    const source = new DataSource({
      type: 'postgres',
      url: database.url(),
      entities: [ProgrammeEntity, SavingsEntity],
      installExtensions: false,
      extra: {
        options: '-c DateStyle=ISO -c TimeZone=UTC -c role=stacoptim_app -c stacoptim.organisation=1',
      },
    });
    await source.initialize();
    try {
      return await source.transaction(async (manager) => {
        await work(manager);
        const [{ rows } = { rows: Number.NaN }] = await manager.query<{ rows: number }[]>(
          `select (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows from pg_stat_xact_user_tables where relname = $1`,
          [table],
        );
        return rows;
      });
    } finally {
      await source.destroy();
    }
  };

  const asOwner = async (...statements: readonly string[]): Promise<void> => {
    const source = new DataSource({ type: 'postgres', url: database.url(), installExtensions: false });
    await source.initialize();
    try {
      await source.query(`set stacoptim.organisation = '1'`);
      for (const statement of statements) await source.query(statement);
    } finally {
      await source.destroy();
    }
  };

  it('are not all the buildings at each one of a first import, whose plans were made while there were none', async () => {
    const source = new DataSource({
      type: 'postgres',
      url: database.url(),
      installExtensions: false,
      extra: { options: '-c role=stacoptim_app -c stacoptim.organisation=1 -c track_functions=pl' },
    });
    await source.initialize();
    const runner = source.createQueryRunner();
    try {
      await runner.startTransaction();
      const calls = async (name: string): Promise<number> => {
        const [row] = (await runner.query(
          'select calls::int from pg_stat_xact_user_functions where funcname = $1',
          [name],
        )) as { calls: number }[];
        return row?.calls ?? 0;
      };
      for (let n = 0; n < 300; n += 1)
        await runner.query(
          `insert into buildings (id, name, use) values ($1, '{"fr":"a","en":"a"}', 'school')`,
          [`first-${n}`],
        );
      const moved = await calls('note_moved_figures');
      expect(moved).toBeGreaterThanOrEqual(300);
      expect(await calls('buildings_on_meter')).toBe(moved);
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
      await source.destroy();
    }
  });

  it('are few for filters that seldom go together, whatever each leaves alone', async () => {
    await asOwner(
      // Half are schools, a tenth of them are at Vitré, and no school is there.
      `insert into buildings (id, name, use, commune, construction_year)
         select 's' || lpad(n::text, 6, '0'), '{"fr":"École","en":"School"}', case when n % 10 < 5 then 'school' else 'housing' end,
           case when n % 10 = 9 then 'Vitré' else 'Bruz' end, 1950 + n % 50 from generate_series(1, ${many}) n`,
      'analyze buildings',
    );
    const page = (sort: string) => (manager: EntityManager) =>
      readPage(
        manager,
        listedBuildings,
        { limit: 50, sort, descending: false, filters: { use: ['school'], commune: ['Vitré'] } },
        async () => [],
      );
    for (const sort of ['id', 'name', 'constructionYear'])
      expect(await fetched('buildings', page(sort))).toBeLessThan(many / 10);
  });

  it('are those of one programme or of one meter, however many the stock has kept', async () => {
    await asOwner(
      `insert into programmes (document) select jsonb_build_object('n', n) from generate_series(1, 300) n`,
      `insert into meters (id, building_id, name, carrier, use, unit, timezone)
         select 'm' || n, 's000001', 'Gas', 'gas', 'heating', 'kWh', 'Europe/Paris' from generate_series(1, 2) n`,
      `insert into works (id, building_id, measures, start_day, end_day) values ('w', 's000001', '["windows"]', '2023-01-01', '2023-01-01')`,
      `insert into savings (works_id, meter_id, from_at, to_at, result)
         select 'w', 'm' || 1 + (n % 300 = 0)::int, now(), now(), '{}' from generate_series(1, ${many}) n`,
      'analyze programmes, savings',
    );
    const [last] = await database.store().programmes.list();
    expect(await database.store().programmes.latest()).toEqual(last);
    expect(await fetched('programmes', (manager) => programmeRepository(manager).latest())).toBeLessThan(5);
    expect(await database.store().savings.ofMeter('m2')).toHaveLength(10);
    expect(await fetched('savings', (manager) => savingsRepository(manager).ofMeter('m2'))).toBeLessThan(50);
    const { store, calls } = counted(database.store());
    const context = { store, nowMs: () => Date.now(), startLedger };
    await latestProgramme(context);
    await exportMeter(context, 'm2', 'data-controller');
    expect([...calls.keys()]).not.toContain('programmes.list');
    expect([...calls.keys()]).not.toContain('savings.list');
  });

  it('are few when a job that waits is asked about, among all that have ended', async () => {
    await asOwner(
      `insert into jobs (kind, input, state, finished_at)
         select 'request', '{}', 'done', now() - interval '1 day' from generate_series(1, ${many}) n`,
      'analyze jobs',
    );
    const id = await database.store().jobs.add('request', {});
    const ask = (manager: EntityManager) => identityStore(manager).jobsNobodyTakes([id], ['request'], 0);
    expect(await fetched('jobs', ask)).toBeLessThan(50);
  });

  it('are few when changes are followed after a large import, under statistics taken before their numbering', async () => {
    await database.store().changes.after(0, { limit: 1 });
    await asOwner(
      `insert into changes (kind, action, subject) select 'building', 'created', 's' || n from generate_series(1, ${many}) n`,
      'analyze changes',
    );
    const { latest } = await database.store().changes.after(0, { limit: 1 });
    expect(latest).toBeGreaterThanOrEqual(many);
    await asOwner('vacuum changes');
    const follow = (manager: EntityManager) => changeRepository(manager).after(latest - 5, { limit: 50 });
    expect(await fetched('changes', follow)).toBeLessThan(50);
  });
});

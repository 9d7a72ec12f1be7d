import { DataSource } from 'typeorm';
import { expect, it } from 'vitest';
import { migrations } from '#store/migrations/index.ts';
import { withStores } from '../support/database.ts';

withStores('migrations', (database) => {
  it('can be undone, leaving nothing, and done again', async () => {
    const source = new DataSource({
      type: 'postgres',
      url: database.url(),
      migrations,
      installExtensions: false,
    });
    await source.initialize();
    try {
      const tables = async (): Promise<string[]> => {
        const rows = await source.query<{ name: string }[]>(
          `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
        );
        return rows.map(({ name }) => name);
      };
      const before = await tables();
      for (const _ of migrations) await source.undoLastMigration({ transaction: 'all' });
      expect(await tables()).toEqual(['migrations']);
      await source.runMigrations({ transaction: 'all' });
      expect(await tables()).toEqual(before);
    } finally {
      await source.destroy();
    }
  });

  it('takes the content of the first version along, and chains its audit log', async () => {
    const source = new DataSource({
      type: 'postgres',
      url: database.url(),
      migrations,
      installExtensions: false,
    });
    await source.initialize();
    try {
      for (const _ of migrations.slice(1)) await source.undoLastMigration({ transaction: 'all' });
      await source.query(`
        insert into buildings (id, name, use) values ('old', '{"fr":"Ancien","en":"Old"}', 'school');
        insert into meters (id, building_id, name, carrier, use, unit, timezone)
          values ('old-gas', 'old', 'Gas', 'gas', 'heating', 'kWh', 'Europe/Paris');
        insert into audit_log (by_whom, action, subject, reason, detail)
          select 'someone', 'decide', 'meter:' || n, 'because', '{}' from generate_series(1, 3) n;
      `);
      await source.runMigrations({ transaction: 'all' });
      expect(await database.store().audit.verify()).toEqual({ lines: 3, head: expect.any(String) });
      expect((await database.store().buildings.list()).map(({ id }) => id)).toContain('old');
    } finally {
      await source.destroy();
    }
  });
});

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
});

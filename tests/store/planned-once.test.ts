import { DataSource, type EntityManager } from 'typeorm';
import { expect, it } from 'vitest';
import { changeRepository } from '#store/repositories/changes.ts';
import { keptViewRepository } from '#store/repositories/kept-views.ts';
import { readListed } from '#store/repositories/listed-buildings.ts';
import { withStores } from '../support/database.ts';

withStores('queries asked many times a second', (database) => {
  it('are planned once by a connection, and answer the same to other values', async () => {
    await database.store().buildings.save({
      id: 'a',
      name: { fr: 'École', en: 'School' },
      use: 'school',
      simulated: true,
      facts: {},
    });
    const source = new DataSource({
      type: 'postgres',
      url: database.url(),
      installExtensions: false,
      extra: { options: '-c role=stacoptim_app -c stacoptim.organisation=1', max: 1 },
    });
    await source.initialize();
    const ask = async (manager: EntityManager, id: string) => ({
      listed: (await readListed(manager, [id])).map((building) => building.id),
      stamped: (await keptViewRepository(manager).read(id, 'building', '2026-01-01')).stamp !== undefined,
      changed: (await changeRepository(manager).after(0, { limit: 10 })).changes.length > 0,
    });
    try {
      // In a transaction, and on a connection of the pool.
      expect(await source.transaction((manager) => ask(manager, 'a'))).toEqual({
        listed: ['a'],
        stamped: true,
        changed: true,
      });
      expect(await ask(source.manager, 'b')).toEqual({ listed: [], stamped: false, changed: true });
      const [{ names } = { names: [] }] = await source.query<{ names: string[] }[]>(
        `select array_agg(name order by name) as names from pg_prepared_statements where name <> ''`,
      );
      expect(names).toEqual(['changes-after', 'kept-view', 'listed-buildings']);
    } finally {
      await source.destroy();
    }
  });
});

import type { EntityManager } from 'typeorm';
import { preparedRowsOf } from '../scope.ts';

/** What is kept of an answer about a building, and the stamp of what the database now says of it. */
type KeptView = {
  /** The same as long as nothing has changed that an answer about the building may rest on; undefined without such a building. */
  readonly stamp: string | undefined;
  /** The same as long as the stock has learnt nothing else of works. */
  readonly learnt: string;
  /** The same for what it has learnt of period defaults. */
  readonly defaults: string;
  /** Of what the answer was made: its reader compares. */
  readonly key?: string;
  readonly body?: string;
};

/** Most answers kept of one building: beyond, the oldest go. */
const mostOfOne = 24;

export type KeptViewRepository = {
  /** `today`, YYYY-MM-DD: works announced for later count from their first day. */
  read(buildingId: string, name: string, today: string): Promise<KeptView>;
  /** Keeps an answer in place of the one of that name. */
  keep(
    buildingId: string,
    name: string,
    kept: { readonly key: string; readonly body: string },
  ): Promise<void>;
  /** Forgets what was made before an instant. */
  forget(beforeMs: number): Promise<void>;
};

/** Answers about buildings, kept until something they rest on changes (docs/decisions/0290). */
export const keptViewRepository = (manager: EntityManager): KeptViewRepository => ({
  read: async (buildingId, name, today) => {
    const [row] = await preparedRowsOf<
      Omit<KeptView, 'key' | 'body'> & { key: string | null; body: string | null }
    >(
      manager,
      'kept-view',
      `select view_stamp(b.id, $3::date) as stamp, v.key, v.body,
         (select coalesce(md5(string_agg(r::text, ',' order by r.measure, r.family)), '') from realisation_rates r) as learnt,
         (select coalesce(md5(string_agg(d::text, ',' order by d.figure, d.period)), '') from learnt_defaults d) as defaults
       from buildings b left join kept_views v on v.building_id = b.id and v.name = $2 where b.id = $1`,
      [buildingId, name, today],
    );
    if (row === undefined) return { stamp: undefined, learnt: '', defaults: '' };
    const { key, body, ...rest } = row;
    return key === null || body === null ? rest : { ...rest, key, body };
  },
  keep: async (buildingId, name, { key, body }) => {
    // A building that was erased meanwhile is left alone.
    await manager.query(
      `with gone as (delete from kept_views where building_id = $1 and name <> $2 and name not in
         (select name from kept_views where building_id = $1 order by made_at desc limit ${mostOfOne - 1}))
       insert into kept_views (building_id, name, key, body)
       select id, $2, $3, $4 from buildings where id = $1
       on conflict (building_id, name) do update set key = excluded.key, body = excluded.body, made_at = now()`,
      [buildingId, name, key, body],
    );
  },
  forget: async (beforeMs) => {
    await manager.query('delete from kept_views where made_at < to_timestamp($1::float8 / 1000)', [beforeMs]);
  },
});

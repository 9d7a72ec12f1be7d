import type { EntityManager } from 'typeorm';
import { inTransaction, rowsOf } from '../scope.ts';
import type { StoredDefault } from '../types.ts';

/** How a default of all periods is kept. */
const ANY_PERIOD = '';

/** A building whose meter has a heating line that no works stand in. */
export type MeteredLine = { readonly buildingId: string; readonly meterId: string; readonly record: unknown };

export type LearntDefaultRepository = {
  list(): Promise<StoredDefault[]>;
  /**
   * Puts what has just been learnt in place of all that was; the lines of buildings without a meter are then to be computed again where
   * anything has changed.
   */
  replace(learnt: readonly StoredDefault[]): Promise<void>;
  /**
   * The newest model with a heating line, in force or a frozen baseline, of each meter that is not personal, fitted on days that no works have
   * begun in or before.
   */
  lines(most: number): Promise<MeteredLine[]>;
};

const select = `select figure, nullif(period, '${ANY_PERIOD}') as period, mean, sd, cases from learnt_defaults order by figure, period`;

/** Period defaults of U-values (W/(m2.K)) and air change as factors on the shipped ones, learnt from metered buildings. */
export const learntDefaultRepository = (manager: EntityManager): LearntDefaultRepository => ({
  list: () => rowsOf<StoredDefault>(manager, select),
  replace: (learnt) =>
    inTransaction(manager, async (inside) => {
      const before = JSON.stringify(await rowsOf(inside, select));
      await inside.query('delete from learnt_defaults');
      for (const { figure, period, mean, sd, cases } of learnt)
        await inside.query(
          'insert into learnt_defaults (figure, period, mean, sd, cases) values ($1, $2, $3, $4, $5)',
          [figure, period ?? ANY_PERIOD, mean, sd, cases],
        );
      if (JSON.stringify(await rowsOf(inside, select)) === before) return;
      await inside.query(`insert into stock_figures_moved (building_id)
        select id from buildings b where not exists (select from meters m where m.building_id = b.id)`);
    }),
  lines: (most) =>
    rowsOf<MeteredLine>(
      manager,
      `with before_works as (
         select distinct on (m.id) l.id, m.building_id, m.id as meter_id, l.record
         from models l join meters m on m.id = l.meter_id
         where l.status in ('current', 'frozen') and not m.personal and jsonb_typeof(l.record -> 'signature') = 'object'
           and not exists (select from works w
             where w.building_id = m.building_id and w.start_day < (l.to_at at time zone 'UTC')::date)
         order by m.id, l.id desc)
       select building_id as "buildingId", meter_id as "meterId", record from before_works order by id desc limit $1`,
      [most],
    ),
});

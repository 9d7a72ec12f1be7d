import type { MigrationInterface, QueryRunner } from 'typeorm';

const numberChanges = (someWait: string): string => `
create or replace function number_changes() returns bigint language plpgsql as $$
declare
  own integer := current_organisation();
  reached bigint;
  given bigint;
begin
  if ${someWait} then
    insert into change_counters (organisation_id) values (own) on conflict do nothing;
    -- One at a time: what is seen after this lock holds everything that the one before has numbered.
    select last into reached from change_counters where organisation_id = own for update;
    with waiting as (
      select id, row_number() over (order by id) as rank from changes
      where organisation_id = own and position is null)
    update changes c set position = reached + w.rank from waiting w where c.id = w.id;
    get diagnostics given = row_count;
    update change_counters set last = reached + given where organisation_id = own;
    return reached + given;
  end if;
  return coalesce((select last from change_counters where organisation_id = own), 0);
end $$;`;

// Statistics taken while a large import waited for its numbers say that most changes wait; the planner then looked for the first of them by
// the primary key, past every change there is, at each reading. No other index has the order asked here.
const up = `
drop index changes_without_position;
create index changes_that_wait on changes (organisation_id, (id + 0)) where position is null;
create function changes_wait() returns boolean language sql stable as $$
  select (select id from changes where organisation_id = current_organisation() and position is null
    order by id + 0 limit 1) is not null
$$;
${numberChanges('changes_wait()')}
`;

const down = `
${numberChanges('exists (select from changes where organisation_id = own and position is null)')}
drop function changes_wait;
drop index changes_that_wait;
create index changes_without_position on changes (organisation_id, id) where position is null;
`;

/** Whether some changes wait for their number is answered by an index of those alone, whatever the statistics say. */
export class WaitingChanges1764777100000 implements MigrationInterface {
  readonly name = 'WaitingChanges1764777100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}

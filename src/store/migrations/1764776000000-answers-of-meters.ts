import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One way from a meter to the buildings whose kept answers rest on it: its own, and those of the meters that are computed from it, however
 * far. What is deleted leaves a change under a hash, which leads to no building, so that deletions are noted where they happen.
 */
const up = `
create function buildings_on_meter(meter text) returns text[] language plpgsql stable as $$
begin
  return array(with recursive fed (id) as (
    select meter union select s.meter_id from meter_sources s join fed on s.source_id = fed.id
  )
  select distinct m.building_id from fed join meters m on m.id = fed.id);
end $$;

create or replace function note_moved_figures() returns trigger language plpgsql as $$
begin
  if new.kind = 'weather-station' then
    insert into stock_figures_moved (building_id, organisation_id)
      select id, organisation_id from buildings where organisation_id = new.organisation_id;
  else
    insert into stock_figures_moved (building_id, organisation_id)
      select id, organisation_id from buildings where id = any(buildings_on_meter(new.meter_id) || new.building_id);
  end if;
  return null;
end $$;

-- Of the meter that a column names: what is kept goes where its readings do, and is else noted as moved.
create function answers_of_meter() returns trigger language plpgsql as $$
declare
  resting text[] := buildings_on_meter((case tg_op when 'INSERT' then to_jsonb(new) else to_jsonb(old) end) ->> tg_argv[0]);
begin
  if tg_argv[1] = 'forget' then
    delete from kept_views where building_id = any(resting);
    delete from stock_figures where building_id = any(resting);
  end if;
  insert into stock_figures_moved (building_id, organisation_id)
    select b.id, b.organisation_id from buildings b
    -- An organisation that goes as a whole takes its buildings along: nothing is noted of them.
    where b.id = any(resting) and exists (select from organisations o where o.id = b.organisation_id);
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;

drop trigger changes_drop_kept_views on changes;
drop trigger meters_drop_kept_views on meters;
drop function drop_kept_views;
create trigger changes_forget_answers after insert on changes for each row
  when (new.kind = 'readings' and new.action = 'deleted') execute function answers_of_meter('meter_id', 'forget');
create trigger meters_forget_answers before delete on meters for each row execute function answers_of_meter('id', 'forget');
create trigger meters_move_answers before update on meters for each row
  when (old.building_id is distinct from new.building_id) execute function answers_of_meter('id', 'note');
create trigger derivations_move_answers before delete on meter_derivations for each row
  execute function answers_of_meter('meter_id', 'note');
`;

const down = `
drop trigger derivations_move_answers on meter_derivations;
drop trigger meters_move_answers on meters;
drop trigger meters_forget_answers on meters;
drop trigger changes_forget_answers on changes;
drop function answers_of_meter;
create function drop_kept_views() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'meters' then
    delete from kept_views where building_id = old.building_id;
    return old;
  end if;
  delete from kept_views v using meters m where m.id = new.meter_id and v.building_id = m.building_id;
  return null;
end $$;
create trigger meters_drop_kept_views before delete on meters for each row execute function drop_kept_views();
create trigger changes_drop_kept_views after insert on changes for each row
  when (new.kind = 'readings' and new.action = 'deleted') execute function drop_kept_views();
create or replace function note_moved_figures() returns trigger language plpgsql as $$
begin
  if new.kind = 'weather-station' then
    insert into stock_figures_moved (building_id, organisation_id)
      select id, organisation_id from buildings where organisation_id = new.organisation_id;
  else
    insert into stock_figures_moved (building_id, organisation_id)
      select id, organisation_id from buildings where id = coalesce(new.building_id,
        (select building_id from meters where id = new.meter_id));
  end if;
  return null;
end $$;
drop function buildings_on_meter;
`;

/** Answers kept of buildings are forgotten or noted as moved by what happens to any meter they rest on, deletions too. */
export class AnswersOfMeters1764776000000 implements MigrationInterface {
  readonly name = 'AnswersOfMeters1764776000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
-- What the works of a building gave when they were last measured, and of what: a night in which nothing of it has moved
-- takes it as it stands.
create table kept_measurements (
  building_id text primary key references buildings on delete cascade,
  key text not null,
  -- Of the rest of the stock; null where no works were looked at beside other buildings.
  stock_key text,
  program text not null,
  -- The day from which the clock alone changes what is told.
  until_day date,
  document jsonb not null
);
select isolate_table('kept_measurements');

-- Each thing that the savings of a building rest on, by its name. Readings of one meter are written one after the other, so
-- that the last change says which they are. Proposals are a result, not an input. Not in SQL: a function in SQL is
-- planned anew at each call.
create function measurement_stamp(building text, today date) returns jsonb language plpgsql stable as $$
begin
  return (with recursive fed (id) as (
    select id from meters where building_id = building
    union select s.source_id from meter_sources s join fed on s.meter_id = fed.id
  )
  select jsonb_build_object(
    'building', (select md5(b::text) from buildings b where b.id = building),
    'twin', (select version from twins where building_id = building and current),
    'meters', (select md5(string_agg(m::text, ',' order by m.id)) from meters m join fed on fed.id = m.id),
    'derivations', (select md5(string_agg(d::text, ',' order by d.meter_id))
      from meter_derivations d join fed on fed.id = d.meter_id),
    'readings', (select jsonb_object_agg(fed.id, (select max(c.id) from changes c
      where c.meter_id = fed.id and c.kind = 'readings')) from fed),
    'decisions', (select md5(string_agg(d::text, ',' order by d.id)) from reading_decisions d join fed on fed.id = d.meter_id),
    'works', (select md5(string_agg(w::text, ',' order by w.id)) from works w where w.building_id = building),
    -- Works announced for later count from their first day.
    'started', (select count(*) from works w where w.building_id = building and w.start_day <= today),
    'events', (select md5(string_agg(e::text, ',' order by e.id)) from non_routine_events e join works w on w.id = e.works_id
      where w.building_id = building and e.state <> 'proposed'),
    'baselines', (select string_agg(m.id::text, ',' order by m.id) from models m join fed on fed.id = m.meter_id
      where m.role = 'baseline'),
    'weather', (select md5(string_agg(w::text || coalesce(v.version, 0), ',' order by w.id))
      from weather_stations w left join weather_versions v on v.station_id = w.id)));
end $$;

-- The readings that a measurement was made of may be those of a household: it goes with them.
create function drop_kept_measurements() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'meters' then
    delete from kept_measurements where building_id = old.building_id;
    return old;
  end if;
  delete from kept_measurements k using meters m where m.id = new.meter_id and k.building_id = m.building_id;
  return null;
end $$;
create trigger meters_drop_kept_measurements before delete on meters
  for each row execute function drop_kept_measurements();
create trigger changes_drop_kept_measurements after insert on changes for each row
  when (new.kind = 'readings' and new.action = 'deleted') execute function drop_kept_measurements();
`;

const down = `
drop trigger changes_drop_kept_measurements on changes;
drop trigger meters_drop_kept_measurements on meters;
drop function drop_kept_measurements, measurement_stamp;
drop table kept_measurements;
`;

/** Measurements of works kept with what they rest on, so that a night without anything new measures none of them again. */
export class KeptMeasurements1764772000000 implements MigrationInterface {
  readonly name = 'KeptMeasurements1764772000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Answers about a building that cost a fit, kept with a stamp of everything in the database that they rest on. The stamp is
 * made of the changes noted of the building and of the meters that feed it: how many and which, not the last alone, since a
 * transaction that began earlier may commit later. Days of weather are no changes: each station counts its own.
 */
const up = `
create table kept_views (
  building_id text not null references buildings on delete cascade,
  name text not null,
  key text not null,
  body text not null,
  made_at timestamptz not null default now(),
  primary key (building_id, name)
);
select isolate_table('kept_views');
create index kept_views_by_age on kept_views (organisation_id, made_at);

drop index changes_of_building, changes_of_meter;
create index changes_of_building on changes (building_id) include (id, organisation_id) where building_id is not null;
create index changes_of_meter on changes (meter_id) include (id, organisation_id) where meter_id is not null;

create table weather_versions (
  station_id text primary key references weather_stations on delete cascade,
  -- Begins anywhere: a station that is deleted and comes again is another one.
  version bigint not null default (random() * 1e15)::bigint
);
select isolate_table('weather_versions');
insert into weather_versions (station_id, organisation_id) select id, organisation_id from weather_stations;

-- Not in SQL: a function in SQL is planned anew at each call, which costs more than the reading.
create function view_stamp(building text, today date) returns text language plpgsql stable as $$
begin
  return (with recursive fed (id) as (
    select id from meters where building_id = building
    union select s.source_id from meter_sources s join fed on s.meter_id = fed.id
  )
  select concat_ws('/',
    (select string_agg(id, ',' order by id) from fed),
    (select count(*) || ':' || coalesce(sum(c.id), 0) from changes c
      where c.building_id = building or c.building_id = name_hash(building)),
    (select count(*) || ':' || coalesce(sum(c.id), 0) from fed join changes c on c.meter_id = fed.id),
    -- Works announced for later count from their first day.
    (select count(*) from works where building_id = building and start_day <= today),
    (select md5(string_agg(w::text || v.version, ',' order by w.id))
      from weather_stations w left join weather_versions v on v.station_id = w.id where exists (select from fed))));
end $$;

-- Names to search in, small letters, read from the index alone.
alter table buildings add column name_search text
  generated always as (lower((name ->> 'fr') || ' ' || (name ->> 'en'))) stored;
-- Several filters at once: what none of the rows fits is known from the index, not by reading them all.
create index buildings_to_filter on buildings (organisation_id, commune, use, construction_year, id);
create index buildings_to_search on buildings (organisation_id, id) include (name_search);

-- What was kept of a dwelling's readings goes with them.
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
`;

const down = `
drop trigger changes_drop_kept_views on changes;
drop trigger meters_drop_kept_views on meters;
drop function drop_kept_views, view_stamp;
drop table weather_versions;
drop index changes_of_building, changes_of_meter;
create index changes_of_building on changes (building_id) where building_id is not null;
create index changes_of_meter on changes (meter_id) where meter_id is not null;
drop index buildings_to_filter;
alter table buildings drop column name_search;
drop table kept_views;
`;

/** Kept answers of buildings and names to search in, so that reading them again costs no fit and no look at each whole row. */
export class KeptViews1764764000000 implements MigrationInterface {
  readonly name = 'KeptViews1764764000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}

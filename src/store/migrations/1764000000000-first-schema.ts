import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
create table buildings (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9._-]{0,99}$'),
  name jsonb not null,
  use text not null,
  commune text,
  construction_year integer,
  simulated boolean not null default false,
  facts jsonb not null default '{}'
);

create table twins (
  building_id text not null references buildings on delete cascade,
  version integer not null,
  current boolean not null,
  twin jsonb not null,
  file_name text,
  sha256 text,
  created_at timestamptz not null default now(),
  primary key (building_id, version)
);
create unique index twins_one_current on twins (building_id) where current;

create table envelopes (
  id integer generated always as identity primary key,
  building_id text not null references buildings on delete cascade,
  document jsonb not null,
  file_name text,
  sha256 text,
  created_at timestamptz not null default now()
);
create index envelopes_of_building on envelopes (building_id, id desc);

create table scenarios (
  id integer generated always as identity primary key,
  building_id text not null references buildings on delete cascade,
  document jsonb not null,
  file_name text,
  sha256 text,
  created_at timestamptz not null default now()
);
create index scenarios_of_building on scenarios (building_id, id desc);

create table meters (
  number integer generated always as identity unique,
  id text primary key check (id ~ '^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$'),
  building_id text not null references buildings on delete cascade,
  name text not null,
  carrier text not null,
  use text not null,
  unit text not null,
  timezone text not null,
  personal boolean not null default false
);
create index meters_of_building on meters (building_id);

-- No foreign key to meters: the check would cost one look-up a row on the bulk path. The writer locks the
-- meter's row instead, and deleting a meter deletes its readings by the trigger below.
create table readings (
  meter_number integer not null,
  start_at timestamptz not null,
  end_at timestamptz not null,
  kwh double precision not null,
  quality smallint not null default 0,
  primary key (meter_number, start_at)
) partition by range (start_at);

create table imports (
  id integer generated always as identity primary key,
  meter_id text not null references meters on delete cascade,
  file_name text not null,
  sha256 text not null,
  row_count integer not null,
  rejected integer not null,
  warnings jsonb not null default '[]',
  created_at timestamptz not null default now()
);
create index imports_of_meter on imports (meter_id, id desc);

create table readings_audit (
  meter_number integer not null,
  start_at timestamptz not null,
  end_at timestamptz not null,
  kwh double precision not null,
  quality smallint not null,
  replaced_at timestamptz not null default now(),
  import_id integer
);
create index readings_audit_of_meter on readings_audit (meter_number, start_at);

-- One partition a year, made when the first reading of that year comes. Attaching takes a weaker lock than
-- creating it as a partition would, so that running readers and writers do not wait.
create function make_reading_partitions(years integer[]) returns void
language plpgsql as $$
declare
  year integer;
begin
  foreach year in array years loop
    continue when to_regclass('readings_' || year) is not null;
    perform pg_advisory_xact_lock(hashtext('make_reading_partitions'));
    continue when to_regclass('readings_' || year) is not null;
    execute format('create table readings_%s (like readings including all)', year);
    execute format('alter table readings attach partition readings_%s for values from (%L) to (%L)',
      year, year || '-01-01 00:00:00+00', (year + 1) || '-01-01 00:00:00+00');
  end loop;
end $$;

create function forget_readings_of_meter() returns trigger language plpgsql as $$
begin
  delete from readings where meter_number = old.number;
  delete from readings_audit where meter_number = old.number;
  return old;
end $$;
create trigger meters_forget_readings before delete on meters
  for each row execute function forget_readings_of_meter();

create table weather_stations (
  id text primary key,
  name text not null,
  latitude_deg double precision not null,
  longitude_deg double precision not null,
  altitude_m double precision not null,
  source text not null,
  simulated boolean not null default false
);

create table weather_daily (
  station_id text not null references weather_stations on delete cascade,
  day date not null,
  mean_c double precision,
  ghi_wm2 double precision,
  primary key (station_id, day)
);

create table models (
  id integer generated always as identity primary key,
  meter_id text not null references meters on delete cascade,
  role text not null check (role in ('baseline', 'live')),
  status text not null check (status in ('candidate', 'current', 'retired', 'frozen')),
  record jsonb not null,
  data_hash text not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  stale jsonb,
  previous_id integer references models on delete set null,
  created_at timestamptz not null default now(),
  check ((role = 'baseline') = (status = 'frozen'))
);
create unique index models_one_current on models (meter_id) where status = 'current';
create index models_of_meter on models (meter_id, id desc);

create table works (
  id text primary key check (id ~ '^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$'),
  building_id text not null references buildings on delete cascade,
  measures jsonb not null,
  start_day date not null,
  end_day date not null,
  cost_eur double precision,
  note text,
  check (start_day <= end_day)
);
create index works_of_building on works (building_id, start_day);

create table savings (
  id integer generated always as identity primary key,
  works_id text not null references works on delete cascade,
  meter_id text not null references meters on delete cascade,
  from_at timestamptz not null,
  to_at timestamptz not null,
  result jsonb not null,
  stale jsonb,
  created_at timestamptz not null default now()
);
create index savings_of_works on savings (works_id, id desc);
create index savings_of_meter on savings (meter_id);

create table programmes (
  id integer generated always as identity primary key,
  document jsonb not null,
  accepted_by text,
  accepted_at timestamptz,
  created_at timestamptz not null default now()
);

create table realisation_rates (
  measure text primary key,
  prior jsonb not null,
  posterior jsonb not null,
  n integer not null
);

create table ledger (
  id integer generated always as identity primary key,
  building_id text references buildings on delete set null,
  work text not null,
  wall_ms double precision not null,
  cpu_ms double precision not null,
  peak_rss_mb double precision not null,
  energy_j jsonb not null,
  created_at timestamptz not null default now()
);
create index ledger_of_building on ledger (building_id);

create table audit_log (
  id integer generated always as identity primary key,
  by_whom text not null check (by_whom <> ''),
  action text not null,
  subject text not null,
  reason text not null,
  detail jsonb not null default '{}',
  at timestamptz not null default now()
);
create index audit_log_of_subject on audit_log (subject, id desc);

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'audit_log is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_log_append_only before update or delete on audit_log
  for each row execute function refuse_audit_change();
create trigger audit_log_no_truncate before truncate on audit_log
  for each statement execute function refuse_audit_change();

create table jobs (
  id integer generated always as identity primary key,
  kind text not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  input jsonb not null,
  progress double precision not null default 0 check (progress between 0 and 1),
  attempts integer not null default 0,
  result jsonb,
  error text,
  lease_until timestamptz,
  created_at timestamptz not null default now()
);
create index jobs_to_do on jobs (id) where state in ('waiting', 'running');
`;

const down = `
drop table jobs, audit_log, ledger, realisation_rates, programmes, savings, works, models, weather_daily,
  weather_stations, readings_audit, imports, readings, meters, scenarios, envelopes, twins, buildings;
drop function refuse_audit_change, forget_readings_of_meter, make_reading_partitions;
`;

/** Every table of the first version, with the rules that must hold whoever writes to the database. */
export class FirstSchema1764000000000 implements MigrationInterface {
  readonly name = 'FirstSchema1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}

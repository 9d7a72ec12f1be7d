import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The role that a connection takes whose own account would see past the row policies (a superuser). */
export const applicationRole = 'stacoptim_app';

const up = `
do $$ begin
  if (select rolsuper from pg_roles where rolname = current_user)
      and not exists (select from pg_roles where rolname = '${applicationRole}') then
    create role ${applicationRole} nologin nosuperuser nobypassrls;
  end if;
exception when duplicate_object or unique_violation then null; -- another database of the server made it just now
end $$;

-- The organisation of the session; 0 is the program itself, which sees who may enter and no building.
create function current_organisation() returns integer language sql stable as
  $$ select nullif(current_setting('stacoptim.organisation', true), '')::integer $$;

create table organisations (
  id integer generated always as identity primary key,
  name text not null check (name <> ''),
  created_at timestamptz not null default now()
);
insert into organisations (name) values ('local');

create table api_keys (
  id integer generated always as identity primary key,
  organisation_id integer not null references organisations on delete cascade,
  name text not null check (name <> ''),
  prefix text not null,
  hash text not null unique,
  role text not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz
);

-- One-time links and the sessions that they open; only hashes of their secrets are kept.
create table entries (
  hash text primary key,
  organisation_id integer not null references organisations on delete cascade,
  kind text not null check (kind in ('link', 'session')),
  person text not null check (person <> ''),
  role text not null,
  expires_at timestamptz not null
);

create function isolate_by(target regclass, condition text) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy own_organisation on %s using (%s) with check (%s)', target, condition, condition);
  if exists (select from pg_roles where rolname = '${applicationRole}') then
    execute format('grant select, insert, update, delete on %s to ${applicationRole}', target);
  end if;
end $$;

-- A row belongs to the organisation that writes it, and may only refer to rows that this organisation sees: the check
-- of a foreign key itself looks past the policies.
create function isolate_table(target regclass) returns void language plpgsql as $$
declare
  parents text;
begin
  execute format('alter table %s add column if not exists organisation_id integer not null
    default coalesce(current_organisation(), 1) references organisations on delete cascade', target);
  execute format('create index on %s (organisation_id)', target);
  select string_agg(format(' and (%1$I is null or exists (select from %2$s parent where parent.%3$I = %4$s.%1$I))',
      child_column.attname, key.confrelid::regclass, parent_column.attname, target), '')
    into parents
    from pg_constraint key
    join pg_attribute child_column on child_column.attrelid = key.conrelid and child_column.attnum = key.conkey[1]
    join pg_attribute parent_column on parent_column.attrelid = key.confrelid and parent_column.attnum = key.confkey[1]
    where key.conrelid = target and key.contype = 'f' and cardinality(key.conkey) = 1
      and key.confrelid not in ('organisations'::regclass, target);
  perform isolate_by(target, 'organisation_id = current_organisation()');
  if parents is not null then
    execute format('create policy own_parents on %s as restrictive for insert with check (true%s)', target, parents);
    execute format('create policy own_parents_kept on %s as restrictive for update using (true) with check (true%s)',
      target, parents);
  end if;
end $$;

-- Every table that no migration has isolated yet; called after each run of the migrations, so that none is forgotten.
create function isolate_tables() returns void language plpgsql as $$
declare
  target regclass;
begin
  for target in
    select c.oid::regclass from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and not c.relrowsecurity and c.relname not in ('migrations', 'organisations') order by c.oid
  loop
    perform isolate_table(target);
  end loop;
end $$;

select isolate_by('organisations', 'id = current_organisation() or current_organisation() = 0');
select isolate_by('api_keys', 'organisation_id = current_organisation() or current_organisation() = 0');
select isolate_by('entries', 'organisation_id = current_organisation() or current_organisation() = 0');
select isolate_by(own::regclass, format('exists (select from meters m where m.number = %s.meter_number)', own))
  from unnest(array['readings', 'readings_audit', 'meter_registers']) as own;

-- The audit log of each organisation is a chain: each line carries the hash of the one before it.
drop trigger audit_log_append_only on audit_log;
alter table audit_log add column position integer, add column hash text,
  add column organisation_id integer not null default coalesce(current_organisation(), 1) references organisations;
create function audit_hash(previous text, entry audit_log) returns text language sql immutable as $$
  select encode(sha256(convert_to(jsonb_build_array(previous, entry.organisation_id, entry.position, entry.by_whom,
    entry.action, entry.subject, entry.reason, entry.detail,
    (extract(epoch from entry.at) * 1000000)::bigint)::text, 'UTF8')), 'hex')
$$;
do $$
declare
  line audit_log;
  previous text := '';
  place integer := 0;
begin
  for line in select * from audit_log order by id loop
    place := place + 1;
    line.position := place;
    previous := audit_hash(previous, line);
    update audit_log set position = place, hash = previous where id = line.id;
  end loop;
end $$;
alter table audit_log alter position set not null, alter hash set not null,
  add constraint audit_log_chain unique (organisation_id, position);
create trigger audit_log_append_only before update or delete on audit_log
  for each row execute function refuse_audit_change();
create function chain_audit() returns trigger language plpgsql as $$
declare
  last record;
begin
  perform pg_advisory_xact_lock(hashtext('audit_log'), new.organisation_id);
  select position, hash into last from audit_log where organisation_id = new.organisation_id
    order by position desc limit 1;
  new.position := coalesce(last.position, 0) + 1;
  new.hash := audit_hash(coalesce(last.hash, ''), new);
  return new;
end $$;
create trigger audit_log_chained before insert on audit_log for each row execute function chain_audit();

-- Bulk loads go into the partition of their year, which COPY may do where it may not on a table with policies. Nothing
-- can be read there, and each load is checked as a whole.
create function check_own_meters() returns trigger language plpgsql as $$
begin
  if exists (select from (select distinct meter_number from incoming) i
      where not exists (select from meters m where m.number = i.meter_number)) then
    raise exception 'new row violates row-level security policy for table "readings"'
      using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;

create function guard_partition(partition regclass) returns void language plpgsql as $$
begin
  execute format('create trigger own_meters after insert on %s referencing new table as incoming
    for each statement execute function check_own_meters()', partition);
  if exists (select from pg_roles where rolname = '${applicationRole}') then
    execute format('grant insert on %s to ${applicationRole}', partition);
  end if;
end $$;
select guard_partition(inhrelid::regclass) from pg_inherits where inhparent = 'readings'::regclass;

create or replace function make_reading_partitions(years integer[]) returns void
language plpgsql security definer set search_path from current as $$
declare
  year integer;
begin
  foreach year in array years loop
    continue when to_regclass('readings_' || year) is not null;
    lock table readings in share update exclusive mode;
    continue when to_regclass('readings_' || year) is not null;
    execute format('create table readings_%s (like readings including all)', year);
    execute format('alter table readings attach partition readings_%s for values from (%L) to (%L)',
      year, year || '-01-01 00:00:00+00', (year + 1) || '-01-01 00:00:00+00');
    perform guard_partition(('readings_' || year)::regclass);
  end loop;
end $$;

select isolate_tables();
do $$ begin
  if exists (select from pg_roles where rolname = '${applicationRole}') then
    revoke update, delete on audit_log from ${applicationRole};
  end if;
end $$;
`;

const down = `
do $$
declare
  policy record;
  target regclass;
begin
  for policy in select policyname, tablename from pg_policies where schemaname = current_schema() loop
    execute format('drop policy %I on %I', policy.policyname, policy.tablename);
    execute format('alter table %I disable row level security', policy.tablename);
    execute format('alter table %I no force row level security', policy.tablename);
  end loop;
  for target in select inhrelid::regclass from pg_inherits where inhparent = 'readings'::regclass loop
    execute format('drop trigger own_meters on %s', target);
  end loop;
  drop trigger audit_log_chained on audit_log;
  drop function chain_audit, audit_hash;
  alter table audit_log drop column position, drop column hash;
  drop table entries, api_keys;
  for target in select attrelid::regclass from pg_attribute join pg_class c on c.oid = attrelid
      where attname = 'organisation_id' and not attisdropped and c.relkind in ('r', 'p')
        and c.relnamespace = current_schema()::regnamespace loop
    execute format('alter table %s drop column organisation_id', target);
  end loop;
  if exists (select from pg_roles where rolname = '${applicationRole}') then
    for target in select c.oid::regclass from pg_class c
        where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') loop
      execute format('revoke all on %s from ${applicationRole}', target);
    end loop;
  end if;
end $$;
drop table organisations;
drop function check_own_meters, guard_partition, isolate_tables, isolate_table, isolate_by, current_organisation;
create or replace function make_reading_partitions(years integer[]) returns void
language plpgsql as $$
declare
  year integer;
begin
  foreach year in array years loop
    continue when to_regclass('readings_' || year) is not null;
    lock table readings in share update exclusive mode;
    continue when to_regclass('readings_' || year) is not null;
    execute format('create table readings_%s (like readings including all)', year);
    execute format('alter table readings attach partition readings_%s for values from (%L) to (%L)',
      year, year || '-01-01 00:00:00+00', (year + 1) || '-01-01 00:00:00+00');
  end loop;
end $$;
`;

/** Organisations, whose rows the database itself keeps apart; who may enter; the audit log as a chain of hashes. */
export class Organisations1764700000000 implements MigrationInterface {
  readonly name = 'Organisations1764700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}

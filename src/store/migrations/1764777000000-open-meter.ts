import type { MigrationInterface, QueryRunner } from 'typeorm';

const checkOwnMeters = (among: string): string => `
create or replace function check_own_meters() returns trigger language plpgsql as $$
begin
  if exists (select from (select distinct meter_number from incoming${among}) i
      where not exists (select from meters m where m.number = i.meter_number)) then
    raise exception 'new row violates row-level security policy for table "readings"'
      using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;`;

// Whether a reading's meter is one that the organisation sees was asked by hashing all its meters, once for each year of readings: 40,500 of
// them to read the thousand days of one. A transaction that found its meter among those says so, and is asked no more. The other way stays
// for what reads several meters at once.
const up = `
create function open_meter(wanted text) returns integer language plpgsql volatile as $$
declare
  found_number integer := (select number from meters where id = wanted);
begin
  perform set_config('stacoptim.meter', coalesce(found_number::text, ''), true);
  return found_number;
end $$;
create function opened_meter() returns integer language sql stable as $$
  select nullif(current_setting('stacoptim.meter', true), '')::integer
$$;
${checkOwnMeters(' where meter_number is distinct from opened_meter()')}
do $$
declare
  target text;
  condition text;
begin
  foreach target in array array['readings', 'readings_audit'] loop
    condition := format('meter_number = (select opened_meter()) or exists (select from meters m where m.number = %s.meter_number)', target);
    execute format('alter policy own_organisation on %s using (%s) with check (%s)', target, condition, condition);
  end loop;
end $$;
`;

const down = `
do $$
declare
  target text;
  condition text;
begin
  foreach target in array array['readings', 'readings_audit'] loop
    condition := format('exists (select from meters m where m.number = %s.meter_number)', target);
    execute format('alter policy own_organisation on %s using (%s) with check (%s)', target, condition, condition);
  end loop;
end $$;
${checkOwnMeters('')}
drop function opened_meter, open_meter;
`;

/** A transaction opens the meter it reads or writes, once, instead of having each reading compared with all meters. */
export class OpenMeter1764777000000 implements MigrationInterface {
  readonly name = 'OpenMeter1764777000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
alter table works
  add column planned jsonb,
  add column contractor text,
  add column accepted_day date,
  add column accepted_by text,
  add column carrier_after text,
  add column ended_by text check (ended_by in ('demolition')),
  add check (accepted_day is null or accepted_day >= end_day);

-- The readings a frozen baseline was fitted on, as they were: corrections and retention do not reach them, the
-- erasure of the meter does.
create table baseline_evidence (
  model_id integer primary key references models on delete cascade,
  works_id text not null,
  document jsonb not null,
  created_at timestamptz not null default now()
);

create function refuse_baseline_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if exists (select 1 from meters where id = old.meter_id) then
      raise exception 'a frozen baseline is never deleted while its meter is kept';
    end if;
    return old;
  end if;
  if (new.meter_id, new.role, new.status, new.record, new.data_hash, new.from_at, new.to_at)
     is distinct from (old.meter_id, old.role, old.status, old.record, old.data_hash, old.from_at, old.to_at) then
    raise exception 'a frozen baseline is never changed';
  end if;
  return new;
end $$;
create trigger models_frozen before update or delete on models
  for each row when (old.status = 'frozen') execute function refuse_baseline_change();

create function refuse_evidence_change() returns trigger language plpgsql as $$
begin
  raise exception 'the readings kept with a frozen baseline are never changed';
end $$;
create trigger baseline_evidence_kept before update on baseline_evidence
  for each row execute function refuse_evidence_change();
`;

const down = `
drop table baseline_evidence;
drop function refuse_evidence_change;
drop trigger models_frozen on models;
drop function refuse_baseline_change;
alter table works
  drop column planned, drop column contractor, drop column accepted_day, drop column accepted_by,
  drop column carrier_after, drop column ended_by;
`;

/** What is known of works beyond their dates, and baselines that the database itself keeps from moving. */
export class WorksAndFrozenBaselines1764600000000 implements MigrationInterface {
  readonly name = 'WorksAndFrozenBaselines1764600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
create table reading_decisions (
  id integer generated always as identity primary key,
  meter_id text not null references meters on delete cascade,
  finding text not null,
  from_day date not null,
  to_day date not null,
  action text not null check (action in ('keep', 'exclude', 'correct')),
  factor double precision,
  by_whom text not null check (by_whom <> ''),
  reason text not null check (reason <> ''),
  decided_at timestamptz not null default now(),
  reversed_by text check (reversed_by <> ''),
  reversed_reason text check (reversed_reason <> ''),
  reversed_at timestamptz,
  check (from_day <= to_day),
  check ((action = 'correct') = (factor is not null)),
  check (factor > 0 and factor < 1e9),
  check ((reversed_by is null) = (reversed_at is null) and (reversed_reason is null) = (reversed_at is null))
);
create index reading_decisions_of_meter on reading_decisions (meter_id, id);

-- The registers that a meter has sent: each new one is differenced with its neighbours in time.
create table meter_registers (
  meter_number integer not null,
  at timestamptz not null,
  kwh double precision not null,
  primary key (meter_number, at)
);

create or replace function forget_readings_of_meter() returns trigger language plpgsql as $$
begin
  delete from readings where meter_number = old.number;
  delete from readings_audit where meter_number = old.number;
  delete from meter_registers where meter_number = old.number;
  return old;
end $$;
`;

const down = `
create or replace function forget_readings_of_meter() returns trigger language plpgsql as $$
begin
  delete from readings where meter_number = old.number;
  delete from readings_audit where meter_number = old.number;
  return old;
end $$;
drop table meter_registers, reading_decisions;
`;

/** What people decide about doubtful readings, and the registers that readings sent one by one are taken from. */
export class DecisionsAndRegisters1764100000000 implements MigrationInterface {
  readonly name = 'DecisionsAndRegisters1764100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
create table alarms (
  id integer generated always as identity primary key,
  meter_id text not null references meters on delete cascade,
  code text not null check (code <> ''),
  from_day date not null,
  to_day date not null,
  message jsonb not null,
  evidence jsonb not null,
  created_at timestamptz not null default now(),
  check (from_day <= to_day)
);
create index alarms_of_meter on alarms (meter_id, code, id);
select isolate_table('alarms');
`;

/** What the nightly watch found that a meter takes too much of. */
export class Alarms1764751000000 implements MigrationInterface {
  readonly name = 'Alarms1764751000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table alarms');
  }
}

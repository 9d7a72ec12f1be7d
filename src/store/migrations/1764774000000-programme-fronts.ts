import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
create table programme_fronts (
  programme_id integer not null references programmes on delete cascade,
  against text not null,
  document jsonb not null,
  made_at timestamptz not null default now(),
  primary key (programme_id, against)
);
select isolate_table('programme_fronts');
`;

/** What less and more money would bring, kept with the programme it was asked for: it takes as long as several programmes. */
export class ProgrammeFronts1764774000000 implements MigrationInterface {
  readonly name = 'ProgrammeFronts1764774000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table programme_fronts');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
create table job_checkpoints (
  job_id integer primary key references jobs on delete cascade,
  body jsonb not null
);
select isolate_table('job_checkpoints');
`;

/** Where a long job was, for whoever takes it over. */
export class JobCheckpoints1764762000000 implements MigrationInterface {
  readonly name = 'JobCheckpoints1764762000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table job_checkpoints');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
alter table jobs
  -- Not before: the wait after a failure.
  add column run_after timestamptz not null default now(),
  -- Null: taken over for as long as it takes.
  add column most_attempts integer check (most_attempts > 0),
  add column step jsonb,
  -- What a person is told of its failure; \`error\` is for the operator.
  add column failure jsonb,
  add column by_whom text,
  add column finished_at timestamptz;

-- The program looks for organisations that have work to do.
create policy seen_by_program on jobs for select using (current_organisation() = 0);

create table job_files (
  job_id integer primary key references jobs on delete cascade,
  name text not null,
  type text not null,
  body bytea not null
);
select isolate_table('job_files');
`;

const down = `
drop table job_files;
drop policy seen_by_program on jobs;
alter table jobs drop column run_after, drop column most_attempts, drop column step, drop column failure,
  drop column by_whom, drop column finished_at;
`;

/** Jobs that wait after a failure, say what they do, and leave a file. */
export class JobQueue1764730200000 implements MigrationInterface {
  readonly name = 'JobQueue1764730200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}

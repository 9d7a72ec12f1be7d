import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether a worker has ended a job of late is asked at each look at one that waits: not by reading every job there ever was. */
export class JobsByEnd1764779150000 implements MigrationInterface {
  readonly name = 'JobsByEnd1764779150000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index jobs_by_end on jobs (finished_at) where state in ('done', 'failed')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index jobs_by_end');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
-- By what the period defaults of U-values and air change are multiplied in this stock; period '' for all of them.
create table learnt_defaults (
  figure text not null,
  period text not null,
  mean double precision not null,
  sd double precision not null,
  cases integer not null
);
select isolate_table('learnt_defaults');
alter table learnt_defaults add primary key (organisation_id, figure, period);
`;

/** What metered buildings have taught of period defaults, for those that no meter speaks for. */
export class LearntDefaults1764778200000 implements MigrationInterface {
  readonly name = 'LearntDefaults1764778200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table learnt_defaults');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What works aimed at, where a person says it: it decides how a change of the base load counts. */
export class ScopeOfWorks1764778300000 implements MigrationInterface {
  readonly name = 'ScopeOfWorks1764778300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table works add column scope text check (scope in ('auto', 'heating', 'whole'))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table works drop column scope');
  }
}

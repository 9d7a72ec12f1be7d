import type { MigrationInterface, QueryRunner } from 'typeorm';

const changesWait = (language: 'sql' | 'plpgsql'): string => {
  const answer = `select (select id from changes where organisation_id = current_organisation() and position is null
    order by id + 0 limit 1) is not null`;
  return `
create or replace function changes_wait() returns boolean language ${language} stable as $$
${language === 'sql' ? answer : `begin return (${answer}); end;`}
$$;`;
};

/** Whether changes wait is asked at each reading of them: plpgsql keeps the plan of a connection, SQL made it anew each time. */
export class PlannedOnce1764779000000 implements MigrationInterface {
  readonly name = 'PlannedOnce1764779000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(changesWait('plpgsql'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(changesWait('sql'));
  }
}

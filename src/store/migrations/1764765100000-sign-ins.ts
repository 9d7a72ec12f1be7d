import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
-- People on their way to a provider of identities; only a hash of what their browser keeps, and good once.
create table sign_ins (
  hash text primary key,
  expires_at timestamptz not null
);
select isolate_by('sign_ins', 'current_organisation() = 0');
`;

/** Sign-ins under way. */
export class SignIns1764765100000 implements MigrationInterface {
  readonly name = 'SignIns1764765100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table sign_ins');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A key may do less than its role allows. */
export class KeyScopes1764730300000 implements MigrationInterface {
  readonly name = 'KeyScopes1764730300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table api_keys add column scopes text[]');
  }

  async down(runner: QueryRunner): Promise<void> {
    // A key that did less would do more: it ends.
    await runner.query(`alter table api_keys no force row level security;
      update api_keys set revoked_at = coalesce(revoked_at, now()) where scopes is not null;
      alter table api_keys force row level security;
      alter table api_keys drop column scopes`);
  }
}

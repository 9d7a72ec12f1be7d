import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A receiver may have asked, by NGSI-LD, for entities in place of changes. */
export class NgsiSubscriptions1764765200000 implements MigrationInterface {
  readonly name = 'NgsiSubscriptions1764765200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table webhooks add column subscription jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table webhooks no force row level security;
      delete from webhooks where subscription is not null;
      alter table webhooks force row level security;
      alter table webhooks drop column subscription`);
  }
}

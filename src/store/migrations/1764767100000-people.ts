import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Links and sessions that an administrator can name, see and end. */
export class People1764767100000 implements MigrationInterface {
  readonly name = 'People1764767100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table entries add column id integer generated always as identity unique,
      add column created_at timestamptz not null default now(), add column last_used_at timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'alter table entries drop column id, drop column created_at, drop column last_used_at',
    );
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Answers to writes that came with an idempotency key, kept with the write itself for a day. */
export class KeptAnswers1764721000000 implements MigrationInterface {
  readonly name = 'KeptAnswers1764721000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table kept_answers (
      organisation_id integer not null default coalesce(current_organisation(), 1) references organisations on delete cascade,
      key text not null,
      fingerprint text not null,
      status integer not null,
      headers jsonb not null,
      body bytea not null,
      created_at timestamptz not null default now(),
      primary key (organisation_id, key)
    );
    create index kept_answers_by_age on kept_answers (organisation_id, created_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table kept_answers');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
create table webhooks (
  id integer generated always as identity primary key,
  url text not null check (url <> ''),
  -- Null: changes of every kind.
  kinds text[],
  state text not null default 'active' check (state in ('active', 'failed')),
  secret text not null check (secret <> ''),
  -- The one before, which signs too until then.
  previous_secret text,
  previous_until timestamptz,
  -- Every change up to here was received.
  sent_to bigint not null,
  -- What is being sent: the same until it is received.
  delivery_id uuid,
  delivery_to bigint,
  attempts integer not null default 0,
  next_at timestamptz not null default now(),
  lease_until timestamptz,
  created_by text not null check (created_by <> ''),
  created_at timestamptz not null default now(),
  check ((delivery_id is null) = (delivery_to is null))
);
select isolate_table('webhooks');

create table webhook_attempts (
  id bigint generated always as identity primary key,
  webhook_id integer not null references webhooks on delete cascade,
  delivery_id uuid not null,
  changes integer not null,
  attempt integer not null,
  -- What the receiver answered; null when it did not.
  status integer,
  error text,
  duration_ms double precision not null,
  at timestamptz not null default now()
);
select isolate_table('webhook_attempts');
create index webhook_attempts_of_webhook on webhook_attempts (webhook_id, id desc);
`;

/** Receivers of changes, how far each has got, and what became of each attempt to send to them. */
export class Webhooks1764730100000 implements MigrationInterface {
  readonly name = 'Webhooks1764730100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table webhook_attempts, webhooks');
  }
}

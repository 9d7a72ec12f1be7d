import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
-- A meter that is computed from others: by a formula, as a share of one, or as the use of one's own panels.
create table meter_derivations (
  meter_id text primary key references meters on delete cascade,
  rule jsonb not null,
  by_whom text not null check (by_whom <> ''),
  reason text not null check (reason <> ''),
  decided_at timestamptz not null default now()
);

create table meter_sources (
  meter_id text not null references meter_derivations on delete cascade,
  source_id text not null references meters on delete cascade,
  primary key (meter_id, source_id),
  check (meter_id <> source_id)
);
create index meter_sources_of_source on meter_sources (source_id);
`;

const down = 'drop table meter_sources, meter_derivations;';

/** Meters computed from others, and from which. */
export class DerivedMeters1764300000000 implements MigrationInterface {
  readonly name = 'DerivedMeters1764300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}

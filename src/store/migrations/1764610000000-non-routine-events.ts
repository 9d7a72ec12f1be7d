import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
create table non_routine_events (
  id integer generated always as identity primary key,
  works_id text not null references works on delete cascade,
  meter_id text not null references meters on delete cascade,
  code text not null check (code <> ''),
  from_day date not null,
  to_day date not null,
  message jsonb not null,
  state text not null check (state in ('proposed', 'accepted', 'refused')),
  -- What the consumption without works is multiplied by on these days; without it the days are set aside.
  factor double precision check (factor > 0 and factor < 100),
  by_whom text,
  reason text,
  decided_at timestamptz,
  created_at timestamptz not null default now(),
  check (from_day <= to_day),
  check ((state = 'proposed') = (by_whom is null)),
  check ((by_whom is null) = (reason is null) and (by_whom is null) = (decided_at is null))
);
create index non_routine_events_of_works on non_routine_events (works_id, id);
`;

/** Changes of a building that are no effect of its works, and what people decided about them. */
export class NonRoutineEvents1764610000000 implements MigrationInterface {
  readonly name = 'NonRoutineEvents1764610000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table non_routine_events');
  }
}

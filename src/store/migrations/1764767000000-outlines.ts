import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
create table outlines (
  id integer generated always as identity primary key,
  building_id text not null references buildings on delete cascade,
  document jsonb not null,
  file_name text,
  sha256 text,
  created_at timestamptz not null default now()
);
create index outlines_of_building on outlines (building_id, id desc);
select isolate_table('outlines');
`;

/** The outlines of a building's elements, for a picture: beside the twin, which computes without them. */
export class Outlines1764767000000 implements MigrationInterface {
  readonly name = 'Outlines1764767000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table outlines');
  }
}

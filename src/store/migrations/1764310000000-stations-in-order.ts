import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
-- When a station came to the stock: a building whose place is unknown keeps the first, whatever comes after.
alter table weather_stations add column added_at timestamptz not null default now();
`;

const down = 'alter table weather_stations drop column added_at;';

/** The order in which stations came. */
export class StationsInOrder1764310000000 implements MigrationInterface {
  readonly name = 'StationsInOrder1764310000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}

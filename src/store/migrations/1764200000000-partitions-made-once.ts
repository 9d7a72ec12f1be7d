import type { MigrationInterface, QueryRunner } from 'typeorm';

const functionWith = (lock: string): string => `
create or replace function make_reading_partitions(years integer[]) returns void
language plpgsql as $$
declare
  year integer;
begin
  foreach year in array years loop
    continue when to_regclass('readings_' || year) is not null;
    ${lock};
    continue when to_regclass('readings_' || year) is not null;
    execute format('create table readings_%s (like readings including all)', year);
    execute format('alter table readings attach partition readings_%s for values from (%L) to (%L)',
      year, year || '-01-01 00:00:00+00', (year + 1) || '-01-01 00:00:00+00');
  end loop;
end $$;
`;

/**
 * Two first writers of a year both made its partition, and the second failed: an advisory lock does not make a session
 * look again at what others did to the catalogue, a lock on the table does. It is the one that attaching takes anyway.
 */
export class PartitionsMadeOnce1764200000000 implements MigrationInterface {
  readonly name = 'PartitionsMadeOnce1764200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(functionWith('lock table readings in share update exclusive mode'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(functionWith("perform pg_advisory_xact_lock(hashtext('make_reading_partitions'))"));
  }
}

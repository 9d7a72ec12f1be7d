import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What one organisation has learnt of a measure no longer stands in the way of what another learns of it. */
export class RatesOfEachOrganisation1764710000000 implements MigrationInterface {
  readonly name = 'RatesOfEachOrganisation1764710000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table realisation_rates drop constraint realisation_rates_pkey,
      add primary key (organisation_id, measure)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table realisation_rates no force row level security;
      delete from realisation_rates r using realisation_rates kept
        where kept.measure = r.measure and kept.organisation_id < r.organisation_id;
      alter table realisation_rates force row level security;
      alter table realisation_rates drop constraint realisation_rates_pkey, add primary key (measure)`);
  }
}

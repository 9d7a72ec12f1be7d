import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rates are learnt for families of buildings too, and a programme says when what it rests on has changed. */
export class RatesOfFamilies1764750000000 implements MigrationInterface {
  readonly name = 'RatesOfFamilies1764750000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table realisation_rates add column family text not null default '',
        drop constraint realisation_rates_pkey, add primary key (organisation_id, measure, family);
      alter table programmes add column stale jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table programmes drop column stale;
      alter table realisation_rates no force row level security;
      delete from realisation_rates where family <> '';
      alter table realisation_rates force row level security;
      alter table realisation_rates drop constraint realisation_rates_pkey, drop column family,
        add primary key (organisation_id, measure)`);
  }
}

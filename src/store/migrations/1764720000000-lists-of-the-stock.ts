import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a list of the stock reads stands in columns of its own, so that a page of it never opens a whole twin; identifiers by which
 * others know a building; an index for each order of a list, led by the organisation whose rows alone are seen.
 */
const up = `
alter table twins
  add column floor_area jsonb generated always as (twin -> 'floorAreaM2') stored,
  add column heat_loss jsonb generated always as (twin -> 'heatLoss') stored;
create index twins_by_floor_area on twins (organisation_id, ((floor_area ->> 'value')::double precision), building_id)
  where current;
create index twins_by_heat_loss on twins (organisation_id, ((heat_loss ->> 'value')::double precision), building_id)
  where current;

create index buildings_by_id on buildings (organisation_id, id);
create index buildings_by_name on buildings (organisation_id, (name ->> 'fr'), id);
create index buildings_by_commune on buildings (organisation_id, commune, id);
create index buildings_by_year on buildings (organisation_id, construction_year, id);
create index buildings_by_use on buildings (organisation_id, use, id);
create index meters_by_id on meters (organisation_id, id);
create index works_by_start on works (organisation_id, start_day, id);
create index programmes_by_id on programmes (organisation_id, id);
create index models_of_meter_by_id on models (meter_id, id);

create table building_identifiers (
  building_id text not null references buildings on delete cascade,
  scheme text not null check (scheme in ('own', 'rnb', 'bdnb', 'cadastre')),
  value text not null check (value <> '' and length(value) <= 100),
  organisation_id integer not null default coalesce(current_organisation(), 1) references organisations on delete cascade,
  primary key (building_id, scheme, value)
);
create index building_identifiers_by_value on building_identifiers (organisation_id, scheme, value);
-- What the owner calls a building names one building.
create unique index building_identifiers_own on building_identifiers (organisation_id, value) where scheme = 'own';
`;

const down = `
drop table building_identifiers;
drop index buildings_by_id, buildings_by_name, buildings_by_commune, buildings_by_year, buildings_by_use, meters_by_id,
  works_by_start, programmes_by_id, models_of_meter_by_id;
alter table twins drop column floor_area, drop column heat_loss;
`;

/** Lists that are filtered, ordered and paged by the database, and the identifiers of a building elsewhere. */
export class ListsOfTheStock1764720000000 implements MigrationInterface {
  readonly name = 'ListsOfTheStock1764720000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A page begins where an index says only when the comparison can be made before the row policies are, which PostgreSQL allows of plain
 * columns and not of expressions on JSON: what lists are ordered by stands in columns of its own.
 */
const up = `
drop index twins_by_floor_area, twins_by_heat_loss, buildings_by_name;
alter table twins
  add column floor_area_m2 double precision generated always as ((twin #>> '{floorAreaM2,value}')::double precision) stored,
  add column heat_loss_wk double precision generated always as ((twin #>> '{heatLoss,value}')::double precision) stored;
create index twins_by_floor_area on twins (organisation_id, floor_area_m2, building_id) where current;
create index twins_by_heat_loss on twins (organisation_id, heat_loss_wk, building_id) where current;
alter table buildings add column name_fr text generated always as (name ->> 'fr') stored;
create index buildings_by_name on buildings (organisation_id, name_fr, id);
`;

const down = `
drop index twins_by_floor_area, twins_by_heat_loss, buildings_by_name;
alter table twins drop column floor_area_m2, drop column heat_loss_wk;
alter table buildings drop column name_fr;
create index twins_by_floor_area on twins (organisation_id, ((floor_area ->> 'value')::double precision), building_id)
  where current;
create index twins_by_heat_loss on twins (organisation_id, ((heat_loss ->> 'value')::double precision), building_id)
  where current;
create index buildings_by_name on buildings (organisation_id, (name ->> 'fr'), id);
`;

/** Orders of lists on plain columns. */
export class PlainListColumns1764722000000 implements MigrationInterface {
  readonly name = 'PlainListColumns1764722000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const noteMovedFigures = (declared: string, ids: string): string => `
create or replace function note_moved_figures() returns trigger language plpgsql as $$
${declared}begin
  if new.kind = 'weather-station' then
    insert into stock_figures_moved (building_id, organisation_id)
      select id, organisation_id from buildings where organisation_id = new.organisation_id;
  else
    insert into stock_figures_moved (building_id, organisation_id)
      select id, organisation_id from buildings where id = any(${ids});
  end if;
  return null;
end $$;`;

const ofChange = 'buildings_on_meter(new.meter_id) || new.building_id';

/**
 * Which buildings a change moves is asked once a change. Asked within the condition, it was asked for each building of the organisation
 * where a first import met a plan made while there were none: its time grew with the square of its lines.
 */
export class MovedBuildingsOnce1764779100000 implements MigrationInterface {
  readonly name = 'MovedBuildingsOnce1764779100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(noteMovedFigures(`declare\n  moved text[] := ${ofChange};\n`, 'moved'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(noteMovedFigures('', ofChange));
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const number = (path: string): string => `(figures #>> '{${path}}')::double precision`;

/** What a change is of when it may move the figures of one building. */
const moving = `('building', 'twin', 'meter', 'derivation', 'readings', 'reading-decision', 'works', 'event')`;

/**
 * The figures that a line of the stock shows, computed once and kept beside the building, with plain columns to order and filter by. What
 * may have moved them is noted by an insert alone: two writers never wait for each other, and a note that is not committed when the
 * figures are computed is still there afterwards.
 */
const up = `
create table stock_figures (
  building_id text primary key references buildings on delete cascade,
  figures jsonb not null,
  program text not null,
  computed_at timestamptz not null,
  carrier text generated always as (figures ->> 'carrier') stored,
  annual_kwh double precision generated always as (${number('annualKwh,value')}) stored,
  annual_eur double precision generated always as (${number('annualEur,value')}) stored,
  annual_kgco2e double precision generated always as (${number('annualKgCo2e,value')}) stored,
  intensity_kwh_m2 double precision generated always as (${number('intensityKwhM2,value')}) stored,
  label text generated always as (figures #>> '{label,likeliest}') stored,
  legal_until text generated always as (figures ->> 'legalUntil') stored,
  coverage double precision generated always as (${number('dataCoverage,share')}) stored,
  -- What totals are summed of, out of the large document: opening 50,000 of those takes seconds.
  annual_kwh_low double precision generated always as (${number('annualKwh,low')}) stored,
  annual_kwh_high double precision generated always as (${number('annualKwh,high')}) stored,
  urgency text generated always as (figures ->> 'urgency') stored,
  dates jsonb generated always as (figures -> 'dates') stored,
  dwellings double precision generated always as (${number('dwellings')}) stored,
  urgency_rank integer generated always as ((figures ->> 'urgencyRank')::integer) stored
);
select isolate_table('stock_figures');
create index stock_figures_by_kwh on stock_figures (organisation_id, annual_kwh, building_id);
create index stock_figures_by_eur on stock_figures (organisation_id, annual_eur, building_id);
create index stock_figures_by_kgco2e on stock_figures (organisation_id, annual_kgco2e, building_id);
create index stock_figures_by_intensity on stock_figures (organisation_id, intensity_kwh_m2, building_id);
create index stock_figures_by_label on stock_figures (organisation_id, label, building_id);
create index stock_figures_by_law on stock_figures (organisation_id, legal_until, building_id);
create index stock_figures_by_coverage on stock_figures (organisation_id, coverage, building_id);
create index stock_figures_by_urgency on stock_figures (organisation_id, urgency_rank, building_id);

create table stock_figures_moved (
  id bigint generated always as identity primary key,
  building_id text not null references buildings on delete cascade
);
select isolate_table('stock_figures_moved');
create index stock_figures_moved_of on stock_figures_moved (building_id);
insert into stock_figures_moved (building_id, organisation_id) select id, organisation_id from buildings;

create function note_moved_figures() returns trigger language plpgsql as $$
begin
  if new.kind = 'weather-station' then
    insert into stock_figures_moved (building_id, organisation_id)
      select id, organisation_id from buildings where organisation_id = new.organisation_id;
  else
    insert into stock_figures_moved (building_id, organisation_id)
      select id, organisation_id from buildings where id = coalesce(new.building_id,
        (select building_id from meters where id = new.meter_id));
  end if;
  return null;
end $$;
create trigger changes_move_figures after insert on changes for each row
  when (new.kind in ${moving} or (new.kind = 'weather-station' and new.action <> 'updated'))
  execute function note_moved_figures();

alter table buildings
  add column latitude_deg double precision generated always as (case when jsonb_typeof(facts #> '{site,latitudeDeg}') = 'number'
    then (facts #>> '{site,latitudeDeg}')::double precision end) stored,
  add column longitude_deg double precision generated always as (case when jsonb_typeof(facts #> '{site,longitudeDeg}') = 'number'
    then (facts #>> '{site,longitudeDeg}')::double precision end) stored;
`;

const down = `
alter table buildings drop column latitude_deg, drop column longitude_deg;
drop trigger changes_move_figures on changes;
drop function note_moved_figures;
drop table stock_figures_moved, stock_figures;
`;

/** Lines of the stock with what they cost, emit and must do, kept for lists, totals and the map. */
export class StockFigures1764766000000 implements MigrationInterface {
  readonly name = 'StockFigures1764766000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}

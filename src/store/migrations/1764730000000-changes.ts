import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is followed: table, kind, identifier, and the columns that say building, meter and state, where it has them. */
type Followed = {
  readonly table: string;
  readonly kind: string;
  readonly id: string;
  readonly building?: string;
  readonly meter?: string;
  readonly state?: string;
  readonly on: readonly ('insert' | 'update' | 'delete')[];
  /** Which updates count; without it every one that changes the row. */
  readonly when?: string;
};

const all = ['insert', 'update', 'delete'] as const;

const followed: readonly Followed[] = [
  { table: 'buildings', kind: 'building', id: 'id', building: 'id', on: all },
  {
    table: 'building_identifiers',
    kind: 'identifier',
    id: 'scheme',
    building: 'building_id',
    on: ['insert', 'delete'],
  },
  { table: 'twins', kind: 'twin', id: 'version', building: 'building_id', on: ['insert'] },
  { table: 'envelopes', kind: 'envelope', id: 'id', building: 'building_id', on: ['insert'] },
  { table: 'scenarios', kind: 'scenario', id: 'id', building: 'building_id', on: all },
  { table: 'meters', kind: 'meter', id: 'id', building: 'building_id', meter: 'id', on: all },
  { table: 'meter_derivations', kind: 'derivation', id: 'meter_id', meter: 'meter_id', on: all },
  {
    table: 'reading_decisions',
    kind: 'reading-decision',
    id: 'id',
    meter: 'meter_id',
    on: ['insert', 'update'],
  },
  { table: 'models', kind: 'model', id: 'id', meter: 'meter_id', state: 'status', on: ['insert', 'update'] },
  { table: 'works', kind: 'works', id: 'id', building: 'building_id', on: all },
  { table: 'savings', kind: 'savings', id: 'id', meter: 'meter_id', on: all },
  { table: 'non_routine_events', kind: 'event', id: 'id', meter: 'meter_id', state: 'state', on: all },
  { table: 'programmes', kind: 'programme', id: 'id', on: all },
  { table: 'realisation_rates', kind: 'rate', id: 'measure', on: ['insert', 'update'] },
  { table: 'weather_stations', kind: 'weather-station', id: 'id', on: all },
  {
    table: 'jobs',
    kind: 'job',
    id: 'id',
    state: 'state',
    on: ['update'],
    when: `old.state is distinct from new.state and new.state in ('done', 'failed', 'cancelled')`,
  },
];

const triggers = followed
  .flatMap(({ table, kind, id, building = '', meter = '', state = '', on, when }) =>
    on.map((event) => {
      const condition = event === 'update' ? `when (${when ?? 'old.* is distinct from new.*'})` : '';
      return `create trigger ${table}_noted_${event} after ${event} on ${table} for each row ${condition}
  execute function note_change('${kind}', '${id}', '${building}', '${meter}', '${state}');`;
    }),
  )
  .join('\n');

const up = `
-- What changed, written in the transaction that changed it. A row has no position until it is read for the first time:
-- positions are given to committed rows alone, one batch after the other, so that no later commit slips in below one.
create table changes (
  id bigint generated always as identity primary key,
  event_id uuid not null default gen_random_uuid(),
  position bigint,
  kind text not null,
  action text not null check (action in ('created', 'updated', 'deleted', 'stale')),
  subject text not null,
  building_id text,
  meter_id text,
  detail jsonb not null default '{}',
  at timestamptz not null default clock_timestamp()
);
select isolate_table('changes');
alter table changes add constraint changes_in_order unique (organisation_id, position);
create index changes_without_position on changes (organisation_id, id) where position is null;
create index changes_of_building on changes (building_id) where building_id is not null;
create index changes_of_meter on changes (meter_id) where meter_id is not null;

create table change_counters (
  organisation_id integer primary key default coalesce(current_organisation(), 1)
    references organisations on delete cascade,
  last bigint not null default 0,
  -- Changes up to here are no longer kept.
  forgotten bigint not null default 0
);
select isolate_table('change_counters');

create function number_changes() returns bigint language plpgsql as $$
declare
  own integer := current_organisation();
  reached bigint;
  given bigint;
begin
  if exists (select from changes where organisation_id = own and position is null) then
    insert into change_counters (organisation_id) values (own) on conflict do nothing;
    -- One at a time: what is seen after this lock holds everything that the one before has numbered.
    select last into reached from change_counters where organisation_id = own for update;
    with waiting as (
      select id, row_number() over (order by id) as rank from changes
      where organisation_id = own and position is null)
    update changes c set position = reached + w.rank from waiting w where c.id = w.id;
    get diagnostics given = row_count;
    update change_counters set last = reached + given where organisation_id = own;
    return reached + given;
  end if;
  return coalesce((select last from change_counters where organisation_id = own), 0);
end $$;

-- What stands for the name of something that is gone: whoever knows the name recognises it, nobody reads it back.
create function name_hash(name text) returns text language sql immutable as $$
  select 'sha256:' || encode(sha256(convert_to(name, 'UTF8')), 'hex')
$$;

create function note_change() returns trigger language plpgsql as $$
declare
  sql text := format('select ($1).organisation_id, ($1).%I::text, %s, %s, %s', tg_argv[1],
    case when tg_argv[2] = '' then 'null' else format('($1).%I::text', tg_argv[2]) end,
    case when tg_argv[3] = '' then 'null' else format('($1).%I::text', tg_argv[3]) end,
    case when tg_argv[4] = '' then 'null' else format('($1).%I::text', tg_argv[4]) end);
  own integer;
  subject text;
  building text;
  meter text;
  state text;
  action text := case tg_op when 'INSERT' then 'created' when 'UPDATE' then 'updated' else 'deleted' end;
begin
  if tg_op = 'DELETE' then
    execute sql into own, subject, building, meter, state using old;
    -- Gone with its whole organisation: nobody is left to be told.
    if not exists (select from organisations where id = own) then return null; end if;
    -- Erased is erased: what was said before no longer says of what, and the deletion itself says it by a hash.
    if tg_table_name = 'meters' then
      update changes set subject = 'erased', building_id = null, meter_id = null, detail = '{}' where meter_id = meter;
    elsif tg_table_name = 'buildings' then
      update changes set subject = 'erased', building_id = null, meter_id = null, detail = '{}'
        where building_id = building;
    end if;
    if tg_table_name in ('buildings', 'meters', 'works', 'meter_derivations') then subject := name_hash(subject); end if;
    building := name_hash(building);
    meter := name_hash(meter);
  else
    execute sql into own, subject, building, meter, state using new;
  end if;
  if tg_op = 'UPDATE' and tg_table_name in ('models', 'savings', 'programmes') then
    if old.stale is null and new.stale is not null then action := 'stale'; end if;
  end if;
  insert into changes (organisation_id, kind, action, subject, building_id, meter_id, detail)
    values (own, tg_argv[0], action, subject, building, meter,
      case when state is null then '{}' else jsonb_build_object('state', state) end);
  return null;
end $$;

${triggers}
`;

const down = `
drop function note_change cascade;
drop function number_changes, name_hash;
drop table change_counters, changes;
`;

/** The outbox: everything that changes of an organisation, in the order in which it can be followed. */
export class Changes1764730000000 implements MigrationInterface {
  readonly name = 'Changes1764730000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}

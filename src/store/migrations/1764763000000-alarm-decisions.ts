import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
alter table alarms
  add column state text not null default 'open' check (state in ('open', 'acknowledged', 'refused', 'closed')),
  add column by_whom text,
  add column reason text,
  add column decided_at timestamptz,
  add constraint alarms_decided check (
    (state = 'open') = (by_whom is null) and (by_whom is null) = (reason is null)
    and (by_whom is null) = (decided_at is null));

-- Whether the last night looked at a meter, and by what: a list without alarms says nothing of a meter nobody watches.
create table meter_watches (
  meter_id text primary key references meters on delete cascade,
  watched boolean not null,
  nights boolean not null,
  last_day date,
  learnt_until date,
  reason jsonb not null,
  looked_at timestamptz not null
);
select isolate_table('meter_watches');

create trigger alarms_noted_insert after insert on alarms for each row
  execute function note_change('alarm', 'id', '', 'meter_id', 'state');
-- An alarm that goes on gets new evidence every night, which is no news; what opens, is decided or closes is.
create trigger alarms_noted_update after update on alarms for each row when (old.state is distinct from new.state)
  execute function note_change('alarm', 'id', '', 'meter_id', 'state');
create trigger alarms_noted_delete after delete on alarms for each row
  execute function note_change('alarm', 'id', '', 'meter_id', 'state');
`;

const down = `
drop trigger alarms_noted_insert on alarms;
drop trigger alarms_noted_update on alarms;
drop trigger alarms_noted_delete on alarms;
drop table meter_watches;
alter table alarms drop constraint alarms_decided, drop column decided_at, drop column reason, drop column by_whom,
  drop column state;
`;

/** What people decide about alarms, who is told of it, and what the watch looked at. */
export class AlarmDecisions1764763000000 implements MigrationInterface {
  readonly name = 'AlarmDecisions1764763000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
-- Audit logs that came with the data of an organisation from another installation, as they were: their own chains, of
-- which \`origin\` is the last hash.
create table carried_audit (
  id integer generated always as identity primary key,
  origin text not null,
  chain_of integer not null,
  position integer not null,
  by_whom text not null,
  action text not null,
  subject text not null,
  reason text not null,
  detail jsonb not null,
  at timestamptz not null,
  hash text not null
);
select isolate_table('carried_audit');
alter table carried_audit add constraint carried_audit_chain unique (organisation_id, origin, position);
create trigger carried_audit_append_only before update or delete on carried_audit
  for each row execute function refuse_audit_change();
create trigger carried_audit_no_truncate before truncate on carried_audit
  for each statement execute function refuse_audit_change();

-- Large files of jobs, in parts: what an export leaves and what an import was given.
create table job_file_parts (
  job_id integer not null references jobs on delete cascade,
  part integer not null,
  body bytea not null,
  primary key (job_id, part)
);
select isolate_table('job_file_parts');
`;

/** What an export of an organisation leaves, and what comes with its import. */
export class OrganisationArchives1764765000000 implements MigrationInterface {
  readonly name = 'OrganisationArchives1764765000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table job_file_parts, carried_audit');
  }
}

import { z } from 'zod';
import { type ArchiveKind, archiveRecords } from './records.ts';

/** How a kind of record is read from its table and written to it. */
type ArchiveTable = {
  readonly table: string;
  /** What names a record within its kind: the order of the file, and what is told when one is taken. */
  readonly key: readonly string[];
  /** Columns whose value is computed from other tables, by key. */
  readonly computed?: Readonly<Record<string, string>>;
  /** Keys that refer to records of a kind by number, with the column that holds the identifier. */
  readonly refers?: Readonly<Record<string, { readonly column: string; readonly to: NumberedKind }>>;
  /** Joins of the reading. */
  readonly joins?: string;
  /** Records that may be large are read few at a time. */
  readonly few?: true;
  /** True where the rows hang on a meter by its inner number. */
  readonly byMeterNumber?: true;
};

/** Kinds whose identifiers the database gives: in an archive each record is known by its place among its kind. */
export type NumberedKind = 'scenarios' | 'imports' | 'models' | 'events';

/** Joins on the places of a numbered table: computed once for the whole reading. */
const placed = (table: string, alias: string, on: string): string =>
  `left join (select id, row_number() over (order by id)::int as n from ${table}) ${alias} on ${alias}.id = ${on}`;

const ownPlace = { number: 'row_number() over (order by t.id)::int' };

const ofMeter = {
  byMeterNumber: true,
  computed: { meterId: 'm.id' },
  joins: 'join meters m on m.number = t.meter_number',
} as const;

/** A scenario that branches from one that was deleted branches from none. */
const branch = `case when t.document ? 'branchOf' then case when parent.n is null then t.document - 'branchOf'
  else jsonb_set(t.document, '{branchOf}', to_jsonb(parent.n)) end else t.document end`;

const savingsResult = `jsonb_set(case when jsonb_typeof(t.result -> 'frozenModel') = 'number'
    then jsonb_set(t.result, '{frozenModel}', coalesce(to_jsonb(frozen.n), 'null')) else t.result end,
  '{events}', coalesce((select jsonb_agg(e.n order by e.n) from
    jsonb_array_elements_text(case jsonb_typeof(t.result -> 'events') when 'array' then t.result -> 'events' else '[]' end) as said (id)
    join (select id, row_number() over (order by id)::int as n from non_routine_events) e on e.id = said.id::int), '[]'))`;

export const archiveTables: Readonly<Record<ArchiveKind, ArchiveTable>> = {
  'weather-stations': { table: 'weather_stations', key: ['id'] },
  'weather-days': { table: 'weather_daily', key: ['stationId', 'day'] },
  buildings: { table: 'buildings', key: ['id'] },
  'building-identifiers': { table: 'building_identifiers', key: ['buildingId', 'scheme', 'value'] },
  twins: { table: 'twins', key: ['buildingId', 'version'], few: true },
  envelopes: { table: 'envelopes', key: ['id'], few: true },
  scenarios: {
    table: 'scenarios',
    key: ['id'],
    computed: { ...ownPlace, document: branch },
    joins: placed(
      'scenarios',
      'parent',
      `case when jsonb_typeof(t.document -> 'branchOf') = 'number' then (t.document ->> 'branchOf')::bigint end`,
    ),
  },
  meters: { table: 'meters', key: ['id'] },
  'meter-derivations': { table: 'meter_derivations', key: ['meterId'] },
  'meter-sources': { table: 'meter_sources', key: ['meterId', 'sourceId'] },
  imports: { table: 'imports', key: ['id'], computed: ownPlace },
  readings: { table: 'readings', key: ['meterId', 'startAt'], ...ofMeter },
  'replaced-readings': {
    table: 'readings_audit',
    key: ['meterId', 'startAt', 'replacedAt', 'kwh'],
    byMeterNumber: true,
    computed: { meterId: 'm.id', importNumber: 'i.n' },
    joins: `${ofMeter.joins} ${placed('imports', 'i', 't.import_id')}`,
    refers: { importNumber: { column: 'import_id', to: 'imports' } },
  },
  registers: { table: 'meter_registers', key: ['meterId', 'at'], ...ofMeter },
  'reading-decisions': { table: 'reading_decisions', key: ['id'] },
  works: { table: 'works', key: ['id'] },
  models: {
    table: 'models',
    key: ['id'],
    few: true,
    computed: { ...ownPlace, previousNumber: 'previous.n' },
    joins: placed('models', 'previous', 't.previous_id'),
    refers: { previousNumber: { column: 'previous_id', to: 'models' } },
  },
  'baseline-evidence': {
    table: 'baseline_evidence',
    key: ['modelId'],
    few: true,
    computed: { modelNumber: 'frozen.n' },
    joins: placed('models', 'frozen', 't.model_id'),
    refers: { modelNumber: { column: 'model_id', to: 'models' } },
  },
  events: { table: 'non_routine_events', key: ['id'], computed: ownPlace },
  savings: {
    table: 'savings',
    key: ['id'],
    computed: { result: savingsResult },
    joins: placed(
      'models',
      'frozen',
      `case when jsonb_typeof(t.result -> 'frozenModel') = 'number' then (t.result ->> 'frozenModel')::bigint end`,
    ),
  },
  alarms: { table: 'alarms', key: ['id'] },
  programmes: { table: 'programmes', key: ['id'], few: true },
  rates: { table: 'realisation_rates', key: ['measure', 'family'] },
  ledger: { table: 'ledger', key: ['id'] },
  audit: { table: 'carried_audit', key: ['origin', 'position'] },
};

const snake = (key: string): string => key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The column of a key of a record. */
export const columnOf = (kind: ArchiveKind, key: string): string => {
  const { refers, byMeterNumber } = archiveTables[kind];
  if (key === 'meterId' && byMeterNumber === true) return 'meter_number';
  return refers?.[key]?.column ?? snake(key);
};

/** Keys of a kind's records in the order of their schema, which is that of its columns. */
export const keysOf = (kind: ArchiveKind): string[] => Object.keys(archiveRecords[kind].shape);

const ownAudit = `select lines.* from (
  select 1 as part, id::bigint as place, origin as "origin", chain_of as "chainOf", position as "position", by_whom as "byWhom",
    action as "action", subject as "subject", reason as "reason", detail as "detail", at as "at", hash as "hash" from carried_audit
  union all
  select 2, position, last_value(hash) over (order by position rows between unbounded preceding and unbounded following),
    organisation_id, position, by_whom, action, subject, reason, detail, at, hash from audit_log) lines
order by part, place`;

/** Every record of a kind in the order of its file, a row of text each. */
export const readingSql = (kind: ArchiveKind): string => {
  const { table, key, computed = {}, joins = '' } = archiveTables[kind];
  const keys = keysOf(kind);
  if (kind === 'audit')
    return `select json_build_object(${keys.map((one) => `'${one}', a."${one}"`).join(', ')})::text as line from (${ownAudit}) a`;
  const columns = keys.map((one) => `${computed[one] ?? `t.${columnOf(kind, one)}`} as "${one}"`);
  // The same order whatever the language of the server.
  const order = key.map((one) => {
    const sql = computed[one] ?? `t.${columnOf(kind, one)}`;
    const type: unknown = archiveRecords[kind].shape[one as never];
    return type === undefined || type instanceof z.ZodNumber ? sql : `(${sql})::text collate "C"`;
  });
  return `select row_to_json(r)::text as line from (select ${columns.join(', ')} from ${table} t ${joins}
    order by ${order.join(', ')}) r`;
};

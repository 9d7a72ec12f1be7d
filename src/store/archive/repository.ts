import type { EntityManager } from 'typeorm';
import { storeError } from '../errors.ts';
import { inTransaction, rowsOf } from '../scope.ts';
import { type ArchiveKind } from './records.ts';
import { archiveTables, columnOf, keysOf, type NumberedKind, readingSql } from './tables.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The identifiers that records have been given, by their number in the archive; kept over the import of one archive. */
export class ArchiveNumbers {
  readonly #given = new Map<ArchiveKind, number[]>();
  /** Models whose predecessor comes after them in the archive: identifier, number of the other. */
  readonly later: [number, number][] = [];

  give(kind: ArchiveKind, ids: readonly number[]): void {
    const given = this.#given.get(kind) ?? [];
    for (const id of ids) given.push(id);
    this.#given.set(kind, given);
  }

  of(kind: NumberedKind, number: unknown): number | undefined {
    return typeof number === 'number' ? this.#given.get(kind)?.[number - 1] : undefined;
  }
}

export type ArchiveChain = {
  readonly origin: string;
  readonly lines: number;
  readonly brokenAt?: number;
};

export type ArchiveRepository = {
  /** Every record of a kind as a line of JSON, in order, some at a time: memory does not grow with their number. */
  each(kind: ArchiveKind, take: (lines: readonly string[]) => Promise<void>): Promise<void>;
  /**
   * Writes records that came from an archive, checked by their schema. Throws `archive-id-taken`, naming what the
   * installation holds already, and `archive-reference` for a record that refers to none.
   */
  write(kind: ArchiveKind, records: readonly Fields[], numbers: ArchiveNumbers): Promise<void>;
  /** Links what refers to records that came after it. */
  settle(numbers: ArchiveNumbers): Promise<void>;
  /** True while the organisation has no stock; whoever asks is alone to import into it until the transaction ends. */
  isEmpty(): Promise<boolean>;
  /** The audit logs brought from elsewhere, each computed again from its first line on. */
  carriedChains(): Promise<ArchiveChain[]>;
};

const dangling = (kind: ArchiveKind): Error =>
  storeError(
    'archive-reference',
    `Dans l’archive, un enregistrement de « ${kind} » se rattache à un objet qu’elle ne contient pas. Rien n’a été importé.`,
    `In the archive, a record of “${kind}” belongs to something that is not in it. Nothing was imported.`,
  );

const taken = (kind: ArchiveKind, keys: readonly string[]): Error => {
  const shown = `${keys.slice(0, 5).join(', ')}${keys.length > 5 ? '…' : ''}`;
  return storeError(
    'archive-id-taken',
    `Cette installation, ou l’archive elle-même deux fois, a déjà dans « ${kind} » : ${shown}. Rien n’a été importé ; importer dans une installation qui n’a pas ces identifiants.`,
    `This installation, or the archive itself twice, has in “${kind}” already: ${shown}. Nothing was imported; import into an installation without these identifiers.`,
  );
};

/** The identifier of a number; a number that nothing has is no reference. */
const idOf = (
  kind: ArchiveKind,
  numbers: ArchiveNumbers,
  to: NumberedKind,
  number: unknown,
): number | null => {
  if (number === null || number === undefined) return null;
  const id = numbers.of(to, number);
  if (id === undefined) throw dangling(kind);
  return id;
};

const savingsResult = (numbers: ArchiveNumbers, result: Fields): Fields => ({
  ...result,
  ...('frozenModel' in result
    ? { frozenModel: idOf('savings', numbers, 'models', result['frozenModel']) }
    : {}),
  events: (Array.isArray(result['events']) ? result['events'] : []).map((event) =>
    idOf('savings', numbers, 'events', event),
  ),
});

/** A record with the database's own identifiers in place of the numbers of the archive. */
const withOwnIds = (kind: ArchiveKind, record: Fields, numbers: ArchiveNumbers): Fields => {
  if (kind === 'savings') return { ...record, result: savingsResult(numbers, record['result'] as Fields) };
  if (kind !== 'scenarios') return record;
  const document = record['document'] as Fields;
  return 'branchOf' in document
    ? {
        ...record,
        document: { ...document, branchOf: idOf(kind, numbers, 'scenarios', document['branchOf']) },
      }
    : record;
};

/** The keys of a record as the columns of its table. */
const rowOf = (kind: ArchiveKind, record: Fields, numbers: ArchiveNumbers): Fields => {
  const { refers = {} } = archiveTables[kind];
  const columns = Object.entries(withOwnIds(kind, record, numbers)).flatMap(([key, value]) => {
    if (key === 'number') return [];
    const reference = refers[key];
    if (reference === undefined) return [[columnOf(kind, key), value]];
    if (kind === 'models') return [[reference.column, numbers.of('models', value) ?? null]];
    return [[reference.column, idOf(kind, numbers, reference.to, value)]];
  });
  return Object.fromEntries(columns) as Fields;
};

const insertSql = (kind: ArchiveKind): string => {
  const { table, byMeterNumber, key } = archiveTables[kind];
  const columns = keysOf(kind)
    .filter((one) => one !== 'number')
    .map((one) => columnOf(kind, one));
  const values = columns.map((column) =>
    byMeterNumber === true && column === 'meter_number' ? 'm.number' : `r."${column}"`,
  );
  const row = byMeterNumber === true ? `e.row - 'meter_number'` : 'e.row';
  const shown =
    key[0] === 'id' && !keysOf(kind).includes('id')
      ? 'id::text'
      : `concat_ws('/', ${key.map((one) => columnOf(kind, one)).join(', ')})`;
  return `insert into ${table} (${columns.map((column) => `"${column}"`).join(', ')})
    select ${values.join(', ')} from jsonb_array_elements($1::jsonb) with ordinality as e (row, place)
    cross join lateral jsonb_populate_record(null::${table}, ${row}) r
    ${byMeterNumber === true ? `join meters m on m.id = e.row ->> 'meter_number'` : ''}
    order by e.place on conflict do nothing returning ${shown} as key`;
};

/**
 * Records of an organisation's archive from and to the tables they are kept in. Ids of the place that wrote
 * the archive become numbers of the archive, so that nothing depends on them. Throws `archive-reference` and
 * `archive-id-taken`.
 */
export const archiveRepository = (manager: EntityManager): ArchiveRepository => ({
  each: (kind, take) =>
    inTransaction(manager, async (inside) => {
      const most = archiveTables[kind].few === true ? 20 : 2000;
      await inside.query(`declare archive_rows no scroll cursor for ${readingSql(kind)}`);
      for (;;) {
        const rows = await rowsOf<{ line: string }>(inside, `fetch ${most} from archive_rows`);
        if (rows.length === 0) break;
        await take(rows.map(({ line }) => line));
      }
      await inside.query('close archive_rows');
    }),
  write: async (kind, records, numbers) => {
    const rows = records.map((record) => rowOf(kind, record, numbers));
    const written = await rowsOf<{ key: string }>(manager, insertSql(kind), [JSON.stringify(rows)]);
    // A chain that was brought before is there already, and what it says cannot change.
    if (written.length < rows.length && kind !== 'audit') {
      if (archiveTables[kind].byMeterNumber === true) throw dangling(kind);
      const keys = archiveTables[kind].key.map((one) => columnOf(kind, one));
      const done = new Set(written.map(({ key }) => key));
      throw taken(
        kind,
        rows.map((row) => keys.map((key) => String(row[key])).join('/')).filter((key) => !done.has(key)),
      );
    }
    if (!keysOf(kind).includes('number')) return;
    const ids = written.map(({ key }) => Number(key));
    numbers.give(kind, ids);
    if (kind !== 'models') return;
    for (const [at, { previousNumber }] of records.entries())
      if (typeof previousNumber === 'number' && rows[at]?.['previous_id'] === null)
        numbers.later.push([ids[at] ?? 0, previousNumber]);
  },
  settle: async (numbers) => {
    for (const [id, number] of numbers.later)
      await manager.query('update models set previous_id = $2 where id = $1', [
        id,
        idOf('models', numbers, 'models', number),
      ]);
  },
  isEmpty: async () => {
    const tables = ['buildings', 'meters', 'weather_stations', 'programmes', 'realisation_rates'];
    await manager.query(
      `select pg_advisory_xact_lock(hashtext('import-organisation'), current_organisation())`,
    );
    const [row] = await rowsOf<{ empty: boolean }>(
      manager,
      `select not (${tables.map((table) => `exists (select from ${table})`).join(' or ')}) as empty`,
    );
    return row?.empty ?? false;
  },
  carriedChains: async () => {
    const rows = await rowsOf<{ origin: string; lines: number; brokenAt: number | null }>(
      manager,
      `with chain as (
         select c.id, c.origin, c.position, c.hash,
           row_number() over (partition by c.origin order by c.position) as rank,
           last_value(c.hash) over (partition by c.origin order by c.position
             rows between unbounded preceding and unbounded following) as last,
           audit_hash(lag(c.hash, 1, '') over (partition by c.origin order by c.position),
             jsonb_populate_record(null::audit_log, to_jsonb(c) || jsonb_build_object('organisation_id', c.chain_of)))
             as expected
         from carried_audit c)
       select origin, count(*)::int as lines,
         min(position) filter (where hash <> expected or position <> rank or last <> origin)::int as "brokenAt"
       from chain group by origin order by min(id)`,
    );
    return rows.map(({ brokenAt, ...chain }) => (brokenAt === null ? chain : { ...chain, brokenAt }));
  },
});

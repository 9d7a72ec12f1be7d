import type { EntityManager } from 'typeorm';
import { AuditEntity } from '../entities/records.ts';
import { documentSchema } from '../schema.ts';
import { rowsOf } from '../scope.ts';
import type { AuditEntry, Decision } from '../types.ts';

type NewAuditEntry = Decision & {
  readonly action: string;
  /** What it is about, as `kind:id`. */
  readonly subject: string;
  readonly detail?: object;
};

/** Adds one line to the append-only log; in a transaction it stands or falls with the rest. */
export const appendAudit = async (manager: EntityManager, entry: NewAuditEntry): Promise<void> => {
  await manager.insert(AuditEntity, { ...entry, detail: entry.detail ?? {} });
};

/** The chain as it stands: its last hash, to be kept elsewhere, and the first line that does not fit, if any. */
type AuditChain = { readonly lines: number; readonly head: string; readonly brokenAt?: number };

/** A line with its place in the chain. */
type AuditLineEntry = Omit<AuditEntry, 'id'> & { readonly position: number; readonly hash: string };

export type AuditRepository = {
  add(entry: NewAuditEntry): Promise<void>;
  /** Newest first. */
  list(filter?: { subject?: string; limit?: number }): Promise<AuditEntry[]>;
  /** Newest first, from before a position. */
  page(filter: {
    limit: number;
    before?: number;
    subject?: string;
    action?: string;
    by?: string;
  }): Promise<AuditLineEntry[]>;
  /** Computes the chain of hashes again from the first line on. */
  verify(): Promise<AuditChain>;
};

/** The append-only log of decisions (promise P5), each line chained to the one before by its hash. */
export const auditRepository = (manager: EntityManager): AuditRepository => ({
  add: (entry) => appendAudit(manager, entry),
  list: async ({ subject, limit = 1000 } = {}) => {
    const rows = await manager.find(AuditEntity, {
      where: subject === undefined ? {} : { subject },
      order: { id: 'DESC' },
      take: limit,
    });
    return rows.map(({ at, detail, ...row }) => ({
      ...row,
      detail: documentSchema.parse(detail),
      atMs: at.getTime(),
    }));
  },
  page: async ({ limit, before, subject, action, by }) => {
    const rows = await rowsOf<AuditLineEntry>(
      manager,
      `select position, by_whom as by, action, subject, reason, detail, hash,
         extract(epoch from at)::float8 * 1000 as "atMs"
       from audit_log where organisation_id = current_organisation() and ($2::int is null or position < $2)
         and ($3::text is null or subject = $3) and ($4::text is null or action = $4)
         and ($5::text is null or by_whom = $5)
       order by position desc limit $1`,
      [limit, before ?? null, subject ?? null, action ?? null, by ?? null],
    );
    return rows.map((row) => ({ ...row, detail: documentSchema.parse(row.detail) }));
  },
  verify: async () => {
    const [row] = await rowsOf<{ lines: number; head: string | null; brokenAt: number | null }>(
      manager,
      `with chain as (
         select a.position, a.hash, row_number() over (order by a.position) as rank,
           audit_hash(lag(a.hash, 1, '') over (order by a.position), a) as expected
         from audit_log a)
       select count(*)::int as lines, (array_agg(hash order by position desc))[1] as head,
         min(position) filter (where hash <> expected or position <> rank)::int as "brokenAt"
       from chain`,
    );
    return {
      lines: row?.lines ?? 0,
      head: row?.head ?? '',
      ...(row?.brokenAt == null ? {} : { brokenAt: row.brokenAt }),
    };
  },
});

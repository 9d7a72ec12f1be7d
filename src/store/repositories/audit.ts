import type { EntityManager } from 'typeorm';
import { AuditEntity } from '../entities/records.ts';
import { documentSchema } from '../schema.ts';
import type { AuditEntry, Decision } from '../types.ts';

export type NewAuditEntry = Decision & {
  readonly action: string;
  /** What it is about, as `kind:id`. */
  readonly subject: string;
  readonly detail?: object;
};

/** Adds one line to the append-only log; in a transaction it stands or falls with the rest. */
export const appendAudit = async (manager: EntityManager, entry: NewAuditEntry): Promise<void> => {
  await manager.insert(AuditEntity, { ...entry, detail: entry.detail ?? {} });
};

export type AuditRepository = {
  add(entry: NewAuditEntry): Promise<void>;
  /** Newest first. */
  list(filter?: { subject?: string; limit?: number }): Promise<AuditEntry[]>;
};

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
});

import type { EntityManager } from 'typeorm';
import type { LedgerEntry } from '#core/ledger.ts';
import { LedgerEntity } from '../entities/records.ts';
import { quantitySchema } from '../schema.ts';
import { rowsOf } from '../scope.ts';
import type { LedgerTotal, StoredLedgerEntry } from '../types.ts';

export type LedgerRepository = {
  add(entry: LedgerEntry & { readonly buildingId?: string }): Promise<void>;
  /** Newest first. */
  list(filter?: { buildingId?: string; limit?: number }): Promise<StoredLedgerEntry[]>;
  /** Summed by kind of work; the bounds add up as if all errors had the same sign, the widest case. */
  total(buildingId?: string): Promise<LedgerTotal[]>;
};

/**
 * The tool's own energy (promise P9): processor time in ms, energy in J with a 90 % interval, by kind of
 * work.
 */
export const ledgerRepository = (manager: EntityManager): LedgerRepository => ({
  add: async (entry) => {
    await manager.insert(LedgerEntity, { ...entry, energyJ: { ...entry.energyJ } });
  },
  list: async ({ buildingId, limit = 1000 } = {}) => {
    const rows = await manager.find(LedgerEntity, {
      where: buildingId === undefined ? {} : { buildingId },
      order: { id: 'DESC' },
      take: limit,
    });
    return rows.map(({ buildingId: building, createdAt, energyJ, ...row }) => ({
      ...row,
      energyJ: quantitySchema.parse(energyJ),
      ...(building === null ? {} : { buildingId: building }),
      createdMs: createdAt.getTime(),
    }));
  },
  total: (buildingId) =>
    rowsOf<LedgerTotal>(
      manager,
      `select work, count(*)::int as runs, sum(cpu_ms) as "cpuMs",
         sum((energy_j ->> 'value')::float8) as "energyJ",
         sum((energy_j ->> 'low')::float8) as "lowJ", sum((energy_j ->> 'high')::float8) as "highJ",
         array_agg(distinct energy_j ->> 'basis') as methods
       from ledger where $1::text is null or building_id = $1 group by work order by work`,
      [buildingId ?? null],
    ),
});

import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { type Message, message } from '#core/message.ts';
import { MeterEntity, ReadingDecisionEntity, type ReadingDecisionRow } from '../entities/meters.ts';
import { storeError } from '../errors.ts';
import { inTransaction, notFound } from '../scope.ts';
import { markWindowStale } from '../stale.ts';
import type { NewReadingDecision, ReadingDecision } from '../reading-types.ts';
import type { Decision } from '../types.ts';
import { appendAudit } from './audit.ts';
import { auditSubject } from './meters.ts';

const actionSchema = z.enum(['keep', 'exclude', 'correct']);

const toDecision = (row: ReadingDecisionRow): ReadingDecision => ({
  id: row.id,
  meterId: row.meterId,
  finding: row.finding,
  fromDay: row.fromDay,
  toDay: row.toDay,
  action: actionSchema.parse(row.action),
  ...(row.factor === null ? {} : { factor: row.factor }),
  by: row.by,
  reason: row.reason,
  decidedMs: row.decidedAt.getTime(),
  ...(row.reversedBy === null || row.reversedReason === null || row.reversedAt === null
    ? {}
    : { reversed: { by: row.reversedBy, reason: row.reversedReason, atMs: row.reversedAt.getTime() } }),
});

const dayMs = 86_400_000;

/** Instants that local days may cover: no zone is more than a day from UTC. */
const windowOf = ({ fromDay, toDay }: ReadingDecisionRow | NewReadingDecision) => ({
  fromMs: Date.parse(fromDay) - dayMs,
  toMs: Date.parse(toDay) + 2 * dayMs,
});

const staleReason = (id: number, reversed: boolean): Message =>
  reversed
    ? message(
        `La décision n° ${id} sur la qualité des relevés a été reprise depuis le calcul.`,
        `Decision no. ${id} about the quality of readings was taken back since the computation.`,
      )
    : message(
        `Une décision (n° ${id}) sur la qualité des relevés a été prise depuis le calcul.`,
        `A decision (no. ${id}) about the quality of readings was made since the computation.`,
      );

export type DecisionRepository = {
  /**
   * Keeps what a person decided about a meter's readings, with a line in the audit log; the readings themselves
   * stay as they came. What was computed from them becomes stale. Gives its id. Throws `not-found`.
   */
  add(decision: NewReadingDecision, by: Decision): Promise<number>;
  /** Takes a decision back, which stays on record. Throws `not-found`, `decision-reversed`. */
  reverse(meterId: string, id: number, by: Decision): Promise<void>;
  /** All that were ever made for a meter, oldest first. */
  list(meterId: string): Promise<ReadingDecision[]>;
};

/** What people have decided about readings (promise P5); the readings stay as they came. */
export const decisionRepository = (manager: EntityManager): DecisionRepository => {
  const meterOf = async (inside: EntityManager, id: string) => {
    const meter = await inside.findOneBy(MeterEntity, { id });
    if (meter === null) throw notFound({ fr: 'Le compteur', en: 'meter' }, id);
    return meter;
  };
  const writeDown = async (
    inside: EntityManager,
    row: NewReadingDecision & { readonly id: number },
    by: Decision,
    reversed: boolean,
  ): Promise<void> => {
    const meter = await meterOf(inside, row.meterId);
    const { id, finding, fromDay, toDay, action, factor } = row;
    await appendAudit(inside, {
      by: by.by,
      action: reversed ? 'reverse-reading-decision' : 'decide-readings',
      subject: auditSubject(meter),
      // What is typed about a dwelling may name its people: it stays in the decision, which goes with the meter.
      reason: meter.personal ? `reading decision ${id}` : by.reason,
      detail: { decision: id, finding, fromDay, toDay, action, factor: factor ?? null },
    });
    await markWindowStale(inside, row.meterId, windowOf(row), staleReason(id, reversed));
  };
  return {
    add: (decision, by) =>
      inTransaction(manager, async (inside) => {
        await meterOf(inside, decision.meterId);
        const inserted = await inside.insert(ReadingDecisionEntity, {
          ...decision,
          factor: decision.factor ?? null,
          ...by,
        });
        const id = Number(inserted.identifiers[0]?.['id']);
        await writeDown(inside, { ...decision, id }, by, false);
        return id;
      }),
    reverse: (meterId, id, by) =>
      inTransaction(manager, async (inside) => {
        const row = await inside.findOne(ReadingDecisionEntity, {
          where: { id, meterId },
          lock: { mode: 'pessimistic_write' },
        });
        if (row === null) throw notFound({ fr: 'La décision', en: 'decision' }, id);
        if (row.reversedAt !== null)
          throw storeError(
            'decision-reversed',
            `La décision ${id} est déjà reprise, par ${row.reversedBy}.`,
            `Decision ${id} is taken back already, by ${row.reversedBy}.`,
          );
        await inside.update(
          ReadingDecisionEntity,
          { id },
          { reversedBy: by.by, reversedReason: by.reason, reversedAt: new Date() },
        );
        await writeDown(inside, toDecision(row), by, true);
      }),
    list: async (meterId) => {
      const rows = await manager.find(ReadingDecisionEntity, { where: { meterId }, order: { id: 'ASC' } });
      return rows.map(toDecision);
    },
  };
};

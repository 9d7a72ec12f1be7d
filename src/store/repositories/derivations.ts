import type { EntityManager } from 'typeorm';
import type { Message } from '#core/message.ts';
import { MeterEntity } from '../entities/meters.ts';
import { documentSchema } from '../schema.ts';
import { inTransaction, notFound, rowsOf } from '../scope.ts';
import { markAllStale } from '../stale.ts';
import type { Decision, StoredDerivation } from '../types.ts';
import { appendAudit } from './audit.ts';
import { auditSubject } from './meters.ts';

export type DerivationRepository = {
  /** Sets or replaces the rule of a meter; what was computed with the one before is stale. Throws `unknown-reference`. */
  save(derivation: StoredDerivation): Promise<void>;
  /** Takes the rule of a meter away; what was computed with it is stale. Throws `not-found`. */
  remove(meterId: string, decision: Decision): Promise<void>;
  get(meterId: string): Promise<StoredDerivation | undefined>;
  /** Computed meters that stand on this one directly. */
  standingOn(sourceId: string): Promise<StoredDerivation[]>;
  /** Of the meters of a building; of the whole stock without one. */
  list(buildingId?: string): Promise<StoredDerivation[]>;
  ofBuildings(buildingIds: readonly string[]): Promise<StoredDerivation[]>;
};

type Row = {
  meterId: string;
  rule: unknown;
  sources: string[];
  by: string;
  reason: string;
};

const select = `select d.meter_id as "meterId", d.rule, d.by_whom as by, d.reason,
  coalesce((select array_agg(s.source_id order by s.source_id) from meter_sources s where s.meter_id = d.meter_id), '{}') as sources
  from meter_derivations d join meters m on m.id = d.meter_id`;

const changed: Message = {
  fr: 'La règle de ce compteur calculé a changé depuis.',
  en: 'The rule of this computed meter has changed since.',
};

/** Rules of the meters that are computed from others. */
export const derivationRepository = (manager: EntityManager): DerivationRepository => {
  const listed = async (where: string, values: unknown[]): Promise<StoredDerivation[]> => {
    const rows = await rowsOf<Row>(manager, `${select} ${where} order by d.meter_id`, values);
    return rows.map(({ rule, ...row }) => ({ ...row, rule: documentSchema.parse(rule) }));
  };
  return {
    save: (derivation) =>
      inTransaction(manager, async (inside) => {
        const { meterId, rule, sources, by, reason } = derivation;
        await inside.query(
          `insert into meter_derivations (meter_id, rule, by_whom, reason) values ($1, $2, $3, $4)
           on conflict (meter_id) do update
             set rule = excluded.rule, by_whom = excluded.by_whom, reason = excluded.reason, decided_at = now()`,
          [meterId, JSON.stringify(rule), by, reason],
        );
        await inside.query('delete from meter_sources where meter_id = $1', [meterId]);
        await inside.query(
          'insert into meter_sources (meter_id, source_id) select $1, s from unnest($2::text[]) as t (s)',
          [meterId, [...new Set(sources)]],
        );
        await markAllStale(inside, meterId, changed);
        const meter = await inside.findOneByOrFail(MeterEntity, { id: meterId });
        // Of a personal meter the log knows the number alone: it cannot be erased.
        await appendAudit(inside, {
          by,
          action: 'derive-meter',
          subject: auditSubject(meter),
          reason: meter.personal ? 'rule of a personal meter' : reason,
          detail: meter.personal ? {} : rule,
        });
      }),
    remove: (meterId, { by, reason }) =>
      inTransaction(manager, async (inside) => {
        const meter = await inside.findOneBy(MeterEntity, { id: meterId });
        if (meter === null) throw notFound({ fr: 'Le compteur', en: 'meter' }, meterId);
        await inside.query('delete from meter_derivations where meter_id = $1', [meterId]);
        await markAllStale(inside, meterId, changed);
        await appendAudit(inside, {
          by,
          action: 'underive-meter',
          subject: auditSubject(meter),
          reason: meter.personal ? 'rule of a personal meter' : reason,
        });
      }),
    standingOn: (sourceId) =>
      listed(
        'where exists (select from meter_sources o where o.meter_id = d.meter_id and o.source_id = $1)',
        [sourceId],
      ),
    get: async (meterId) => (await listed('where d.meter_id = $1', [meterId]))[0],
    ofBuildings: (buildingIds) => listed('where m.building_id = any ($1)', [[...buildingIds]]),
    list: (buildingId) =>
      buildingId === undefined ? listed('', []) : listed('where m.building_id = $1', [buildingId]),
  };
};

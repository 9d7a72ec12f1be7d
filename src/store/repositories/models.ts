import type { EntityManager } from 'typeorm';
import { Any, In } from 'typeorm';
import { z } from 'zod';
import type { Message } from '#core/message.ts';
import { ModelEntity, type ModelRow } from '../entities/loop.ts';
import { MeterEntity } from '../entities/meters.ts';
import { storeError } from '../errors.ts';
import { type Listable, type Page, type PageQuery, readPage } from '../page.ts';
import { documentSchema, messageSchema } from '../schema.ts';
import { inTransaction, notFound, rowsOf } from '../scope.ts';
import type { BaselineEvidence, Decision, ModelRole, NewModel, StoredModel } from '../types.ts';
import { appendAudit } from './audit.ts';
import { auditSubject } from './meters.ts';

const roleSchema = z.enum(['baseline', 'live']);
const statusSchema = z.enum(['candidate', 'current', 'retired', 'frozen']);

const toModel = (row: ModelRow): StoredModel => ({
  id: row.id,
  meterId: row.meterId,
  role: roleSchema.parse(row.role),
  status: statusSchema.parse(row.status),
  record: documentSchema.parse(row.record),
  dataHash: row.dataHash,
  window: { fromMs: row.fromAt.getTime(), toMs: row.toAt.getTime() },
  ...(row.stale === null ? {} : { stale: messageSchema.parse(row.stale) }),
  ...(row.previousId === null ? {} : { previousId: row.previousId }),
  createdMs: row.createdAt.getTime(),
});

const id = { sql: 'm.id', type: 'integer' } as const;

const listedModels: Listable = {
  from: 'models m',
  id,
  sorts: { id },
  filters: {
    meter: (parameter) => `m.meter_id = ${parameter}::text`,
    role: (parameter) => `m.role = ${parameter}::text`,
    status: (parameter) => `m.status = any(${parameter}::text[])`,
  },
};

export type ModelRepository = {
  /** Keeps a new model: a baseline is frozen at once, a live model waits as a candidate. Gives its id. */
  add(model: NewModel): Promise<number>;
  /** Freezes a baseline together with the days it was fitted on, both or neither. Gives its id. */
  freeze(model: Omit<NewModel, 'role'>, evidence: Omit<BaselineEvidence, 'modelId'>): Promise<number>;
  /** What is kept with a frozen baseline; undefined for those frozen before evidence was kept. */
  evidence(modelId: number): Promise<BaselineEvidence | undefined>;
  get(id: number): Promise<StoredModel | undefined>;
  /** Those of the models that are there. */
  many(ids: readonly number[]): Promise<StoredModel[]>;
  /** The live model in force. */
  current(meterId: string): Promise<StoredModel | undefined>;
  /** The live models in force of those of the meters that have one, in order of meter. */
  currentOf(meterIds: readonly string[]): Promise<StoredModel[]>;
  /** What the newest live models in force of meters that are not personal keep of their meters' drift, at most `most`. */
  driftYears(most: number): Promise<{ readonly buildingId: string; readonly years: unknown }[]>;
  /** The newest frozen baseline. */
  baseline(meterId: string): Promise<StoredModel | undefined>;
  /** Newest first. */
  history(meterId: string, role?: ModelRole): Promise<StoredModel[]>;
  page(query: PageQuery): Promise<Page<StoredModel>>;
  /** Live models in force and frozen baselines whose readings have changed; of all meters when left out. */
  stale(meterIds?: readonly string[]): Promise<StoredModel[]>;
  /**
   * Puts a candidate in force; the one before is retired and stays loadable. All or nothing, with the decision
   * in the audit log, its reason in both languages where they are given. Throws `not-found`, `model-not-candidate`.
   */
  promote(id: number, decision: Decision, reason?: Message): Promise<void>;
  /** Puts the model before the current one back in force; gives its id. Throws `model-no-previous`. */
  rollback(meterId: string, decision: Decision): Promise<number>;
};

/** Locks the meter and gives the name the audit log may know it by. */
const lockMeter = async (manager: EntityManager, meterId: string): Promise<string> => {
  const meter = await manager.findOne(MeterEntity, {
    where: { id: meterId },
    lock: { mode: 'for_no_key_update' },
  });
  if (meter === null) throw notFound({ fr: 'Le compteur', en: 'meter' }, meterId);
  return auditSubject(meter);
};

/**
 * Frozen baselines and live models (promise P3): a baseline is never changed, and one live model a meter is
 * in force. Windows in ms since 1970-01-01 UTC.
 */
export const modelRepository = (manager: EntityManager): ModelRepository => {
  const first = async (meterId: string, status: 'current' | 'frozen'): Promise<StoredModel | undefined> => {
    const rows = await manager.find(ModelEntity, {
      where: { meterId, status },
      order: { id: 'DESC' },
      take: 1,
    });
    return rows.map(toModel)[0];
  };

  const insert = async (inside: EntityManager, { window, ...model }: NewModel): Promise<number> => {
    const inserted = await inside.insert(ModelEntity, {
      ...model,
      status: model.role === 'baseline' ? 'frozen' : 'candidate',
      fromAt: new Date(window.fromMs),
      toAt: new Date(window.toMs),
    });
    return Number(inserted.identifiers[0]?.['id']);
  };

  return {
    add: (model) => insert(manager, model),
    freeze: (model, { worksId, document }) =>
      inTransaction(manager, async (inside) => {
        const id = await insert(inside, { ...model, role: 'baseline' });
        await inside.query(
          'insert into baseline_evidence (model_id, works_id, document) values ($1, $2, $3)',
          [id, worksId, JSON.stringify(document)],
        );
        return id;
      }),
    evidence: async (modelId) => {
      const [row] = await rowsOf<{ worksId: string; document: unknown }>(
        manager,
        'select works_id as "worksId", document from baseline_evidence where model_id = $1',
        [modelId],
      );
      return row === undefined
        ? undefined
        : { modelId, worksId: row.worksId, document: documentSchema.parse(row.document) };
    },
    many: async (ids) => (await manager.findBy(ModelEntity, { id: Any([...ids]) })).map(toModel),
    get: async (id) => {
      const row = await manager.findOneBy(ModelEntity, { id });
      return row === null ? undefined : toModel(row);
    },
    current: (meterId) => first(meterId, 'current'),
    currentOf: async (meterIds) => {
      const where = { meterId: In([...meterIds]), status: 'current' };
      return (await manager.find(ModelEntity, { where, order: { meterId: 'ASC' } })).map(toModel);
    },
    driftYears: (most) =>
      rowsOf<{ buildingId: string; years: unknown }>(
        manager,
        `select m.building_id as "buildingId", l.record -> 'model' -> 'drift' -> 'years' as years
         from models l join meters m on m.id = l.meter_id
         where l.status = 'current' and not m.personal and l.record -> 'model' -> 'drift' ? 'years'
         order by l.id desc limit $1`,
        [most],
      ),
    baseline: (meterId) => first(meterId, 'frozen'),
    history: async (meterId, role) => {
      const where = role === undefined ? { meterId } : { meterId, role };
      return (await manager.find(ModelEntity, { where, order: { id: 'DESC' } })).map(toModel);
    },
    page: (query) =>
      readPage(manager, listedModels, query, async (ids) =>
        (await manager.findBy(ModelEntity, { id: In(ids.map(Number)) })).map(toModel),
      ),
    stale: async (meterIds) => {
      const ids = await rowsOf<{ id: number }>(
        manager,
        `select id from models where stale is not null and status in ('current', 'frozen')
           and ($1::text[] is null or meter_id = any ($1))`,
        [meterIds === undefined ? null : [...meterIds]],
      );
      const rows = await manager.find(ModelEntity, {
        where: ids.map(({ id }) => ({ id })),
        order: { id: 'ASC' },
      });
      return ids.length === 0 ? [] : rows.map(toModel);
    },
    promote: (id, decision, reason) =>
      inTransaction(manager, async (inside) => {
        const [candidate] = await rowsOf<{ meterId: string }>(
          inside,
          'select meter_id as "meterId" from models where id = $1',
          [id],
        );
        if (candidate === undefined) throw notFound({ fr: 'Le modèle', en: 'model' }, id);
        const { meterId } = candidate;
        const meter = await lockMeter(inside, meterId);
        const [before] = await rowsOf<{ id: number }>(
          inside,
          `select id from models where meter_id = $1 and status = 'current'`,
          [meterId],
        );
        if (before !== undefined) await inside.update(ModelEntity, { id: before.id }, { status: 'retired' });
        const promoted = await inside.update(
          ModelEntity,
          { id, status: 'candidate' },
          { status: 'current', previousId: before?.id ?? null },
        );
        if (promoted.affected !== 1) {
          throw storeError(
            'model-not-candidate',
            `Le modèle ${id} n'est pas candidat : il est en vigueur, retiré ou gelé.`,
            `Model ${id} is no candidate: it is in force, retired or frozen.`,
          );
        }
        const detail = {
          meter,
          promoted: id,
          retired: before?.id ?? null,
          ...(reason === undefined ? {} : { reason }),
        };
        await appendAudit(inside, { ...decision, action: 'promote-model', subject: `model:${id}`, detail });
      }),
    rollback: (meterId, decision) =>
      inTransaction(manager, async (inside) => {
        const meter = await lockMeter(inside, meterId);
        const current = await inside.findOneBy(ModelEntity, { meterId, status: 'current' });
        const previousId = current?.previousId ?? null;
        if (current === null || previousId === null) {
          throw storeError(
            'model-no-previous',
            `Le compteur « ${meterId} » n'a pas de modèle précédent à remettre en vigueur.`,
            `Meter "${meterId}" has no earlier model to put back in force.`,
          );
        }
        await inside.update(ModelEntity, { id: current.id }, { status: 'retired' });
        await inside.update(ModelEntity, { id: previousId }, { status: 'current' });
        const detail = { meter, restored: previousId, retired: current.id };
        await appendAudit(inside, {
          ...decision,
          action: 'rollback-model',
          subject: `model:${previousId}`,
          detail,
        });
        return previousId;
      }),
  };
};

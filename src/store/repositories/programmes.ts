import type { EntityManager } from 'typeorm';
import { In, IsNull } from 'typeorm';
import { storeError } from '../errors.ts';
import { ProgrammeEntity, type ProgrammeRow, RateEntity, type RateRow } from '../entities/loop.ts';
import { type Listable, type Page, type PageQuery, readPage } from '../page.ts';
import type { Message } from '#core/message.ts';
import { documentSchema, messageSchema } from '../schema.ts';
import { inTransaction, rowsOf } from '../scope.ts';
import type { Decision, RealisationRate, StoredFront, StoredProgramme } from '../types.ts';
import { appendAudit } from './audit.ts';

const toProgramme = (row: ProgrammeRow): StoredProgramme => ({
  id: row.id,
  document: documentSchema.parse(row.document),
  ...(row.stale === null ? {} : { stale: messageSchema.parse(row.stale) }),
  ...(row.acceptedBy === null ? {} : { acceptedBy: row.acceptedBy }),
  ...(row.acceptedAt === null ? {} : { acceptedMs: row.acceptedAt.getTime() }),
  createdMs: row.createdAt.getTime(),
});

const id = { sql: 'p.id', type: 'integer' } as const;

const listedProgrammes: Listable = {
  from: 'programmes p',
  id,
  sorts: { id },
  filters: { accepted: (parameter) => `(p.accepted_at is not null) = ${parameter}::boolean` },
};

export type ProgrammeRepository = {
  /** Keeps a proposal; gives its id. */
  add(document: object): Promise<number>;
  get(id: number): Promise<StoredProgramme | undefined>;
  /** The last that was kept. */
  latest(): Promise<StoredProgramme | undefined>;
  /** Newest first. */
  list(): Promise<StoredProgramme[]>;
  page(query: PageQuery): Promise<Page<StoredProgramme>>;
  /** Says what has changed since it was computed, or that nothing has. */
  setStale(id: number, reason: Message | undefined): Promise<void>;
  /** Keeps the front that was asked for beside a programme, in place of an earlier one against the same. */
  keepFront(id: number, against: string, document: object): Promise<void>;
  /** The fronts kept of a programme. */
  fronts(id: number): Promise<StoredFront[]>;
  /** A named person accepts it, once. Throws `programme-not-open`. */
  accept(id: number, decision: Decision): Promise<void>;
};

/** Programmes of works and the fronts asked for beside them. */
export const programmeRepository = (manager: EntityManager): ProgrammeRepository => ({
  add: async (document) => {
    const inserted = await manager.insert(ProgrammeEntity, { document });
    return Number(inserted.identifiers[0]?.['id']);
  },
  get: async (id) => {
    const row = await manager.findOneBy(ProgrammeEntity, { id });
    return row === null ? undefined : toProgramme(row);
  },
  latest: async () => {
    const [row] = await manager.find(ProgrammeEntity, { order: { id: 'DESC' }, take: 1 });
    return row === undefined ? undefined : toProgramme(row);
  },
  list: async () => (await manager.find(ProgrammeEntity, { order: { id: 'DESC' } })).map(toProgramme),
  page: (query) =>
    readPage(manager, listedProgrammes, query, async (ids) =>
      (await manager.findBy(ProgrammeEntity, { id: In(ids.map(Number)) })).map(toProgramme),
    ),
  setStale: async (id, reason) => {
    await manager.query(`update programmes set stale = $2 where id = $1`, [
      id,
      reason === undefined ? null : JSON.stringify(reason),
    ]);
  },
  keepFront: async (id, against, document) => {
    // A programme that went meanwhile is left alone.
    await manager.query(
      `insert into programme_fronts (programme_id, against, document) select id, $2, $3 from programmes where id = $1
       on conflict (programme_id, against) do update set document = excluded.document, made_at = now()`,
      [id, against, JSON.stringify(document)],
    );
  },
  fronts: async (id) => {
    const rows = await rowsOf<{ document: unknown; madeMs: string }>(
      manager,
      `select document, extract(epoch from made_at) * 1000 as "madeMs" from programme_fronts where programme_id = $1 order by against`,
      [id],
    );
    return rows.map(({ document, madeMs }) => ({
      document: documentSchema.parse(document),
      madeMs: Number(madeMs),
    }));
  },
  accept: (id, decision) =>
    inTransaction(manager, async (inside) => {
      const accepted = await inside.update(
        ProgrammeEntity,
        { id, acceptedBy: IsNull() },
        { acceptedBy: decision.by, acceptedAt: () => 'now()' },
      );
      if (accepted.affected !== 1) {
        throw storeError(
          'programme-not-open',
          `Le programme ${id} n'existe pas ou a déjà été accepté.`,
          `Programme ${id} does not exist or was accepted already.`,
        );
      }
      await appendAudit(inside, { ...decision, action: 'accept-programme', subject: `programme:${id}` });
    }),
});

const toRate = (row: RateRow): RealisationRate => ({
  measure: row.measure,
  family: row.family === ANY_FAMILY ? null : row.family,
  prior: documentSchema.parse(row.prior),
  posterior: documentSchema.parse(row.posterior),
  n: row.n,
});

/** How a rate of all buildings is kept. */
const ANY_FAMILY = '';

export type RateRepository = {
  /** Puts what has just been learnt in place of all that was: a rate no longer told leaves. */
  replace(
    rates: readonly (Omit<RealisationRate, 'prior' | 'posterior'> & { prior: object; posterior: object })[],
  ): Promise<void>;
  list(): Promise<RealisationRate[]>;
};

/** Realisation rates that the stock has learnt, realised over predicted saving (docs/decisions/0230). */
export const rateRepository = (manager: EntityManager): RateRepository => ({
  replace: (rates) =>
    inTransaction(manager, async (inside) => {
      await inside.query('delete from realisation_rates');
      for (const { measure, family, prior, posterior, n } of rates)
        await inside.query(
          'insert into realisation_rates (measure, family, prior, posterior, n) values ($1, $2, $3, $4, $5)',
          [measure, family ?? ANY_FAMILY, JSON.stringify(prior), JSON.stringify(posterior), n],
        );
    }),
  list: async () =>
    (await manager.find(RateEntity, { order: { measure: 'ASC', family: 'ASC' } })).map(toRate),
});

import type { EntityManager } from 'typeorm';
import { documentSchema } from '../schema.ts';
import { inTransaction, notFound, rowsOf } from '../scope.ts';
import type { AttemptOutcome, Delivery, StoredAttempt, Webhook } from '../integration-types.ts';

export type WebhookRepository = {
  /** Adds a receiver of what changes after `sentTo`; gives its id. The secret is kept as given. */
  add(hook: {
    url: string;
    kinds?: readonly string[];
    secret: string;
    sentTo: number;
    createdBy: string;
    subscription?: object;
  }): Promise<number>;
  list(): Promise<Webhook[]>;
  /** Throws `not-found`. */
  get(id: number): Promise<Webhook>;
  /** With the attempts to send to it. Throws `not-found`. */
  delete(id: number): Promise<void>;
  /** A new secret; the one before signs too for `graceSeconds`. Throws `not-found`. */
  rotate(id: number, secret: string, graceSeconds: number): Promise<void>;
  /** The secrets that sign today, the newest first. Throws `not-found`. */
  secrets(id: number): Promise<string[]>;
  /** Begins again where a failed receiver had stopped. Throws `not-found`. */
  resume(id: number): Promise<void>;
  /**
   * Takes an active receiver that is due and behind `latest`, for `leaseSeconds`; no two workers get the same one. The
   * delivery under way comes with it.
   */
  claim(latest: number, leaseSeconds: number): Promise<Delivery | undefined>;
  /** Fixes what a delivery sends until it is received; gives its id. */
  begin(id: number, to: number): Promise<string>;
  /** Nothing of the kinds asked up to here. */
  skip(id: number, to: number): Promise<void>;
  /** Notes an attempt: what was received is behind it, what was not is due again, or given up. */
  settle(delivery: { webhookId: number; id: string }, outcome: AttemptOutcome): Promise<void>;
  /** Newest first. */
  attempts(webhookId: number, limit: number): Promise<StoredAttempt[]>;
  forgetAttempts(beforeMs: number): Promise<void>;
};

const ms = (column: string): string => `extract(epoch from ${column})::float8 * 1000`;

const columns = `id, url, kinds, state, sent_to as "sentTo", attempts, created_by as "createdBy", subscription,
  ${ms('created_at')} as "createdMs", ${ms('next_at')} as "nextMs"`;

const secretColumns = `array_remove(array[secret, case when previous_until > now() then previous_secret end], null) as secrets`;

type Row = Omit<Webhook, 'sentTo' | 'kinds' | 'subscription'> & {
  sentTo: string;
  kinds: string[] | null;
  subscription: unknown;
};

const toWebhook = ({ sentTo, kinds, subscription, ...row }: Row): Webhook => ({
  ...row,
  sentTo: Number(sentTo),
  ...(kinds === null ? {} : { kinds }),
  ...(subscription === null ? {} : { subscription: documentSchema.parse(subscription) }),
});

/** Receivers of changes and what was sent to them. Throws `not-found` for a receiver that is gone. */
export const webhookRepository = (manager: EntityManager): WebhookRepository => {
  const change = async (id: number, sql: string, values: readonly unknown[] = []): Promise<void> => {
    const rows = await rowsOf<{ id: number }>(
      manager,
      `with changed as (${sql} returning id) select id from changed`,
      [id, ...values],
    );
    if (rows.length === 0) throw notFound({ fr: 'Le webhook', en: 'webhook' }, id);
  };
  return {
    add: async ({ url, kinds, secret, sentTo, createdBy, subscription }) => {
      const [row] = await rowsOf<{ id: number }>(
        manager,
        `insert into webhooks (url, kinds, secret, sent_to, created_by, subscription)
         values ($1, $2, $3, $4, $5, $6) returning id`,
        [
          url,
          kinds === undefined ? null : [...kinds],
          secret,
          sentTo,
          createdBy,
          subscription === undefined ? null : JSON.stringify(subscription),
        ],
      );
      return row?.id ?? 0;
    },
    list: async () =>
      (await rowsOf<Row>(manager, `select ${columns} from webhooks order by id`)).map(toWebhook),
    get: async (id) => {
      const [row] = await rowsOf<Row>(manager, `select ${columns} from webhooks where id = $1`, [id]);
      if (row === undefined) throw notFound({ fr: 'Le webhook', en: 'webhook' }, id);
      return toWebhook(row);
    },
    delete: (id) => change(id, 'delete from webhooks where id = $1'),
    rotate: (id, secret, graceSeconds) =>
      change(
        id,
        `update webhooks set previous_secret = secret, previous_until = now() + make_interval(secs => $3::float8),
           secret = $2 where id = $1`,
        [secret, graceSeconds],
      ),
    resume: (id) =>
      change(id, `update webhooks set state = 'active', attempts = 0, next_at = now() where id = $1`),
    secrets: async (id) => {
      const [row] = await rowsOf<{ secrets: string[] }>(
        manager,
        `select ${secretColumns} from webhooks where id = $1`,
        [id],
      );
      if (row === undefined) throw notFound({ fr: 'Le webhook', en: 'webhook' }, id);
      return row.secrets;
    },
    claim: async (latest, leaseSeconds) => {
      const [row] = await rowsOf<
        Row & { secrets: string[]; deliveryId: string | null; deliveryTo: string | null }
      >(
        manager,
        `with taken as (
           update webhooks set lease_until = now() + make_interval(secs => $2::float8)
           where id = (
             select id from webhooks where state = 'active' and next_at <= now() and sent_to < $1
               and (lease_until is null or lease_until < now())
             order by next_at limit 1 for update skip locked)
           returning *)
         select ${columns}, delivery_id as "deliveryId", delivery_to as "deliveryTo",
           ${secretColumns}
         from taken`,
        [latest, leaseSeconds],
      );
      if (row === undefined) return undefined;
      const { secrets, deliveryId, deliveryTo, ...hook } = row;
      return {
        webhook: toWebhook(hook),
        secrets,
        ...(deliveryId === null || deliveryTo === null
          ? {}
          : { underWay: { id: deliveryId, to: Number(deliveryTo) } }),
      };
    },
    begin: async (id, to) => {
      const [row] = await rowsOf<{ deliveryId: string }>(
        manager,
        `with begun as (update webhooks set delivery_id = gen_random_uuid(), delivery_to = $2 where id = $1
           returning delivery_id) select delivery_id as "deliveryId" from begun`,
        [id, to],
      );
      if (row === undefined) throw notFound({ fr: 'Le webhook', en: 'webhook' }, id);
      return row.deliveryId;
    },
    skip: (id, to) =>
      change(id, 'update webhooks set sent_to = greatest(sent_to, $2), lease_until = null where id = $1', [
        to,
      ]),
    settle: ({ webhookId, id }, outcome) =>
      inTransaction(manager, async (inside) => {
        // A worker that came too late finds another delivery under way, or the receiver deleted: nothing to note.
        const [row] = await rowsOf<{ attempt: number }>(
          inside,
          outcome.received
            ? `with settled as (
                 update webhooks set sent_to = delivery_to, delivery_id = null, delivery_to = null, attempts = 0,
                   next_at = now(), lease_until = null
                 where id = $1 and delivery_id = $2 returning 1),
               before as (select attempts from webhooks where id = $1)
               select attempts + 1 as attempt from before, settled`
            : `with settled as (
                 update webhooks set attempts = attempts + 1, lease_until = null,
                   next_at = now() + make_interval(secs => $3::float8),
                   state = case when $4 then 'failed' else state end
                 where id = $1 and delivery_id = $2 returning attempts)
               select attempts as attempt from settled`,
          outcome.received ? [webhookId, id] : [webhookId, id, outcome.againInSeconds, outcome.givenUp],
        );
        if (row === undefined) return;
        await inside.query(
          `insert into webhook_attempts (webhook_id, delivery_id, changes, attempt, status, error, duration_ms)
           values ($1, $2, $3, $4, $5, $6, $7)`,
          [
            webhookId,
            id,
            outcome.changes,
            row.attempt,
            outcome.status ?? null,
            outcome.received ? null : outcome.error,
            outcome.durationMs,
          ],
        );
      }),
    attempts: async (webhookId, limit) => {
      const rows = await rowsOf<StoredAttempt & { status: number | null; error: string | null }>(
        manager,
        `select delivery_id as "deliveryId", changes, attempt, status, error, duration_ms as "durationMs",
           ${ms('at')} as "atMs"
         from webhook_attempts where webhook_id = $1 order by id desc limit $2`,
        [webhookId, limit],
      );
      return rows.map(({ status, error, ...row }) => ({
        ...row,
        ...(status === null ? {} : { status }),
        ...(error === null ? {} : { error }),
      }));
    },
    forgetAttempts: async (beforeMs) => {
      await manager.query('delete from webhook_attempts where at < to_timestamp($1::float8 / 1000)', [
        beforeMs,
      ]);
    },
  };
};

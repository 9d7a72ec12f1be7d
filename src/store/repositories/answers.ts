import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { rowsOf } from '../scope.ts';

/** An answer that was given to a write, to be given again when the same write comes again. */
export type KeptAnswer = {
  /** Hash of what was asked: another request under the same key is a mistake of the caller. */
  readonly fingerprint: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};

const headersSchema = z.record(z.string(), z.string());

/** How long an answer is kept. */
const kept = `interval '24 hours'`;

export type AnswerRepository = {
  /**
   * Takes a name until the transaction ends, for one request at a time; false when another one has it. Outside a transaction it would
   * be free again at once.
   */
  take(name: string): Promise<boolean>;
  get(key: string): Promise<KeptAnswer | undefined>;
  /** Keeps an answer; those over a day old go. */
  keep(key: string, answer: KeptAnswer): Promise<void>;
  /** Deletes the answers over a day old; gives how many. */
  purge(): Promise<number>;
};

/** Answers to writes that carried an idempotency key, kept for a day. */
export const answerRepository = (manager: EntityManager): AnswerRepository => {
  const purge = async (): Promise<number> => {
    const [row] = await rowsOf<{ count: number }>(
      manager,
      `with gone as (delete from kept_answers where created_at <= now() - ${kept} returning 1)
       select count(*)::int as count from gone`,
    );
    return row?.count ?? 0;
  };
  return {
    take: async (name) => {
      const [row] = await rowsOf<{ taken: boolean }>(
        manager,
        'select pg_try_advisory_xact_lock(current_organisation(), hashtext($1)) as taken',
        [name],
      );
      return row?.taken ?? false;
    },
    get: async (key) => {
      const [row] = await rowsOf<KeptAnswer & { headers: unknown }>(
        manager,
        `select fingerprint, status, headers, body from kept_answers
         where key = $1 and created_at > now() - ${kept}`,
        [key],
      );
      return row === undefined ? undefined : { ...row, headers: headersSchema.parse(row.headers) };
    },
    keep: async (key, { fingerprint, status, headers, body }) => {
      await purge();
      await manager.query(
        `insert into kept_answers (key, fingerprint, status, headers, body) values ($1, $2, $3, $4, $5)`,
        [key, fingerprint, status, JSON.stringify(headers), Buffer.from(body)],
      );
    },
    purge,
  };
};

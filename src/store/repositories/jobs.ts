import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { JobEntity, type JobRow } from '../entities/records.ts';
import { documentSchema } from '../schema.ts';
import { rowsOf } from '../scope.ts';
import type { Job, JobState } from '../types.ts';

const stateSchema = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']);

const toJob = (row: JobRow): Job => ({
  id: row.id,
  kind: row.kind,
  state: stateSchema.parse(row.state),
  input: documentSchema.parse(row.input),
  progress: row.progress,
  attempts: row.attempts,
  ...(row.result === null ? {} : { result: documentSchema.parse(row.result) }),
  ...(row.error === null ? {} : { error: row.error }),
  createdMs: row.createdAt.getTime(),
});

/** How long a worker may stay silent before another takes its job over, s. */
const leaseSeconds = 60;

export type JobRepository = {
  add(kind: string, input: object): Promise<number>;
  get(id: number): Promise<Job | undefined>;
  /** Newest first. */
  list(filter?: { state?: JobState; kind?: string; limit?: number }): Promise<Job[]>;
  /** Takes the oldest job that waits, or whose worker fell silent; no two workers get the same one. */
  claim(kinds: readonly string[]): Promise<Job | undefined>;
  /** Says how far it is, 0 to 1, and that the worker lives; false when it was cancelled meanwhile. */
  progress(id: number, share: number): Promise<boolean>;
  finish(id: number, result: object): Promise<void>;
  fail(id: number, error: string): Promise<void>;
  cancel(id: number): Promise<boolean>;
  /** Puts a failed or cancelled job back in the queue. */
  retry(id: number): Promise<boolean>;
};

export const jobRepository = (manager: EntityManager): JobRepository => {
  const get = async (id: number): Promise<Job | undefined> => {
    const row = await manager.findOneBy(JobEntity, { id });
    return row === null ? undefined : toJob(row);
  };
  const change = async (sql: string, values: readonly unknown[]): Promise<number | undefined> => {
    const [row] = await rowsOf<{ id: number }>(
      manager,
      `with changed as (${sql} returning id) select id from changed`,
      values,
    );
    return row?.id;
  };
  return {
    add: async (kind, input) => {
      const inserted = await manager.insert(JobEntity, { kind, input });
      return Number(inserted.identifiers[0]?.['id']);
    },
    get,
    list: async ({ state, kind, limit = 100 } = {}) => {
      const where = { ...(state === undefined ? {} : { state }), ...(kind === undefined ? {} : { kind }) };
      return (await manager.find(JobEntity, { where, order: { id: 'DESC' }, take: limit })).map(toJob);
    },
    claim: async (kinds) => {
      const id = await change(
        `update jobs set state = 'running', attempts = attempts + 1,
           lease_until = now() + make_interval(secs => ${leaseSeconds})
         where id = (
           select id from jobs where kind = any ($1)
             and (state = 'waiting' or (state = 'running' and lease_until < now()))
           order by id limit 1 for update skip locked)`,
        [[...kinds]],
      );
      return id === undefined ? undefined : get(id);
    },
    progress: async (id, share) => {
      const changed = await change(
        `update jobs set progress = least(1, greatest(0, $2::float8)),
           lease_until = now() + make_interval(secs => ${leaseSeconds})
         where id = $1 and state = 'running'`,
        [id, share],
      );
      return changed !== undefined;
    },
    finish: async (id, result) => {
      await change(
        `update jobs set state = 'done', progress = 1, result = $2, error = null where id = $1 and state = 'running'`,
        [id, JSON.stringify(result)],
      );
    },
    fail: async (id, error) => {
      await change(`update jobs set state = 'failed', error = $2 where id = $1 and state = 'running'`, [
        id,
        error,
      ]);
    },
    cancel: async (id) =>
      (await change(`update jobs set state = 'cancelled' where id = $1 and state in ('waiting', 'running')`, [
        id,
      ])) !== undefined,
    retry: async (id) =>
      (await change(
        `update jobs set state = 'waiting', progress = 0, error = null where id = $1 and state in ('failed', 'cancelled')`,
        [id],
      )) !== undefined,
  };
};

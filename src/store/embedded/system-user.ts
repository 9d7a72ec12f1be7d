import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';

/**
 * Who runs the database programs. PostgreSQL refuses root, so a root process lends the work to another user:
 * `drop` is absent when we already are an ordinary one. `apart` says which programs go through `unshare --user`,
 * where our uid appears as nobody: initdb when the uid has no name on this machine (it asks for one, the server
 * does not), all of them for a root that may not become anyone else.
 */
export type SystemUser = {
  readonly uid: number;
  readonly drop?: { readonly uid: number; readonly gid: number };
  readonly apart: 'none' | 'initdb' | 'all';
};

const conventionalNobody = 65534;

const passwd = (): { name: string; uid: number; gid: number }[] => {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .filter((fields) => fields.length >= 4)
      .map(([name = '', , uid = '', gid = '']) => ({ name, uid: Number(uid), gid: Number(gid) }))
      .filter((entry) => Number.isInteger(entry.uid) && Number.isInteger(entry.gid));
  } catch {
    return [];
  }
};

const currentIsNamed = (): boolean => {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
};

/** Containers without setuid rights, or with no other uid than 0, refuse this. */
const canBecome = (other: { uid: number; gid: number }): boolean =>
  spawnSync('true', { ...other, cwd: '/', stdio: 'ignore' }).status === 0;

/**
 * The user of the server for a data folder. Root keeps the owner of a folder that exists; a new one goes to
 * `postgres`, else `nobody`, else the conventional number of nobody even if it has no name; and stays root's own,
 * run apart, where root may not become another user.
 */
export const serverUser = (data: string): SystemUser => {
  const own = process.getuid?.() ?? -1;
  if (own !== 0) return { uid: own, apart: currentIsNamed() ? 'none' : 'initdb' };
  const entries = passwd();
  const owner = statSync(data, { throwIfNoEntry: false });
  const chosen = ['postgres', 'nobody']
    .map((name) => entries.find((entry) => entry.name === name && entry.uid !== 0))
    .find((entry) => entry !== undefined);
  const { uid, gid } = owner ?? chosen ?? { uid: conventionalNobody, gid: conventionalNobody };
  if (uid === 0 || !canBecome({ uid, gid })) return { uid: 0, apart: 'all' };
  return { uid, drop: { uid, gid }, apart: entries.some((entry) => entry.uid === uid) ? 'none' : 'initdb' };
};

/** Program and arguments as that user must be given them. */
export const commandAs = (
  user: SystemUser,
  program: string,
  arguments_: readonly string[],
  kind: 'initdb' | 'server',
): [string, string[]] =>
  user.apart === 'all' || user.apart === kind
    ? ['unshare', ['--user', program, ...arguments_]]
    : [program, [...arguments_]];

import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What postmaster.pid says of the server of a data folder (PostgreSQL 10 and later keep this layout). */
type Postmaster = { readonly pid: number; readonly port: number; readonly status: string };

/** PIDs stay under 2^22 on Linux; this one names nobody. */
const impossiblePid = 2 ** 31 - 2;

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

/**
 * True while a process runs. One that was killed but not yet reaped by its parent no longer does, although the
 * system still answers for its number.
 */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return processState(pid)?.state !== 'Z';
};

/** State letter and start time (clock ticks since boot) of a process, where the system has /proc. */
const processState = (pid: number): { state: string; start: string } | undefined => {
  const text = read(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', start: fields[19] ?? '' };
};

/** Tells a process from a later one with the same number; empty where the system has no /proc. */
export const startTime = (pid: number): string => processState(pid)?.start ?? '';

/** The server that postmaster.pid names, whatever its state; undefined when there is no such file. */
export const readPostmaster = (data: string): Postmaster | undefined => {
  const lines = read(join(data, 'postmaster.pid'))?.split('\n');
  const pid = Number(lines?.[0]);
  if (lines === undefined || !Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3] ?? Number.NaN), status: (lines[7] ?? '').trim() };
};

/**
 * A setting the server is started with, by which others know whose it is: the data folder's place on the disk,
 * the same whatever path leads there. A command line can be read where /proc/<pid>/cwd cannot: root in a
 * container may not look into another user's process.
 */
export const clusterMark = (data: string): string => {
  const { dev, ino } = statSync(data, { bigint: true });
  return `cluster_name=stacoptim-${dev}-${ino}`;
};

const commandLine = (pid: number): string =>
  process.platform === 'linux'
    ? (read(`/proc/${pid}/cmdline`) ?? '')
    : spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;

/** True when the process of that number is a running server of this data folder. */
export const serves = (pid: number, data: string): boolean =>
  isAlive(pid) &&
  commandLine(pid)
    .split(/[\0\s]/)
    .includes(clusterMark(data));

/**
 * A postmaster.pid whose number now belongs to another process, or to one that its parent never reaps, would
 * keep PostgreSQL from starting for ever. The number is replaced by an impossible one rather than the file
 * removed: PostgreSQL then still checks, by the shared memory the file names, that no old backend is left.
 */
export const disownStalePid = (data: string): void => {
  const path = join(data, 'postmaster.pid');
  const text = read(path);
  const postmaster = readPostmaster(data);
  if (text === undefined || postmaster === undefined || serves(postmaster.pid, data)) return;
  writeFileSync(path, text.replace(/^\d+/, String(impossiblePid)));
};

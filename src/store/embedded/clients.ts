import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, startTime } from './postmaster.ts';

/**
 * Which of our processes use the server of a folder, one small file each, so that the last one out stops it.
 * The stopping one first raises a flag and then counts; a newcomer first signs in and then looks for the flag:
 * whichever order they run in, at least one of them sees the other.
 */
export type Clients = {
  readonly signIn: () => void;
  readonly signOut: () => void;
  readonly othersAlive: () => boolean;
  readonly raiseStopping: () => void;
  readonly lowerStopping: () => void;
  readonly stoppingByOther: () => boolean;
};

let opened = 0;

const identity = (pid: number): string => `${pid}-${startTime(pid)}`;

/** This process, told from any later one with the same number. */
export const processName = (): string => identity(process.pid);

/** True when a name that starts as `processName` does stands for a running process. */
export const lives = (name: string): boolean => {
  const pid = Number(name.split('-')[0]);
  return Number.isInteger(pid) && pid > 0 && isAlive(pid) && name.startsWith(`${identity(pid)}-`);
};

/**
 * The sign-in book of the server in `folder`, one entry a call: two stores opened by one process are told
 * apart. Entries of processes that died are cleared as they are met.
 */
export const clientsOf = (folder: string): Clients => {
  const users = join(folder, 'clients');
  const flags = join(folder, 'stopping');
  opened += 1;
  const own = `${processName()}-${opened}`;

  const othersIn = (directory: string): boolean =>
    readdirSync(directory).some((name) => {
      if (name === own) return false;
      if (lives(name)) return true;
      rmSync(join(directory, name), { force: true });
      return false;
    });

  mkdirSync(users, { recursive: true });
  mkdirSync(flags, { recursive: true });
  return {
    signIn: () => writeFileSync(join(users, own), ''),
    signOut: () => rmSync(join(users, own), { force: true }),
    othersAlive: () => othersIn(users),
    raiseStopping: () => writeFileSync(join(flags, own), ''),
    lowerStopping: () => rmSync(join(flags, own), { force: true }),
    stoppingByOther: () => othersIn(flags),
  };
};

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packagedFolder } from '#store/embedded/binaries.ts';
import { type EmbeddedServer, openEmbedded } from '#store/embedded/index.ts';
import { isAlive, readPostmaster } from '#store/embedded/postmaster.ts';

const holderScript = join(import.meta.dirname, '../support/embedded-holder.ts');
const root = process.getuid?.() === 0;
const namelessUid = 54_321;

let folder = '';
let opened: EmbeddedServer[] = [];
let holders: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stacoptim-embedded-'));
});

afterEach(async () => {
  for (const holder of holders) holder.kill('SIGKILL');
  for (const server of opened) await server.stop();
  opened = [];
  holders = [];
  rmSync(folder, { recursive: true, force: true });
});

const open = async (
  dataDir: string,
  ...rest: [Parameters<typeof openEmbedded>[1]?]
): Promise<EmbeddedServer> => {
  const server = await openEmbedded(dataDir, ...rest);
  opened.push(server);
  return server;
};

const hold = async (
  dataDir: string,
  as: { uid?: number; gid?: number; through?: readonly string[] } = {},
): Promise<{ child: ChildProcess; url: string }> => {
  const { through = [], ...user } = as;
  const [program, ...rest] = [...through, process.execPath, holderScript, dataDir];
  const child = spawn(program ?? process.execPath, rest, { stdio: ['pipe', 'pipe', 'inherit'], ...user });
  holders.push(child);
  const lines = createInterface({ input: child.stdout });
  const [url] = (await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => [''])])) as [string];
  return { child, url };
};

const query = async (url: string, sql: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

const pidOf = (dataDir: string): number => readPostmaster(join(dataDir, 'cluster', 'data'))?.pid ?? 0;

const ended = async (pid: number): Promise<boolean> => {
  for (let i = 0; i < 200 && isAlive(pid); i += 1) await sleep(25);
  return !isAlive(pid);
};

describe('embedded PostgreSQL', () => {
  it('starts on 127.0.0.1 behind a password that only its owner can read, and stops with its last user', async () => {
    const first = await open(folder);
    const second = await open(folder);
    expect(second.url).toBe(first.url);
    expect(new URL(first.url).hostname).toBe('127.0.0.1');
    expect(statSync(join(folder, 'cluster', 'stacoptim.password')).mode & 0o777).toBe(0o600);
    const settings = await query(
      first.url,
      `select name, setting from pg_settings where name in ('fsync', 'listen_addresses', 'unix_socket_directories') order by name`,
    );
    expect(settings).toEqual([
      { name: 'fsync', setting: 'on' },
      { name: 'listen_addresses', setting: '127.0.0.1' },
      { name: 'unix_socket_directories', setting: '' },
    ]);
    const wrong = new URL(first.url);
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'select 1')).rejects.toThrow('password authentication failed');

    const pid = pidOf(folder);
    await first.stop();
    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await second.stop();
    expect(isAlive(pid)).toBe(false);
  });

  it('attaches to the server that a killed process left behind, and stops it when leaving', async () => {
    const { child, url } = await hold(folder);
    await query(url, 'create table kept as select 42 as answer');
    const pid = pidOf(folder);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isAlive(pid)).toBe(true);

    const server = await open(folder);
    expect(pidOf(folder)).toBe(pid);
    expect(await query(server.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await server.stop();
    expect(await ended(pid)).toBe(true);
  });

  it('loses nothing that was committed when the server itself is killed', async () => {
    const server = await open(folder);
    await query(server.url, 'create table kept (n integer)');
    await query(server.url, 'insert into kept select generate_series(1, 1000)');
    const pid = pidOf(folder);
    process.kill(pid, 'SIGKILL');
    expect(await ended(pid)).toBe(true);

    const again = await open(folder);
    expect(pidOf(folder)).not.toBe(pid);
    expect(await query(again.url, 'select count(*)::int as n from kept')).toEqual([{ n: 1000 }]);
  });

  it('is not fooled by a pid file whose number now belongs to another process', async () => {
    const server = await open(folder);
    const pidFile = join(folder, 'cluster', 'data', 'postmaster.pid');
    const text = readFileSync(pidFile, 'utf8');
    await server.stop();
    writeFileSync(pidFile, text.replace(/^\d+/, String(process.pid)));

    const again = await open(folder);
    expect(await query(again.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(pidOf(folder)).not.toBe(process.pid);
  });

  it('gives one server to three processes that open a new folder at once', async () => {
    const found = await Promise.all([hold(folder), hold(folder), hold(folder)]);
    expect(new Set(found.map(({ url }) => url)).size).toBe(1);
    expect(found[0]?.url).toMatch(/^postgres:/);
    const pid = pidOf(folder);
    for (const { child } of found) {
      expect(isAlive(pid)).toBe(true);
      child.stdin?.write('stop\n');
      await once(child, 'exit');
    }
    expect(await ended(pid)).toBe(true);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('stops the server when its process ends by %s', async (signal) => {
    const { child } = await hold(folder);
    const pid = pidOf(folder);
    child.kill(signal);
    const [, by] = (await once(child, 'exit')) as [unknown, string];
    expect(by).toBe(signal);
    expect(await ended(pid)).toBe(true);
    expect(readFileSync(join(folder, 'postgresql.log'), 'utf8')).toContain('database system is shut down');
  });

  it('refuses a folder written by another major version, and leaves it as it was', async () => {
    await (await open(folder)).stop();
    const version = join(folder, 'cluster', 'data', 'PG_VERSION');
    writeFileSync(version, '17\n');
    await expect(open(folder)).rejects.toThrow('embedded-other-major-version');
    expect(readFileSync(version, 'utf8')).toBe('17\n');
    expect(pidOf(folder)).toBe(0);
  });

  it('refuses a data folder that is a file, with a sentence', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    await expect(open(file)).rejects.toThrow('embedded-folder-refused');
  });

  it('mends in place the libraries that a blocked install script left without their links', async () => {
    spawnSync('chmod', ['755', folder]);
    const packaged = copyPackage(join(folder, 'package'));
    const link = join(packaged, 'lib', 'libicuuc.so.60');
    expect(lstatSync(link, { throwIfNoEntry: false })).toBeUndefined();
    const server = await open(join(folder, 'pg'), { packaged, copyFolders: [] });
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
  });

  it.runIf(root)('says so when the programs cannot be run by the user of the server', async () => {
    const packaged = copyPackage(join(folder, 'package'));
    const pg = join(folder, 'pg');
    await expect(open(pg, { packaged, copyFolders: [] })).rejects.toThrow('embedded-postgresql-unusable');
  });

  it.runIf(root)('works for root with program and data below a folder that only root may enter', async () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const packaged = copyPackage(join(closed, 'package'));
    const copies = mkdtempSync(join(tmpdir(), 'stacoptim-copies-'));
    spawnSync('chmod', ['755', copies]);
    try {
      const options = { packaged, copyFolders: [copies] };
      const server = await open(join(closed, 'pg'), options);
      expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
      await server.stop();
      const again = await open(join(closed, 'pg'), options);
      expect(await query(again.url, 'select 1 as one')).toEqual([{ one: 1 }]);
      await again.stop();
    } finally {
      rmSync(copies, { recursive: true, force: true });
    }
  });

  const namelessCanRun =
    root &&
    spawnSync(process.execPath, ['-e', `require('fs').readFileSync(${JSON.stringify(holderScript)})`], {
      uid: namelessUid,
      gid: namelessUid,
    }).status === 0 &&
    spawnSync('unshare', ['--user', 'true'], { uid: namelessUid, gid: namelessUid }).status === 0;

  it.runIf(namelessCanRun)('works for a user that has no name on the machine', async () => {
    spawnSync('chmod', ['755', folder]);
    const own = join(folder, 'own');
    mkdirSync(own);
    chownSync(own, namelessUid, namelessUid);
    const { child, url } = await hold(own, { uid: namelessUid, gid: namelessUid });
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    const pid = pidOf(own);
    child.stdin?.write('stop\n');
    await once(child, 'exit');
    expect(await ended(pid)).toBe(true);
  });

  const onlyRoot = ['unshare', '--user', '--map-root-user'];
  const namespaces = spawnSync('unshare', [...onlyRoot.slice(1), 'true']).status === 0;

  it.runIf(root && namespaces)('works for a root that may not become another user', async () => {
    const { child, url } = await hold(folder, { through: onlyRoot });
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    const pid = pidOf(folder);
    child.stdin?.write('stop\n');
    await once(child, 'exit');
    expect(await ended(pid)).toBe(true);
    const again = await open(folder);
    expect(await query(again.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

/** The installed package without the links its install script makes. */
const copyPackage = (target: string): string => {
  cpSync(join(packagedFolder(), '..'), target, {
    recursive: true,
    filter: (path) => !lstatSync(path).isSymbolicLink(),
  });
  return join(target, 'native');
};

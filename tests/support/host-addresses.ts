import { appendFileSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { readPostmaster } from '#store/embedded/postmaster.ts';

/** Linux answers on all of 127.0.0.0/8; elsewhere each address but the first has to be made (`ifconfig lo0 alias 127.0.0.2`). */
const wanted = ['127.0.0.2', '127.0.0.3'] as const;
const wholeLoopback = 'host all all 127.0.0.0/8 scram-sha-256\n';

const canHave = async (address: string): Promise<boolean> => {
  const probe = createServer();
  try {
    probe.listen(0, address);
    await once(probe, 'listening');
    return true;
  } catch (error) {
    if (process.platform === 'linux') throw error;
    return false;
  } finally {
    probe.close();
  }
};

/**
 * The addresses of two hosts on this machine; where it has but one, that one twice, and this is said. On Linux a missing address is an
 * error.
 */
export const hostAddresses = async (): Promise<readonly [string, string]> => {
  if ((await Promise.all(wanted.map(canHave))).every(Boolean)) return wanted;
  process.stderr.write(
    `The two hosts share 127.0.0.1: ${wanted.join(' and ')} are no addresses of this machine (ifconfig lo0 alias ${wanted[0]}).\n`,
  );
  return ['127.0.0.1', '127.0.0.1'];
};

const asked = async <Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
};

/**
 * The embedded server takes 127.0.0.1 alone; that of a test run is told to take the other hosts too, as the one of `with-postgres` does. What
 * another server takes is its owner's to say.
 */
export const letHostsIn = async (url: string): Promise<void> => {
  const data = join(inject('embeddedFolder'), 'cluster', 'data');
  if (String(readPostmaster(data)?.port) !== new URL(url).port) return;
  const file = join(data, 'pg_hba.conf');
  if (readFileSync(file, 'utf8').includes(wholeLoopback)) return;
  appendFileSync(file, wholeLoopback);
  await asked(url, 'select pg_reload_conf()');
};

/** Where the program's connections to a database come from, as the server sees them. */
export const clientAddresses = async (url: string): Promise<string[]> => {
  const rows = await asked<{ address: string }>(
    url,
    `select distinct host(client_addr) as address from pg_stat_activity
     where datname = current_database() and application_name = 'stacoptim' order by 1`,
  );
  return rows.map(({ address }) => address);
};

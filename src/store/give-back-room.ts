import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** A minute in all. */
const SNAPSHOT_TRIES = 600;
const SNAPSHOT_WAIT_MS = 100;

/**
 * Writes every table anew without the rows that were erased or replaced. Only the owner of the tables may: `url` is the account that made them.
 * Waits a minute at most for whoever still reads as of before. Throws as `pg` does.
 */
export const giveBackRoom = async (url: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // A row is written along while a snapshot from before it went may still read it: those snapshots, an analysis of the server's own
    // among them, end first. One that lasts over a minute is not waited for: what it may read stays in the files until room is given back again.
    const { rows } = await client.query<{ now: string }>('select pg_current_xact_id()::text as now');
    const older = `select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
      and backend_xmin is not null and age(backend_xmin) > age($1::text::xid8::xid)`;
    for (let tries = 0; tries < SNAPSHOT_TRIES; tries += 1) {
      if ((await client.query(older, [rows[0]?.now])).rowCount === 0) break;
      await sleep(SNAPSHOT_WAIT_MS);
    }
    await client.query('vacuum full');
  } finally {
    await client.end();
  }
};

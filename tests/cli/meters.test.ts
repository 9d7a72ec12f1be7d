import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { hours, sampleBuilding, sampleMeter } from '../support/samples.ts';

const main = join(import.meta.dirname, '../../src/cli/main.ts');

describe('the command line on meters', () => {
  let database: TestDatabase;
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'stacoptim-cli-meters-'));
    database = await openTestDatabase();
    const { store } = database;
    await store.buildings.save(sampleBuilding('b'));
    for (const id of ['boiler', 'flat'])
      await store.meters.save({ ...sampleMeter(id, 'b'), personal: id === 'flat' });
    await store.readings.upsert(
      'boiler',
      hours(Date.UTC(2023, 11, 31, 23), 48, () => 1),
    );
    // Long past any retention period.
    await store.readings.upsert(
      'flat',
      hours(Date.UTC(2001, 0, 1), 5, () => 1),
    );
  });
  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (...words: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words, '--lang', 'en'], {
      encoding: 'utf8',
      env: { ...process.env, DATABASE_URL: database.url },
    });
    return { code: status, stdout, stderr };
  };

  const who = ['--by', 'Ada', '--reason', 'seen on site'];

  it('decides, lists and takes back', () => {
    const days = ['--from', '2024-01-01', '--to', '2024-01-01'];
    const decided = run(
      'decide',
      'boiler',
      ...days,
      '--action',
      'correct',
      '--factor',
      '1000',
      ...who,
      '--json',
    );
    expect(decided.code).toBe(0);
    const { id } = JSON.parse(decided.stdout) as { id: number };
    expect(run('decide', 'boiler').stdout).toContain(`#${id} 2024-01-01/2024-01-01 other: correct × 1000`);
    expect(run('decide', 'boiler', '--reverse', String(id), ...who).stdout).toContain('taken back by Ada');
    expect(run('decide', 'boiler', '--reverse', String(id), ...who).code).toBe(1);
    expect(run('decide', 'boiler', ...days, '--action', 'exclude', '--by', 'Ada').code).toBe(2);
    expect(run('decide', 'nobody').code).toBe(1);
  }, 60_000);

  it('exports, applies the retention period and erases', async () => {
    const held = JSON.parse(run('privacy', 'export', 'flat', '--json').stdout) as { readings: unknown[] };
    expect(held.readings).toHaveLength(5);
    expect(run('privacy', 'retention').stdout).toContain('5 readings of 1 dwelling,');
    expect(await database.store.readings.extent('flat')).toBeUndefined();
    expect(run('privacy', 'erase', 'flat').code).toBe(2);
    expect(run('privacy', 'erase', 'flat', ...who).code).toBe(0);
    expect(await database.store.meters.get('flat')).toBeUndefined();
  }, 60_000);

  it('tells alarms with what they were judged by, and refuses a gap without works', async () => {
    expect(run('alarms', 'b').stdout).toMatch(/No alarm kept\.\n\s+boiler : not watched yet/);
    expect(run('alarms', 'nobody').code).toBe(1);
    const excess = (unit: string) => ({
      value: 30,
      low: 10,
      high: 50,
      unit,
      level: 0.9,
      provenance: 'computed',
      basis: 'test',
    });
    await database.store.alarms.keep(
      'boiler',
      [
        {
          code: 'heating-drift',
          fromDay: '2024-01-01',
          toDay: '2024-01-14',
          message: { fr: 'trop', en: 'too much' },
          evidence: {
            excessKwh: excess('kWh'),
            excessPercent: excess('%'),
            days: 14,
            score: 2.54,
            learntUntil: '2023-09-01',
          },
        },
      ],
      { day: '2024-01-14', atMs: Date.UTC(2024, 0, 15) },
    );
    expect(run('alarms', 'b').stdout).toMatch(
      /#\d+ boiler \[open\] too much\n\s+Judged by a model learnt until 1 September 2023, over 14 days: the excess is 2\.5 times/,
    );
    const gap = run('gaps', 'b', '--json');
    expect([gap.code, JSON.parse(gap.stdout)]).toMatchObject([1, { error: { code: expect.any(String) } }]);
    expect(run('gaps', 'nobody').code).toBe(1);
  }, 60_000);

  it('refuses a mapping whose meter does not exist, and one that is none, before it connects', () => {
    const mapping = join(folder, 'mapping.json');
    const broker = ['--broker', 'mqtt://127.0.0.1:9'];
    const line = {
      topic: 'a/b',
      meter: 'nobody',
      value: '/v',
      time: '/t',
      kind: 'register',
      unit: 'kWh',
    };
    writeFileSync(
      mapping,
      JSON.stringify({ schema: 'stacoptim.mqtt-mapping/1', clientId: 'x', topics: [line] }),
    );
    const unknown = run('listen', '--mapping', mapping, ...broker);
    expect(unknown).toMatchObject({ code: 1 });
    expect(unknown.stderr).toContain('“nobody”');
    writeFileSync(mapping, '{}');
    expect(run('listen', '--mapping', mapping, ...broker)).toMatchObject({ code: 1 });
    expect(run('listen', '--mapping', mapping)).toMatchObject({ code: 2 });
  }, 60_000);

  it('imports a flow as the server does, and says what it does not understand', () => {
    const path = join(folder, 'flow.json');
    writeFileSync(
      path,
      '{"meter_reading":{"usage_point_id":"1","reading_type":{"unit":"Wh"},"interval_reading":[{"value":"5000","date":"2025-01-01"}]}}',
    );
    const first = run('import', path, 'boiler', '--json');
    expect([first.code, JSON.parse(first.stdout)]).toMatchObject([0, { inserted: 1, rejected: 0 }]);
    expect(run('import', path, 'boiler').stdout).toContain('1 already known');
    expect(run('import', path, 'nobody').stderr).toContain('no meter');
    expect(run('import', join(folder, 'nowhere.csv'), 'boiler').code).toBe(1);
    expect(run('import', path, 'boiler', '--unit', 'stone').code).toBe(2);
  });
});

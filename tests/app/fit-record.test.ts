import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeJsonFile } from '#app/files.ts';
import { fitFile, type Resolution } from '#app/meter-file.ts';
import { readModelRecord } from '#measure/index.ts';

let folder = '';
let file = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fit-'));
  file = join(folder, 'meter.csv');
  const lines = Array.from({ length: 120 * 24 }, (_, hour) => {
    const instant = new Date(Date.UTC(2022, 0, 3) + hour * 3_600_000).toISOString();
    const outdoorC = 9 - 6 * Math.cos(hour / 900) + 3 * Math.sin(hour / 3.8);
    const busy = hour % 24 >= 8 && hour % 24 < 18 ? 30 : 10;
    return `${instant},${(busy + Math.max(0, 15 - outdoorC)).toFixed(2)},${outdoorC.toFixed(1)}`;
  });
  writeFileSync(file, ['start,kWh,outdoor_C', ...lines].join('\n'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const fit = async (resolution?: Resolution) => {
  const answer = await fitFile(
    file,
    { baseline: { from: 18_995, to: 19_114 } },
    { timezone: 'UTC', temperatureColumn: 'outdoor_C' },
    'en',
    resolution,
  );
  if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message.en}`);
  return answer.value;
};

describe('the fit of a readings file', () => {
  it('is daily by default, and says that hours may be asked for', async () => {
    const { json } = await fit();
    expect(json.resolution).toBe('daily');
    expect(json.warnings.map(({ code }) => code)).toContain('resolution-daily');
    expect((await fit('daily')).json.warnings.map(({ code }) => code)).not.toContain('resolution-daily');
  });

  it('counts hours when asked, and tells days in its rows', async () => {
    const { json } = await fit('hourly');
    expect(json.resolution).toBe('hourly');
    expect(json.metrics.n).toBeGreaterThan(119 * 24);
    expect(json.rows.length).toBeGreaterThanOrEqual(119);
  });

  it('leaves a record that loads, whose hash is that of the readings it saw', async () => {
    const path = join(folder, 'record.json');
    for (const resolution of ['daily', 'hourly'] as const) {
      const { record } = await fit(resolution);
      expect(writeJsonFile(path, record).ok).toBe(true);
      const read = readModelRecord(JSON.parse(readFileSync(path, 'utf8')));
      expect(read.ok && read.value.data).toEqual(record.data);
      expect(record.data.hash).toBe((await fit(resolution)).record.data.hash);
    }
    expect((await fit('daily')).record.data.hash).not.toBe((await fit('hourly')).record.data.hash);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('a record that cannot be written is refused, and leaves nothing', () => {
    const written = writeJsonFile(join(folder, 'none', 'record.json'), {});
    expect(written.ok ? 'written' : written.error.code).toBe('file-not-found');
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });
});

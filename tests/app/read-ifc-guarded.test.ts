import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../src/core/byte-source.ts';
import { digitise } from '../../src/app/create-file.ts';
import { readIfcGuarded } from '../../src/app/read-ifc-guarded.ts';
import { smallHouse } from '../formats/ifc/small-house.ts';

const house = Buffer.from(smallHouse());

/** An archive of a megabyte that unpacks to `megabytes`: just below the growth at which it would be refused unread. */
const bomb = (megabytes: number): Buffer => {
  const block = Buffer.from(`/* ${randomBytes(8000).toString('hex')} */\n`);
  const noise = Buffer.from(`/* ${randomBytes(megabytes * 6000).toString('base64')} */\n`);
  const filling = Array.from({ length: Math.floor((megabytes * 1e6) / block.length) }, () => block);
  return gzipSync(Buffer.concat([house, noise, ...filling]));
};

const codeOf = async (...args: Parameters<typeof readIfcGuarded>): Promise<string> => {
  const result = await readIfcGuarded(...args);
  return result.ok ? 'read' : result.error.code;
};

describe('a reading in a process of its own', () => {
  it('gives the envelope, its cost and the questions of the pre-flight report', async () => {
    const read = await readIfcGuarded({ name: 'house.ifc', bytes: house }, { deadlineMs: 60_000 });
    expect(read.ok).toBe(true);
    if (!read.ok) return;
    expect(read.value.envelope.externalWalls).toBe(4);
    expect(read.value.ledger.recordsInFile).toBeGreaterThan(100);
    expect(read.value.preflight.found.length).toBeGreaterThan(0);
  });

  it('reads a path under the name the person gave it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stacoptim-'));
    try {
      const path = join(folder, 'upload-1234');
      writeFileSync(path, house.subarray(0, house.length / 2));
      const read = await readIfcGuarded({ name: 'maison.ifc', path }, { deadlineMs: 60_000 });
      expect(read).toMatchObject({ ok: false, error: { code: 'truncated-file' } });
      expect(JSON.stringify(read)).toContain('maison.ifc');
      expect(JSON.stringify(read)).not.toContain(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is ended when it takes more memory than it may, and this process goes on', async () => {
    const before = process.memoryUsage.rss();
    const bytes = bomb(150);
    expect(await codeOf({ name: 'bomb.ifc.gz', bytes }, { deadlineMs: 60_000, memoryMb: 160 })).toBe(
      'out-of-memory',
    );
    expect(process.memoryUsage.rss() - before).toBeLessThan(1e9);
    expect(await codeOf({ name: 'house.ifc', bytes: house }, { deadlineMs: 60_000 })).toBe('read');
  });

  it('is ended at its deadline, even before it has come to the file', async () => {
    expect(await codeOf({ name: 'house.ifc', bytes: house }, { deadlineMs: 10 })).toBe('deadline-passed');
  });

  it('is ended when it is cancelled', async () => {
    const control = new AbortController();
    const read = codeOf({ name: 'house.ifc', bytes: house }, { deadlineMs: 60_000, signal: control.signal });
    control.abort();
    expect(await read).toBe('cancelled');
  });

  it('waits for its turn, and says so when too many wait', async () => {
    const input = { name: 'house.ifc', bytes: house };
    const codes = await Promise.all(Array.from({ length: 40 }, () => codeOf(input, { deadlineMs: 10 })));
    expect(codes.filter((code) => code === 'too-many-readings').length).toBeGreaterThan(10);
    expect(codes.filter((code) => code === 'deadline-passed').length).toBeGreaterThan(15);
  });
});

/** Rooms that all fill the same place: each is compared with each other one, which takes longer than anybody waits. */
const crowd = (rooms: number): Buffer => {
  const [, space = ''] = /#\d+=(IFCSPACE\('[^;]*);/.exec(smallHouse()) ?? [];
  const extra = Array.from(
    { length: rooms },
    (_, i) => `#${100_000 + i}=${space.replace(/IFCSPACE\('[^']*'/, `IFCSPACE('room-${i}'`)};`,
  );
  return Buffer.from(smallHouse({ extra: extra.join('\n') }));
};

describe('a model whose geometry never ends', () => {
  it('is stopped at the deadline, in this process as in one of its own', async () => {
    const bytes = crowd(4000);
    const here = await digitise(bytesSource('crowd.ifc', bytes), { deadlineMs: 1500 });
    expect(here).toMatchObject({ ok: false, error: { code: 'deadline-passed' } });
    expect(await codeOf({ name: 'crowd.ifc', bytes }, { deadlineMs: 3000 })).toBe('deadline-passed');
  });

  it('takes a deadline of centuries as one', async () => {
    expect(await codeOf({ name: 'house.ifc', bytes: house }, { deadlineMs: 1e15 })).toBe('read');
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startLedger } from '#app/clock.ts';
import { startRapl } from '#app/rapl.ts';

let folder = '';

const counter = (name: string, microjoules: number | string, rangeUj = 262_143_328_850): void => {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'energy_uj'), `${microjoules}\n`);
  writeFileSync(join(folder, name, 'max_energy_range_uj'), `${rangeUj}\n`);
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'powercap-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('processor energy counters', () => {
  it('adds the packages and leaves their parts out', () => {
    counter('intel-rapl:0', 1_000_000);
    counter('intel-rapl:1', 5_000_000);
    counter('intel-rapl:0:0', 0);
    const read = startRapl(folder);
    counter('intel-rapl:0', 3_000_000);
    counter('intel-rapl:1', 5_500_000);
    counter('intel-rapl:0:0', 900_000_000);
    expect(read?.()).toBeCloseTo(2.5, 9);
  });

  it('mends a counter that came round', () => {
    counter('intel-rapl:0', 9_000_000, 10_000_000);
    const read = startRapl(folder);
    counter('intel-rapl:0', 1_000_000, 10_000_000);
    expect(read?.()).toBeCloseTo(2, 9);
  });

  it('is absent without a folder, without packages, or with something unreadable', () => {
    expect(startRapl(join(folder, 'none'))).toBeUndefined();
    expect(startRapl(folder)).toBeUndefined();
    counter('intel-rapl:0', 'denied');
    expect(startRapl(folder)).toBeUndefined();
  });

  it('gives nothing when the counter goes away', () => {
    counter('intel-rapl:0', 1);
    const read = startRapl(folder);
    rmSync(join(folder, 'intel-rapl:0'), { recursive: true });
    expect(read?.()).toBeUndefined();
  });
});

describe('the ledger', () => {
  it('takes the counter where there is one and says so; other programs are inside it', () => {
    counter('intel-rapl:0', 0);
    const end = startLedger('fit', folder);
    counter('intel-rapl:0', 40_000_000);
    const { energyJ } = end();
    expect(energyJ.value).toBeCloseTo(40, 9);
    expect(energyJ.high).toBeCloseTo(40, 9);
    expect(energyJ.low).toBeLessThan(40);
    expect(energyJ.basis).toContain('RAPL');
  });

  it('falls back on CPU time at a stated power, and says so', () => {
    const { energyJ, cpuMs } = startLedger('fit', folder)();
    expect(energyJ.value).toBeCloseTo(cpuMs / 100, 9);
    expect(energyJ.basis).toContain('no power counter read');
  });
});

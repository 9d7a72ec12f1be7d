import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cpuEnergyJ } from '#core/ledger.ts';
import { fitModel, modelRecord, modelRecordSchema, readModelRecord, recordWindow } from '#measure/index.ts';
import { plainTruth, simulatedMeter, year } from '../../scripts/validate/simulated-meter.ts';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/model-records', name), 'utf8'));

const ledger = { work: 'fit', wallMs: 3, cpuMs: 2, peakRssMb: 90, energyJ: cpuEnergyJ(2) };
const source = { dataHash: 'ab', readings: 'a meter', version: '0.1.0', ledger };

describe('model records load for ever', () => {
  it.each(['model-record-1.json', 'model-record-2.json'])('%s reads as the newest version', (name) => {
    const read = readModelRecord(fixture(name));
    if (!read.ok) throw new Error(read.error.code);
    expect(modelRecordSchema.safeParse(read.value).success).toBe(true);
    expect(recordWindow(read.value)).toEqual(year(2021));
    expect(read.value.data.hash).toBe('f0'.repeat(32));
    expect(read.value.diagnostics.n).toBe(365);
    expect(read.value.candidates.filter(({ chosen }) => chosen)).toHaveLength(1);
    expect(read.value.parameters['heatingSlope']?.unit).toBe('kWh/(K·d)');
  });

  it('an hourly one too, with its profile of the week', () => {
    const read = readModelRecord(fixture('model-record-2-hourly.json'));
    if (!read.ok) throw new Error(read.error.code);
    expect(read.value.resolution).toBe('hourly');
    expect(recordWindow(read.value)).toEqual(year(2022));
    expect(read.value.diagnostics.n).toBe(365 * 24);
    expect(read.value.candidates.find(({ chosen }) => chosen)?.kind).toBe(read.value.model.kind);
    expect(read.value.model).toHaveProperty('profile');
    expect(read.value.model).toHaveProperty('covariance');
  });

  it('what the first version did not keep is null, never invented', () => {
    const read = readModelRecord(fixture('model-record-1.json'));
    if (!read.ok) throw new Error(read.error.code);
    expect(read.value.data.weather).toBeNull();
    expect(read.value.ledger).toBeNull();
    expect(read.value.diagnostics.coverage90).toBeNull();
  });

  it.each([
    {},
    null,
    'text',
    { schema: 'stacoptim.model-record/99' },
    { schema: 'stacoptim.model-record/2' },
  ])('refuses %j with a reason', (json) => {
    const read = readModelRecord(json);
    expect(read.ok ? 'read' : read.error.code).toBe('model-record-unknown');
  });
});

describe('a record of today', () => {
  let ms = 0;
  const fitted = fitModel(simulatedMeter(plainTruth, { years: 1, seed: 22 }), {
    baseline: year(2021),
    clock: () => ms++,
  });
  if (!fitted.ok) throw new Error(fitted.error.code);
  const record = modelRecord(fitted.value, source);

  it('survives JSON and its own schema', () => {
    const read = readModelRecord(JSON.parse(JSON.stringify(record)));
    expect(read.ok && read.value).toEqual(record);
  });

  it('says what each candidate cost and gained over the simpler ones', () => {
    expect(record.candidates[0]?.gainPoints).toBeNull();
    for (const { energyJ } of record.candidates) expect(energyJ?.unit).toBe('J');
    const [mean, degreeDay] = record.candidates;
    expect(degreeDay?.gainPoints).toBeCloseTo((mean?.score ?? 0) - (degreeDay?.score ?? 0), 10);
    expect(degreeDay?.gainPoints).toBeGreaterThan(10);
  });

  it('counts how many of its own days lie inside their interval', () => {
    const { rows } = fitted.value;
    const inside = rows.filter(({ actual, low, high }) => actual >= low && actual <= high).length;
    expect(record.diagnostics.coverage90).toBeCloseTo(inside / rows.length, 12);
    expect(record.diagnostics.coverage90).toBeGreaterThan(0.85);
  });
});

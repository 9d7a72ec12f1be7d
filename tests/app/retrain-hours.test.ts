import { expect, it } from 'vitest';
import { startLedger } from '#app/clock.ts';
import { retrain } from '#app/train.ts';
import { readModelRecord } from '#measure/index.ts';
import { withStores } from '../support/database.ts';
import { hourlyMeter, officeLoad } from '../support/hourly-meter.ts';
import { hours, sampleBuilding, sampleMeter } from '../support/samples.ts';

const HOUR_MS = 3_600_000;

/** 1 January 2022. */
const firstDay = 18_993;

withStores('the live model of a meter read by the hour', ({ store }) => {
  const context = () => ({ store: store(), nowMs: () => Date.UTC(2024, 0, 1), startLedger });
  const office = hourlyMeter(500, officeLoad, { noise: 3 });

  const give = (id: string, from: number, to: number) =>
    store().readings.upsert(
      id,
      hours((firstDay + from) * 24 * HOUR_MS, (to - from) * 24, (hour) => office.energyKwh[from * 24 + hour]),
    );

  const current = async (id: string) => {
    const model = await store().models.current(id);
    const read = readModelRecord(model?.record);
    if (!read.ok) throw new Error(read.error.code);
    return read.value;
  };

  it('is of hours, passes the gate of the nightly job, and leaves the frozen baseline in days', async () => {
    const id = 'office-hours';
    await store().buildings.save(sampleBuilding('office'));
    await store().meters.save({
      ...sampleMeter(id, 'office'),
      carrier: 'electricity',
      timezone: 'UTC',
      personal: false,
    });
    await store().works.save({
      id: 'office-works',
      buildingId: 'office',
      measures: [],
      startDay: '2023-02-01',
      endDay: '2023-02-10',
    });
    const meanC = Float64Array.from(
      { length: 500 },
      (_, day) => office.outdoorC.slice(day * 24, day * 24 + 24).reduce((sum, one) => sum + one, 0) / 24,
    );
    await store().weather.saveStation({
      id: 'station',
      name: 'Station',
      latitudeDeg: 44.8,
      longitudeDeg: -0.6,
      altitudeM: 20,
      source: 'test',
      simulated: true,
    });
    await store().weather.saveDaily('station', {
      firstDay,
      meanC,
      ghiWm2: new Float64Array(500).fill(Number.NaN),
    });

    await give(id, 0, 440);
    const [first] = await retrain(context());
    expect(first.outcome).toBe('promoted');
    const record = await current(id);
    expect(record.resolution).toBe('hourly');
    expect(record.model.kind).toMatch(/^towt/);
    expect(record.warnings.map(({ code }) => code)).toContain('temperature-of-day');
    expect(record.diagnostics.n).toBe(365 * 24);
    expect(record.parameters['workingDayLoad']?.unit).toBe('kWh/h');
    expect(record.ledger?.work).toBe('retrain');

    const baseline = readModelRecord((await store().models.baseline(id))?.record);
    expect(baseline.ok && baseline.value.resolution).toBe('daily');

    expect((await retrain(context()))[0].outcome).toBe('unchanged');
    await give(id, 440, 500);
    const [second] = await retrain(context());
    expect(second.reason.en).toMatch(
      /^(Promoted|Refused): error of [\d.]+ % against [\d.]+ % on 60 held-back days\.$/,
    );
    expect(await store().models.history(id, 'live')).toHaveLength(2);
  }, 120_000);

  it('takes over from a model of days through the same gate, judged in days', async () => {
    const id = 'office-days-first';
    await store().buildings.save(sampleBuilding('office-2'));
    await store().meters.save({
      ...sampleMeter(id, 'office-2'),
      carrier: 'electricity',
      timezone: 'UTC',
      personal: false,
    });
    await give(id, 0, 500);
    await retrain(context());
    const hourly = await store().models.current(id);
    const record = await current(id);
    const older = {
      ...record,
      resolution: 'daily',
      data: { ...record.data, window: '2022-01-01/2022-12-31', hash: 'older' },
    };
    const window = hourly?.window ?? { fromMs: 0, toMs: 0 };
    const daily = await store().models.add({
      meterId: id,
      role: 'live',
      record: older,
      dataHash: 'older',
      window,
    });
    await store().models.promote(daily, { by: 'test', reason: 'test' });
    const results = await retrain(context());
    const again = results.find(({ meterId }) => meterId === id);
    expect(again?.outcome).toBe('promoted');
    expect(again?.reason.en).toContain('60 held-back days');
    expect((await current(id)).resolution).toBe('hourly');
  }, 120_000);
});

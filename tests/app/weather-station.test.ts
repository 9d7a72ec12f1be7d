import { expect, it } from 'vitest';
import { mainMeter, meterReadings } from '#app/derived-meters.ts';
import { meterSeries } from '#app/daily-series.ts';
import { stationFor } from '#app/weather-station.ts';
import { withStores } from '../support/database.ts';
import { hours, sampleBuilding, sampleMeter } from '../support/samples.ts';

withStores('what stands behind the series of a building', (database) => {
  it('takes the near station, the far one where the near knows too little, and says why', async () => {
    const { store } = database;
    const site = { latitudeDeg: 44.84, longitudeDeg: -0.58, altitudeM: 20 };
    await store().buildings.save({ ...sampleBuilding('placed'), facts: { site } });
    await store().buildings.save({ ...sampleBuilding('nowhere'), facts: {} });
    const station = { altitudeM: 20, source: 'test', simulated: true };
    const add = async (id: string, latitudeDeg: number, days: number): Promise<void> => {
      await store().weather.saveStation({ ...station, id, name: id, latitudeDeg, longitudeDeg: -0.58 });
      const meanC = new Float64Array(days).fill(10);
      await store().weather.saveDaily(id, { firstDay: 19_000, meanC, ghiWm2: meanC });
    };
    const days = { firstDay: 19_000, lastDay: 19_099 };
    expect(await stationFor(store(), 'placed', days)).toBeUndefined();
    await add('a-far', 45.3, 100);
    await add('b-near', 44.9, 50);
    expect(await stationFor(store(), 'placed', days)).toMatchObject({
      station: { id: 'a-far' },
      told: { code: 'station-chosen' },
    });
    await add('b-near', 44.9, 100);
    expect((await stationFor(store(), 'placed', days))?.station.id).toBe('b-near');
    expect(await stationFor(store(), 'nowhere', days)).toMatchObject({
      station: { id: 'a-far' },
      told: { code: 'station-unplaced' },
    });
    // A station that came later, before the others by its name, changes nothing for a building of unknown place.
    await add('A-newer', 44.85, 100);
    expect((await stationFor(store(), 'nowhere', days))?.station.id).toBe('a-far');
    expect(await stationFor(store(), 'placed', { firstDay: 1, lastDay: 9 })).toMatchObject({
      told: { code: 'station-fallback' },
    });
  });

  it('reads the part of a shared meter as the series of a building, with the decisions about its source', async () => {
    const { store } = database;
    await store().buildings.save(sampleBuilding('shared'));
    await store().meters.save(sampleMeter('gas', 'shared'));
    await store().meters.save({ ...sampleMeter('heating', 'shared'), use: 'heating' });
    await store().meters.save({ ...sampleMeter('hot-water', 'shared'), use: 'hot water' });
    await store().readings.upsert(
      'gas',
      hours(Date.UTC(2024, 0, 1, -1), 48, () => 5),
    );
    for (const recipient of ['heating', 'hot-water'])
      await store().derivations.save({
        meterId: recipient,
        rule: {
          kind: 'share',
          of: 'gas',
          recipient,
          key: 'July',
          rule: { kind: 'base-load', base: 'hot-water', rest: 'heating', kwhDay: 48 },
        },
        sources: ['gas'],
        by: 'A. Martin',
        reason: 'July',
      });
    const main = mainMeter(await store().meters.list('shared'), await store().derivations.list('shared'));
    expect(main?.id).toBe('heating');
    if (main === undefined) return;
    await store().decisions.add(
      {
        meterId: 'gas',
        finding: 'other',
        fromDay: '2024-01-02',
        toDay: '2024-01-02',
        action: 'correct',
        factor: 2,
      },
      { by: 'A. Martin', reason: 'transformer' },
    );
    const read = await meterSeries(store(), main);
    if (read?.ok !== true) throw new Error('the series is computed');
    expect([...read.value.series.energyKwh]).toEqual([72, 192]);
    const said = read.value.warnings.find(({ code }) => code === 'derived-series');
    expect(said?.message.en).toContain('above the base load of 48 kWh a day of meter “gas”');
    const asItCame = await meterReadings(store(), main, false);
    expect(asItCame?.ok === true && asItCame.value.readings.energyKwh[30]).toBe(3);
  });
});

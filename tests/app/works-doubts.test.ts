import { beforeAll, expect, it } from 'vitest';
import { startLedger } from '#app/clock.ts';
import { correctStock } from '#app/correct-stock.ts';
import { withStores } from '../support/database.ts';
import { sampleBuilding, sampleMeter } from '../support/samples.ts';
import { sampleTwin } from '../support/sample-twin.ts';

const dayMs = 86_400_000;
const firstDay = Date.UTC(2022, 0, 1) / dayMs;
const days = 900;
const outdoorC = (i: number): number => 11 - 8 * Math.cos((2 * Math.PI * i) / 365.25) + (i % 7) - 3;

withStores('savings that must not pass unseen', ({ store }) => {
  const context = (late: number) => ({
    store: store(),
    nowMs: () => (firstDay + days + late) * dayMs,
    startLedger,
  });

  beforeAll(async () => {
    await store().buildings.save(sampleBuilding('ecole'));
    await store().twins.save('ecole', sampleTwin('ecole'), {});
    await store().meters.save({ ...sampleMeter('gaz', 'ecole'), timezone: 'UTC' });
    await store().weather.saveStation({
      id: 'mto',
      name: 'Station',
      latitudeDeg: 45,
      longitudeDeg: 0,
      altitudeM: 50,
      source: 'test',
      simulated: true,
    });
    await store().weather.saveDaily('mto', {
      firstDay: firstDay - 2,
      meanC: Float64Array.from({ length: days + 4 }, (_, i) => outdoorC(i - 2)),
      ghiWm2: new Float64Array(days + 4).fill(Number.NaN),
    });
    const startMs = Float64Array.from({ length: days }, (_, i) => (firstDay + i) * dayMs);
    await store().readings.upsert('gaz', {
      startMs,
      endMs: startMs.map((start) => start + dayMs),
      energyKwh: Float64Array.from({ length: days }, (_, i) =>
        i > 500 ? 5 + (i % 3) : 50 + 20 * Math.max(0, 16 - outdoorC(i)) + (i % 5),
      ),
    });
  });

  const measured = async (late: number) => {
    const corrected = await correctStock(context(late));
    return corrected.ok ? corrected.value.savings : [];
  };
  const works = {
    id: 'pac-2023',
    buildingId: 'ecole',
    measures: ['heat-pump-air'],
    startDay: '2023-04-15',
    endDay: '2023-05-15',
  };

  it('does not call a change of fuel a saving, nor learn from it', async () => {
    await store().works.save({ ...works, carrierAfter: 'electricity' });
    const [one] = await measured(0);
    expect(one?.status).toBe('disqualified');
    expect(one?.warnings.map(({ code }) => code)).toContain('fuel-switch');
  });

  it('says that readings stopped', async () => {
    expect((await measured(0))[0]?.warnings.map(({ code }) => code)).not.toContain('readings-stopped');
    expect((await measured(90))[0]?.warnings.map(({ code }) => code)).toContain('readings-stopped');
  });

  it('measures nothing after a demolition', async () => {
    await store().works.save({ ...works, measures: [], endedBy: 'demolition' });
    expect(await measured(0)).toEqual([]);
  });
});

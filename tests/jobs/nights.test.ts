import { beforeAll, expect, it } from 'vitest';
import { startLedger } from '#app/clock.ts';
import { correctStock } from '#app/correct-stock.ts';
import { allBuildings } from '#app/every-building.ts';
import { needsLook, nightLines, summarise } from '#jobs/night-summary.ts';
import { type Night, runNights } from '#jobs/nightly.ts';
import { withStores } from '../support/database.ts';
import { sampleTwin } from '../support/sample-twin.ts';
import { sampleBuilding, sampleMeter } from '../support/samples.ts';

const dayMs = 86_400_000;
const firstDay = Date.UTC(2022, 0, 1) / dayMs;
const days = 1100;
const outdoorC = (i: number): number => 11 - 8 * Math.cos((2 * Math.PI * i) / 365.25) + (i % 7) - 3;
const worksAt = Date.UTC(2023, 2, 1) / dayMs - firstDay;
const kwh = (i: number): number =>
  (50 + 20 * Math.max(0, 16 - outdoorC(i)) * (i >= worksAt ? 0.75 : 1)) * (1 + 0.02 * ((i % 5) - 2));

const metersOf = (night: Night | undefined) =>
  night !== undefined && 'done' in night ? night.done.meters : undefined;

withStores('the loop by the nightly job alone', ({ store }) => {
  let today = 0;
  const context = () => ({ store: store(), nowMs: () => (firstDay + today) * dayMs, startLedger });
  const send = (from: number, to: number) => {
    const startMs = Float64Array.from({ length: to - from }, (_, i) => (firstDay + from + i) * dayMs);
    return store().readings.upsert('gaz', {
      startMs,
      endMs: startMs.map((start) => start + dayMs),
      energyKwh: Float64Array.from({ length: to - from }, (_, i) => kwh(from + i)),
    });
  };
  const night = async () => {
    const [local] = await runNights(context(), () => undefined);
    return metersOf(local)?.map(({ meterId, outcome }) => `${meterId} ${outcome}`);
  };

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
    await store().works.save({
      id: 'toit',
      buildingId: 'ecole',
      measures: ['roof-insulation'],
      startDay: '2023-03-01',
      endDay: '2023-03-01',
    });
  });

  it('trains, then freezes, measures and learns, then tightens, as readings arrive', async () => {
    today = worksAt - 10;
    await send(0, today);
    expect(await night()).toEqual(['gaz promoted']);
    expect(await store().savings.list()).toEqual([]);

    today = worksAt + 240;
    await send(worksAt - 10, today);
    // The gate may keep the year across the works out: what counts is that the night came to an end with a verdict.
    expect(await night()).toHaveLength(1);
    const [first] = await store().savings.list();
    expect(first?.result).toMatchObject({ status: 'provisional' });
    expect((await store().models.baseline('gaz'))?.window.toMs).toBe((firstDay + worksAt) * dayMs);

    const frozen = await store().models.baseline('gaz');
    today = worksAt + 600;
    await send(worksAt + 240, today);
    await night();
    const [last] = await store().savings.list();
    expect(last?.id).not.toBe(first?.id);
    expect(last?.result).toMatchObject({ status: 'final' });
    expect(await store().models.baseline('gaz')).toEqual(frozen);
    const [learnt] = await store().audit.list({ subject: 'stock', limit: 1 });
    expect(learnt).toMatchObject({ by: 'stacoptim correct', action: 'learn-rates' });
  });

  it('changes nothing when run again without readings', async () => {
    const before = [await store().models.history('gaz'), await store().savings.list()];
    expect(await night()).toEqual(['gaz unchanged']);
    expect([await store().models.history('gaz'), await store().savings.list()]).toEqual(before);
  });

  it('goes through every organisation; a meter that fails in one stops nobody and is named', async () => {
    const other = await store().identities.addOrganisation('autre');
    const theirs = await store().forOrganisation(other);
    await theirs.buildings.save(sampleBuilding('vide'));
    await theirs.meters.save(sampleMeter('muet', 'vide'));
    const nights = await runNights(context(), () => undefined);
    const [ours, theirNight] = await Promise.all(nights.map((one) => summarise(context(), one)));
    expect([ours, theirNight].map((one) => one?.organisation)).toEqual(['local', 'autre']);
    expect(ours).toMatchObject({
      failures: [],
      meters: { unchanged: 1 },
      works: { measured: 0, unchanged: 1, provisional: 0 },
    });
    expect(ours?.sentence.fr).toMatch(
      /^1 compteur : .*1 inchangé ; 0 opération mesurée, 1 inchangée ; .*aucun échec\.$/,
    );
    expect([ours, theirNight].map((one) => one !== undefined && needsLook(one))).toEqual([false, true]);
    expect(theirNight?.failures).toMatchObject([
      { kind: 'meter', id: 'muet', reason: { fr: 'aucun relevé.' } },
    ]);
    const [, second] = nights;
    if (second === undefined || theirNight === undefined) throw new Error('two nights were expected');
    expect(nightLines(second, theirNight, 'fr').join('\n')).toMatch(/muet\s+aucun relevé/);
  });

  it('names a building whose works cannot be measured, and measures the others', async () => {
    await store().buildings.save(sampleBuilding('mairie'));
    await store().twins.save('mairie', sampleTwin('mairie'), {});
    const works = {
      buildingId: 'mairie',
      measures: ['windows'],
      startDay: '2023-03-01',
      endDay: '2023-03-01',
    };
    await store().works.save({ id: 'fenetres', ...works });
    await store().meters.save({ ...sampleMeter('gaz-mairie', 'mairie'), timezone: 'UTC' });
    await store().readings.upsert('gaz-mairie', await store().readings.read('gaz'));
    const broken = {
      ...store(),
      twins: {
        ...store().twins,
        current: (id: string) =>
          id === 'ecole' ? Promise.reject(new Error('unreadable twin')) : store().twins.current(id),
      },
    };
    const corrected = await correctStock({ ...context(), store: broken });
    if (!corrected.ok) throw new Error(corrected.error.message.en);
    expect(corrected.value.failed).toMatchObject([
      { buildingId: 'ecole', reason: { en: 'error of the program: unreadable twin' } },
    ]);
    expect(corrected.value.savings.map(({ worksId }) => worksId)).toEqual(['fenetres']);
  });

  it('sees the buildings after the thousandth', async () => {
    for (let i = 0; i < 1005; i++) await store().buildings.save(sampleBuilding(`b${i}`));
    expect(await allBuildings(store())).toHaveLength(1007);
  }, 120_000);
});

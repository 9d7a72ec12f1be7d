import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDay } from '#core/calendar.ts';
import { startLedger } from '#app/clock.ts';
import type { AppContext } from '#app/context.ts';
import { twinFromForm } from '#create/index.ts';
import { runNightly } from '#jobs/nightly.ts';
import { openStore, type Store } from '#store/index.ts';
import { type Figure, figuresOf, type Part } from '../figures/figure.ts';
import { normals, plainTruth, simulatedMeter } from '../validate/simulated-meter.ts';

const DAY_MS = 86_400_000;
const RESIDENCES = 1500;
const DAYS = 3 * 365;
/** One residence in ten had works in its second year; what they save, as a share of heating. */
const WORKS_EVERY = 10;
const worksDay = '2022-09-01';
const SAVED = 0.25;
const GOAL_S = 300;
/** Memory may grow by this share from the first third of a night to its last. */
const FLAT = 1.15;
const MB = 1024 * 1024;

const weather = simulatedMeter(plainTruth, { years: (DAYS + 2) / 365, seed: 7 });
const { firstDay, outdoorC } = weather;

/** Heating below 16 °C on a base, with a scatter of its own (6 %), under the weather of all; less what its works save. */
const readingsOf = (index: number, from: number, to: number) => {
  const normal = normals(1000 + index);
  const worksFrom = (parseDay(worksDay) ?? 0) - firstDay;
  const [base, slope] = [200 + (index % 17) * 20, 60 + (index % 13) * 10];
  const all = Float64Array.from(outdoorC, (t, i) => {
    const saved = index % WORKS_EVERY === 0 && i >= worksFrom ? SAVED : 0;
    return (base + slope * Math.max(0, 16 - t) * (1 - saved)) * (1 + 0.06 * normal());
  });
  const startMs = Float64Array.from({ length: to - from }, (_, i) => (firstDay + from + i) * DAY_MS);
  return { startMs, endMs: startMs.map((start) => start + DAY_MS), energyKwh: all.subarray(from, to) };
};

const prepare = async (store: Store, residences: number, metersEach = 1): Promise<void> => {
  await store.weather.saveStation({
    id: 'bench',
    name: 'Bench',
    latitudeDeg: 45,
    longitudeDeg: 0,
    altitudeM: 50,
    source: 'simulated',
    simulated: true,
  });
  await store.weather.saveDaily('bench', {
    firstDay,
    meanC: outdoorC,
    ghiWm2: new Float64Array(outdoorC.length).fill(Number.NaN),
  });
  for (let index = 0; index < residences; index++) {
    const id = `r${String(index).padStart(5, '0')}`;
    await store.buildings.save({
      id,
      name: { fr: `Résidence ${index}`, en: `Residence ${index}` },
      use: 'housing',
      simulated: true,
      facts: { dwellings: 40 },
    });
    const made = twinFromForm({
      id,
      name: id,
      use: 'housing',
      floorAreaM2: 2600,
      storeys: 4,
      constructionYear: 1968,
    });
    if (!made.ok) throw new Error(made.error.message.en);
    await store.twins.save(id, made.value.twin, {});
    for (let k = 0; k < metersEach; k++) {
      const meterId = k === 0 ? `${id}-gas` : `${id}-gas-${k}`;
      await store.meters.save({
        id: meterId,
        buildingId: id,
        name: 'gas',
        carrier: 'gas',
        use: 'heating',
        unit: 'kWh',
        timezone: 'UTC',
        personal: false,
      });
      await store.readings.upsert(meterId, readingsOf(index + k * residences, 0, DAYS));
    }
    if (index % WORKS_EVERY === 0)
      await store.works.save({
        id: `${id}-works`,
        buildingId: id,
        measures: ['roof-insulation', 'wall-insulation-outside'],
        startDay: worksDay,
        endDay: worksDay,
      });
  }
};

type NightMeasured = {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Peak resident memory of the last third of the meters over that of the first. */
  readonly growth: number;
  readonly peakMb: number;
  readonly failed: number;
};

/** One night, timed; memory is read before each meter. */
const timedNight = async (context: AppContext): Promise<NightMeasured> => {
  const thirds = [0, 0, 0];
  const cpu = process.cpuUsage();
  const started = performance.now();
  const run = await runNightly(context, (done, total) => {
    const third = Math.min(2, Math.floor((3 * done) / total));
    thirds[third] = Math.max(thirds[third], process.memoryUsage().rss);
  });
  const { user, system } = process.cpuUsage(cpu);
  if (!run.ok) throw new Error(run.error.message.en);
  const { meters, correction } = run.value;
  return {
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: (user + system) / 1e6,
    growth: thirds[2] / thirds[0],
    peakMb: Math.max(...thirds) / MB,
    failed: meters.filter(({ outcome }) => outcome === 'failed').length + correction.failed.length,
  };
};

/** The first night of many meters, none of which has a model yet: more work than the nights that follow. */
export const measureFirstNight = async (
  residences: number,
  metersEach: number,
  tell: (line: string) => void,
): Promise<NightMeasured> => {
  const folder = mkdtempSync(join(tmpdir(), 'stacoptim-nightly-'));
  const store = await openStore({ dataDir: join(folder, 'pg') });
  try {
    await prepare(store, residences, metersEach);
    tell(`${residences * metersEach} meters loaded`);
    return await timedNight({ store, nowMs: () => (firstDay + DAYS) * DAY_MS, startLedger });
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Loads residences, trains them a first time, gives each a day more, and times the night that follows, and one without anything new. */
const measureNights = async (
  residences: number,
  tell: (line: string) => void,
): Promise<{ readonly night: NightMeasured; readonly idle: NightMeasured }> => {
  const folder = mkdtempSync(join(tmpdir(), 'stacoptim-nightly-'));
  const store = await openStore({ dataDir: join(folder, 'pg') });
  try {
    let today = firstDay + DAYS;
    const context = { store, nowMs: () => today * DAY_MS, startLedger };
    await prepare(store, residences);
    tell(`${residences} residences loaded`);
    const first = await timedNight(context);
    tell(`first night ${first.seconds.toFixed(0)} s`);
    for (let index = 0; index < residences; index++)
      await store.readings.upsert(
        `r${String(index).padStart(5, '0')}-gas`,
        readingsOf(index, DAYS, DAYS + 1),
      );
    today++;
    const night = await timedNight(context);
    return { night, idle: await timedNight(context) };
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

const figure = figuresOf('nightly', 'npm run bench -- --only nightly');

/** How flat the memory of a night was. */
export const memoryFigure = (figure: ReturnType<typeof figuresOf>, night: NightMeasured, n: number): Figure =>
  figure({
    id: 'memory-growth',
    metric: 'peak memory of the last third of the meters over the first third',
    value: night.growth,
    unit: '1',
    goal: `<= ${FLAT}`,
    holds: night.growth <= FLAT,
    n,
    comparator: { name: 'peak memory', value: night.peakMb, unit: 'MB' },
  });

export const nightlyPart: Part = {
  title: 'The nightly retraining of 1,500 residences',
  notes: `${RESIDENCES.toLocaleString('en')} residences that do not exist, three years of daily gas readings each, one in ten with works, in the embedded database. Each has a model in force; a day of readings arrives; the night that follows is timed whole: every meter fitted, tried against the model in force and let through the gate or kept, works measured, rates learnt. The comparator is the night after it, with nothing new. Memory is that of the process, read before each meter.`,
  run: async ({ tell }): Promise<readonly Figure[]> => {
    const { night, idle } = await measureNights(RESIDENCES, tell);
    return [
      figure({
        id: 'seconds',
        metric: 'one night, every meter with a new day',
        value: night.seconds,
        unit: 's',
        goal: `<= ${GOAL_S}`,
        holds: night.seconds <= GOAL_S,
        n: RESIDENCES,
        comparator: { name: 'a night without new readings', value: idle.seconds, unit: 's' },
      }),
      figure({
        id: 'cpu-per-residence',
        metric: 'processor time of the program a residence',
        value: (1000 * night.cpuSeconds) / RESIDENCES,
        unit: 'ms',
        goal: 'reported',
        holds: null,
        n: RESIDENCES,
      }),
      memoryFigure(figure, night, RESIDENCES),
      figure({
        id: 'failed',
        metric: 'meters or buildings that failed',
        value: night.failed,
        unit: '1',
        goal: '0',
        holds: night.failed === 0,
        n: RESIDENCES,
      }),
    ];
  },
};

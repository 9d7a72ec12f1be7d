/**
 * `npm run soak:nights -- [--rounds 100]`: kills the nightly job with SIGKILL at a random moment, again and again, and every second time the
 * embedded database too, while readings keep arriving; then looks for each reading, for models without a verdict or that cannot be read, and for
 * each promotion in the audit log. Exits 0 when no reading was lost, no model is half there, and each promotion, baseline and
 * figure is there exactly once.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import pg from 'pg';
import { parseDay } from '../../src/core/calendar.ts';
import { twinFromForm } from '../../src/create/index.ts';
import { readModelRecord } from '../../src/measure/index.ts';
import { readPostmaster } from '../../src/store/embedded/postmaster.ts';
import { openEmbedded, openStore, type Store } from '../../src/store/index.ts';
import { normals, plainTruth, simulatedMeter } from '../validate/simulated-meter.ts';

const DAY_MS = 86_400_000;
/** Days that arrive before each night: as many as make every model due. */
const STEP_DAYS = 28;
const FIRST_DAYS = 500;
const BUILDINGS = 3;
const METERS_EACH = 2;
const worksDay = '2021-02-01';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '100' } } });
const roundCount = Number(values.rounds);
const allDays = FIRST_DAYS + STEP_DAYS * (roundCount + 2);
const { firstDay, outdoorC } = simulatedMeter(plainTruth, { years: (allDays + 2) / 365, seed: 7 });

const buildingOf = (index: number): string => `b${Math.floor(index / METERS_EACH)}`;
const meterOf = (index: number): string => `b${Math.floor(index / METERS_EACH)}-gas-${index % METERS_EACH}`;
const meters = Array.from({ length: BUILDINGS * METERS_EACH }, (_, index) => index);

/** Heating below 16 °C on a base with a scatter of its own; the level moves every year, so that the gate has something to say. */
const energy = meters.map((index) => {
  const normal = normals(500 + index);
  const worksFrom = (parseDay(worksDay) ?? 0) - firstDay;
  return Float64Array.from(outdoorC, (t, i) => {
    const level = 1 + 0.05 * Math.sin(i / 200 + index) - (i >= worksFrom && index < METERS_EACH ? 0.2 : 0);
    return (150 + 20 * index + 60 * Math.max(0, 16 - t) * level) * (1 + 0.05 * normal());
  });
});

const send = async (store: Store, from: number, to: number): Promise<void> => {
  for (const index of meters) {
    const startMs = Float64Array.from({ length: to - from }, (_, i) => (firstDay + from + i) * DAY_MS);
    await store.readings.upsert(meterOf(index), {
      startMs,
      endMs: startMs.map((start) => start + DAY_MS),
      energyKwh: (energy[index] ?? new Float64Array()).subarray(from, to),
    });
  }
};

const prepare = async (store: Store): Promise<void> => {
  await store.weather.saveStation({
    id: 'soak',
    name: 'Soak',
    latitudeDeg: 45,
    longitudeDeg: 0,
    altitudeM: 50,
    source: 'simulated',
    simulated: true,
  });
  const ghiWm2 = new Float64Array(outdoorC.length).fill(Number.NaN);
  await store.weather.saveDaily('soak', { firstDay, meanC: outdoorC, ghiWm2 });
  for (const index of meters) {
    const id = buildingOf(index);
    await store.buildings.save({ id, name: { fr: id, en: id }, use: 'office', simulated: true, facts: {} });
    const form = { id, name: id, use: 'office', floorAreaM2: 1500, storeys: 3, constructionYear: 1968 };
    const made = twinFromForm({ ...form, use: 'office' });
    if (!made.ok) throw new Error(made.error.message.en);
    await store.twins.save(id, made.value.twin, {});
    await store.meters.save({
      id: meterOf(index),
      buildingId: id,
      name: 'gas',
      carrier: 'gas',
      use: 'heating',
      unit: 'kWh',
      timezone: 'UTC',
      personal: false,
    });
  }
  const works = { id: 'w0', buildingId: 'b0', measures: ['roof-insulation'] };
  await store.works.save({ ...works, startDay: worksDay, endDay: worksDay });
};

const program = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const movedClock = new URL('moved-clock.ts', import.meta.url).href;

const startNight = (folder: string, nowMs: number): ChildProcess =>
  spawn(process.execPath, ['--import', movedClock, program, 'retrain', '--json', '--data', folder], {
    env: { ...process.env, LOOP_NOW_MS: String(nowMs) },
    stdio: 'ignore',
  });

/** Every promise that does not hold, by its name. */
const faultsIn = async (store: Store, days: number): Promise<string[]> => {
  const faults: string[] = [];
  const lines = await store.audit.list({ limit: 1_000_000 });
  const verdicts = new Map<string, string[]>();
  for (const { action, subject } of lines)
    if (action === 'promote-model' || action === 'keep-model')
      verdicts.set(subject, [...(verdicts.get(subject) ?? []), action]);
  for (const index of meters) {
    const id = meterOf(index);
    const { startMs, energyKwh } = await store.readings.read(id);
    const sent = energy[index] ?? new Float64Array();
    const right = startMs.filter((ms, i) => energyKwh[i] === sent[ms / DAY_MS - firstDay]).length;
    if (startMs.length !== days || right !== days)
      faults.push(`${id}: ${right} of ${days} readings there with their value, ${startMs.length} in all`);
    const live = await store.models.history(id, 'live');
    const inForce = live.filter(({ status }) => status === 'current').length;
    if (inForce > 1) faults.push(`${id}: ${inForce} models in force`);
    for (const model of live) {
      if (!readModelRecord(model.record).ok) faults.push(`${id}: model ${model.id} cannot be read`);
      const said = verdicts.get(`model:${model.id}`) ?? [];
      const wanted = model.status === 'candidate' ? 'keep-model' : 'promote-model';
      if (!isDeepStrictEqual(said, [wanted]))
        faults.push(
          `${id}: model ${model.id} is ${model.status}, its verdicts are ${said.join(', ') || 'none'}`,
        );
    }
    if (new Set(live.map(({ dataHash }) => dataHash)).size < live.length)
      faults.push(`${id}: the same days were trained on twice`);
    const frozen = (await store.models.history(id, 'baseline')).length;
    if (frozen > (index < METERS_EACH ? 1 : 0)) faults.push(`${id}: ${frozen} frozen baselines`);
  }
  const figures = await store.savings.list();
  figures.forEach(({ result, stale }, i) => {
    const before = figures[i + 1];
    if (before !== undefined && before.stale === undefined && stale === undefined)
      if (isDeepStrictEqual(result, before.result)) faults.push('the same figure of works was kept twice');
  });
  await store.audit.verify();
  return faults;
};

const soak = async (folder: string): Promise<boolean> => {
  const embedded = join(folder, 'pg');
  const withStore = async <T>(work: (store: Store, url: string) => Promise<T>): Promise<T> => {
    const server = await openEmbedded(embedded);
    const store = await openStore({ databaseUrl: server.url, dataDir: '' });
    try {
      return await work(store, server.url);
    } finally {
      await store.close();
      await server.stop();
    }
  };
  await withStore(async (store) => {
    await prepare(store);
    await send(store, 0, FIRST_DAYS);
  });
  let [days, nightMs, inTheMiddle, databaseKills] = [FIRST_DAYS, 0, 0, 0];
  const faults = new Set<string>();
  /** A whole night, to its end. */
  const wholeNight = async (): Promise<void> => {
    const began = performance.now();
    const child = startNight(folder, (firstDay + days) * DAY_MS);
    await new Promise((resolve) => child.once('exit', resolve));
    nightMs = performance.now() - began;
  };
  await wholeNight();
  for (let round = 0; round < roundCount; round++) {
    await withStore((store) => send(store, days, days + STEP_DAYS));
    days += STEP_DAYS;
    const child = startNight(folder, (firstDay + days) * DAY_MS);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    const began = performance.now();
    // The first part of a night is the start of the program: a kill there would try nothing.
    await Promise.race([gone, sleep(nightMs * (0.4 + 0.6 * Math.random()))]);
    const database = readPostmaster(join(embedded, 'cluster', 'data'))?.pid;
    if (child.exitCode === null) child.kill('SIGKILL');
    else nightMs = performance.now() - began;
    if (round % 2 === 1 && database !== undefined) {
      process.kill(database, 'SIGKILL');
      databaseKills++;
    }
    await gone;
    await withStore(async (store, url) => {
      const running = await store.jobs.list({ state: 'running', kind: 'retrain' });
      if (running.length > 0) inTheMiddle++;
      for (const fault of await faultsIn(store, days)) faults.add(fault);
      // The minute after which a run that died is taken over.
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(`update jobs set lease_until = now() - interval '1 second' where state = 'running'`);
      await client.end();
    });
    if ((round + 1) % 10 === 0)
      process.stdout.write(
        `${round + 1} kills, ${inTheMiddle} before the end of the night; ${faults.size} faults\n`,
      );
  }
  await wholeNight();
  const told = await withStore(async (store) => {
    for (const fault of await faultsIn(store, days)) faults.add(fault);
    let [models, promoted] = [0, 0];
    for (const index of meters) {
      const live = await store.models.history(meterOf(index), 'live');
      models += live.length;
      promoted += live.filter(({ status }) => status !== 'candidate').length;
      if (!live.some(({ status }) => status === 'current'))
        faults.add(`${meterOf(index)}: no model in force`);
      if (live[0]?.window.toMs !== (firstDay + days) * DAY_MS)
        faults.add(`${meterOf(index)}: the last night did not end`);
    }
    return `${models} models, ${promoted} of them promoted, ${(await store.savings.list()).length} figures of works`;
  });
  process.stdout.write(
    `${roundCount} kills of the night (${inTheMiddle} before its end, ${databaseKills} of the database with it): ${days * meters.length} readings, ${told}; ${faults.size} faults\n`,
  );
  for (const fault of faults) process.stdout.write(`FAULT ${fault}\n`);
  return faults.size === 0 && inTheMiddle > 0;
};

const folder = mkdtempSync(join(tmpdir(), 'stacoptim-soak-nights-'));
try {
  process.exitCode = (await soak(folder)) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

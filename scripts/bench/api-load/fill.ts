import pg from 'pg';
import { pushBuildings } from '#app/create-buildings.ts';
import { startLedger } from '#app/clock.ts';
import type { Store } from '#store/index.ts';
import { normals, plainTruth, simulatedMeter } from '../../validate/simulated-meter.ts';

export const communes = [
  'Rennes',
  'Vitré',
  'Fougères',
  'Redon',
  'Bruz',
  'Cesson',
  'Betton',
  'Dinard',
] as const;
export const uses = ['housing', 'school', 'office', 'sports'] as const;

/** The comparison that is asked of each building. */
export const comparison = JSON.stringify({
  options: [{ measures: ['roof-insulation'] }, { measures: ['roof-insulation', 'windows'] }],
});

const metered = 400;
const years = 2;
const DAY_MS = 86_400_000;

export const buildingId = (number: number): string => `b${String(number).padStart(6, '0')}`;

/** Forty buildings of different forms, pushed as anyone would; the others are copies of them under other names. */
const pushPatterns = async (store: Store): Promise<number> => {
  const patterns = Array.from({ length: 40 }, (_, index) => ({
    id: buildingId(index),
    name: `Résidence simulée ${index}`,
    use: uses[Math.floor(index / communes.length) % uses.length],
    commune: communes[index % communes.length],
    constructionYear: 1930 + index,
    floorAreaM2: 300 + 190 * index,
    storeys: 1 + (index % 9),
    ...(Math.floor(index / communes.length) % uses.length === 0 ? { dwellings: 4 + 2 * index } : {}),
    identifiers: { own: [`RES-${index}`] },
  }));
  const pushed = await pushBuildings({ store, nowMs: () => Date.now(), startLedger }, patterns, {
    by: 'bench',
    reason: 'simulated stock',
  });
  if (!pushed.ok || pushed.value.created !== patterns.length) throw new Error(JSON.stringify(pushed));
  return patterns.length;
};

const copyPatterns = async (url: string, from: number, to: number): Promise<void> => {
  const client = new pg.Client({ connectionString: url, options: '-c stacoptim.organisation=1' });
  await client.connect();
  try {
    const copies = `generate_series($1::int, $2::int - 1) n
      join buildings b on b.id = 'b' || lpad((n % $1)::text, 6, '0')`;
    const id = `'b' || lpad(n::text, 6, '0')`;
    await client.query('begin');
    await client.query(
      `insert into buildings (id, name, use, commune, construction_year, simulated, facts)
       select ${id}, jsonb_build_object('fr', 'Résidence simulée ' || n, 'en', 'Simulated residence ' || n), b.use,
         b.commune, b.construction_year + (n % 3), true, b.facts from ${copies}`,
      [from, to],
    );
    await client.query(
      `insert into building_identifiers (building_id, scheme, value)
       select ${id}, 'own', 'RES-' || n from generate_series($1::int, $2::int - 1) n`,
      [from, to],
    );
    await client.query(
      `insert into twins (building_id, version, current, twin)
       select ${id}, 1, true, t.twin || jsonb_build_object('buildingId', ${id}, 'name', 'Résidence simulée ' || n)
         || jsonb_build_object('floorAreaM2', t.twin -> 'floorAreaM2' || jsonb_build_object(
           'value', round(((t.twin #>> '{floorAreaM2,value}')::numeric * (1 + (n % 100) / 500.0)), 1)))
       from ${copies} join twins t on t.building_id = b.id and t.current`,
      [from, to],
    );
    await client.query('commit');
    await client.query('analyze');
  } finally {
    await client.end();
  }
};

/** Two years of days for some of the buildings, by a change point at 16 °C with a scatter of its own. */
const addMeters = async (store: Store): Promise<void> => {
  const { firstDay, outdoorC } = simulatedMeter(plainTruth, { years: years + 0.01, seed: 7 });
  await store.weather.saveStation({
    id: 'bench',
    name: 'Bench',
    latitudeDeg: 48,
    longitudeDeg: -1.7,
    altitudeM: 40,
    source: 'simulated',
    simulated: true,
  });
  const ghiWm2 = new Float64Array(outdoorC.length).fill(Number.NaN);
  await store.weather.saveDaily('bench', { firstDay, meanC: outdoorC, ghiWm2 });
  for (let index = 0; index < metered; index += 1) {
    const id = `${buildingId(index)}-gas`;
    await store.meters.save({
      id,
      buildingId: buildingId(index),
      name: 'Chaufferie',
      carrier: 'gas',
      use: 'heating',
      unit: 'kWh',
      timezone: 'Europe/Paris',
      personal: false,
    });
    const normal = normals(1000 + index);
    const startMs = Float64Array.from({ length: outdoorC.length - 2 }, (_, i) => (firstDay + i) * DAY_MS);
    await store.readings.upsert(id, {
      startMs,
      endMs: startMs.map((start) => start + DAY_MS),
      energyKwh: startMs.map(
        (_, i) => (100 + 30 * Math.max(0, 16 - (outdoorC[i] ?? 16))) * (1 + 0.06 * normal()),
      ),
    });
  }
};

/** Fills an empty database with a stock that does not exist: `buildings` with a twin, the first `metered` of them with a meter. */
export const fillStock = async (
  store: Store,
  url: string,
  buildings: number,
): Promise<{ metered: number }> => {
  const patterns = await pushPatterns(store);
  await copyPatterns(url, patterns, buildings);
  await addMeters(store);
  return { metered };
};

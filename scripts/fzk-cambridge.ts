import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

/**
 * Writes a stock folder of one building from the corpus: the model of FZK-Haus with a gas meter of the Cambridge archive, which is
 * another building's. Nobody's real house: a model file and a real meter to read a comparison on.
 */
const [corpus, out] = process.argv.slice(2);
if (corpus === undefined || out === undefined) {
  process.stderr.write('node scripts/fzk-cambridge.ts CORPUS FOLDER\n');
  process.exit(2);
}

/** About 22,000 a year: read as kWh, what a house of 208 m2 takes. */
const METER = 'b4';
const building = join(out, 'fzk-haus');
mkdirSync(building, { recursive: true });

/** Two columns of a gzipped CSV under new names, rows without a value left out. */
const columns = (file: string, names: readonly [string, string], heads: string): Buffer => {
  const [head = '', ...rows] = gunzipSync(readFileSync(join(corpus, file)))
    .toString()
    .trim()
    .split('\n');
  const titles = head.split(',');
  const [at, value] = names.map((name) => titles.indexOf(name));
  const kept = rows.map((row) => row.split(',')).filter((row) => (row[value] ?? '') !== '');
  return gzipSync([heads, ...kept.map((row) => `${row[at]}Z,${row[value]}`)].join('\n'));
};

copyFileSync(join(corpus, 'ifc/AC20-FZK-Haus.ifc'), join(building, 'model.ifc'));
writeFileSync(
  join(building, 'meter-gas.csv.gz'),
  columns(`meters/cambridge/${METER}.csv.gz`, ['datetime', 'gas'], 'instant,kwh'),
);
writeFileSync(
  join(out, 'weather.csv.gz'),
  columns('weather/cambridge_bedford_hourly_2012_2022.csv.gz', ['datetime', 'T_out_C'], 'instant,T_out_C'),
);
writeFileSync(
  join(out, 'stock.json'),
  JSON.stringify({
    schema: 'stacoptim.stock/1',
    data: 'metered',
    name: { fr: 'FZK-Haus et un compteur de Cambridge', en: 'FZK-Haus and a Cambridge meter' },
    weather: {
      id: 'bedford',
      name: 'Bedford',
      file: 'weather.csv.gz',
      timezone: 'Europe/London',
      latitudeDeg: 52.23,
      longitudeDeg: -0.47,
      altitudeM: 85,
    },
    buildings: ['fzk-haus'],
  }),
);
writeFileSync(
  join(building, 'building.json'),
  JSON.stringify({
    schema: 'stacoptim.building/1',
    data: 'metered',
    id: 'fzk-haus',
    name: {
      fr: `FZK-Haus, compteur ${METER} de Cambridge`,
      en: `FZK-Haus, meter ${METER} of Cambridge`,
    },
    use: 'housing',
    constructionYear: 1975,
    dwellings: 1,
    heating: { kind: 'boiler-old', carrier: 'gas' },
    model: 'model.ifc',
    meters: [
      {
        id: 'fzk-haus-gas',
        file: 'meter-gas.csv.gz',
        carrier: 'gas',
        use: 'heating',
        unit: 'kWh',
        timezone: 'Europe/London',
      },
    ],
  }),
);

import { join } from 'node:path';
import pg from 'pg';
import { computedBy } from '../../src/app/program-stamp.ts';
import { openEmbedded, openStore } from '../../src/store/index.ts';

/** Lines of the stock that the list and the map are measured on. */
export const benchLines = 50_000;

const quantity = (value: string, unit: string): string =>
  `jsonb_build_object('value', ${value}, 'unit', '${unit}', 'low', ${value} * 0.85, 'high', ${value} * 1.18, 'level', 0.9,
    'provenance', 'learnt', 'basis', 'A made-up line of the bench, no figure of any building')`;

/** Made-up lines, written as the program would have computed them: what is measured is the reading, not the computing. */
const insert = `
insert into buildings (id, name, use, commune, construction_year, simulated, facts)
  select 'bench-' || lpad(i::text, 6, '0'), jsonb_build_object('fr', 'Immeuble ' || i, 'en', 'Block ' || i), 'housing',
    'Commune ' || i % 300, 1900 + i % 120, true,
    case when i % 50 = 0 then '{}'::jsonb else jsonb_build_object('site', jsonb_build_object(
      'latitudeDeg', 44.8 + (i % 300) / 500.0 + ln(1 + i % 97) / 800, 'longitudeDeg', -0.6 + (i % 17) / 30.0 + ln(1 + i % 89) / 700)) end
  from generate_series(1, ${benchLines}) i;
insert into stock_figures (building_id, figures, program, computed_at)
  select 'bench-' || lpad(i::text, 6, '0'), jsonb_build_object('carrier', 'gas', 'annualKwh', ${quantity('(1000.0 * (i % 700 + 20))', 'kWh')},
    'annualEur', ${quantity('(98.0 * (i % 700 + 20))', 'EUR')}, 'annualKgCo2e', ${quantity('(215.0 * (i % 700 + 20))', 'kgCO2e')},
    'intensityKwhM2', ${quantity('(40.0 + i % 300)', 'kWh/m2')},
    'label', jsonb_build_object('likeliest', chr(65 + i % 7), 'chances', jsonb_build_object('A', 0, 'B', 0, 'C', 0, 'D', 0, 'E', 0, 'F', 0, 'G', 0)
      || jsonb_build_object(chr(65 + i % 7), 1)),
    'legalUntil', case i % 7 when 6 then '2024-12-31' when 5 then '2027-12-31' when 4 then '2033-12-31' end,
    'legal', jsonb_build_object('fr', 'Ligne inventée.', 'en', 'A made-up line.'),
    'urgency', (array['none', 'none', 'none', 'none', 'later', 'soon', 'outside'])[1 + i % 7],
    'urgencyRank', (array[0, 0, 0, 0, 1, 2, 3])[1 + i % 7], 'dwellings', 12,
    'dates', jsonb_build_array(jsonb_build_object('law', 'rental-ban', 'step', 'G', 'from', '2025-01-01', 'chanceOutside', (i % 7 = 6)::int),
      jsonb_build_object('law', 'rental-ban', 'step', 'F', 'from', '2028-01-01', 'chanceOutside', (i % 7 >= 5)::int),
      jsonb_build_object('law', 'rental-ban', 'step', 'E', 'from', '2034-01-01', 'chanceOutside', (i % 7 >= 4)::int)),
    'dataCoverage', jsonb_build_object('share', 0.7 + (i % 30) / 100.0, 'lastDay', '2026-06-30')), $1, now()
  from generate_series(1, ${benchLines}) i`;

/** A folder of data with 50,000 made-up lines. */
export const makeBenchStock = async (dataDir: string): Promise<void> => {
  const folder = join(dataDir, 'pg');
  const store = await openStore({ dataDir: folder });
  await store.close();
  const server = await openEmbedded(folder);
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    const [buildings = '', figures = ''] = insert.split(/(?<=;)\n(?=insert)/);
    await client.query(buildings);
    await client.query(figures, [computedBy({})]);
    // The buildings are new and have moved; their figures are here already.
    await client.query('delete from stock_figures_moved');
    await client.query('analyze');
  } finally {
    await client.end();
    await server.stop();
  }
};

import { expect, it } from 'vitest';
import { readTextFile, shown } from '../../support/readings.ts';

it('reads yearly energies by entity and carrier, and says that the layout is not official', async () => {
  const all = await readTextFile(
    'operat.csv',
    'N_EFA;Nom_EFA;Annee;Conso_elec_kWh;Conso_gaz_kWh\nEFA1;École;2022;10000;80000\nEFA1;École;2023;9000;70000\nEFA2;Mairie;2023;5000;\n',
  );
  expect(all.map(({ source }) => source?.meterId)).toEqual([
    'EFA1/electricity',
    'EFA1/gas',
    'EFA2/electricity',
  ]);
  expect(shown(all[1])).toEqual([
    '2021-12-31T23:00 → 2022-12-31T23:00: 80000',
    '2022-12-31T23:00 → 2023-12-31T23:00: 70000',
  ]);
  expect(all[0].warnings.map(({ code }) => code)).toContain('operat-layout-unverified');
});
